"""Checks of single values that the dictionary names (`check:`): codes with check digits."""

from collections.abc import Callable

from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError


def credit_code(value: str) -> str | None:
    """统一社会信用代码, GB 32100-2015: a message when the check digit is wrong, else None."""
    try:
        uscc.validate(value)
    except ValidationError:
        return (
            "统一社会信用代码不正确：应为18位，末位校验码须相符（GB 32100）。请对照营业执照或者执业许可证核对"
        )
    return None


def identity_number(value: str) -> str | None:
    """公民身份号码, GB 11643: a message when length, birth date or check digit is wrong, else None."""
    try:
        ric.validate(value)
    except ValidationError:
        return "身份证件号码不正确：应为18位，末位校验码须相符（GB 11643）。请对照证件核对"
    return None


BY_NAME: dict[str, Callable[[str], str | None]] = {
    "credit_code": credit_code,
    "identity_number": identity_number,
}
