"""Checks of single values that the dictionary names (`check:`): codes with check digits."""

import re
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
    """公民身份号码, GB 11643: a message when length, birth date or check digit is wrong, else None.

    The region is not looked up: whoever got his number after a change of codes bears one that did not exist in
    the year of his birth.
    """
    if not _is_identity_number(value):
        return "身份证件号码不正确：应为18位，出生日期和末位校验码须相符（GB 11643）。请对照证件核对"
    return None


def _is_identity_number(value: str) -> bool:
    number = ric.compact(value)
    if not re.fullmatch(r"\d{17}[\dX]", number, re.ASCII) or number[-1] != ric.calc_check_digit(number):
        return False
    try:
        ric.get_birth_date(number)
    except ValidationError:
        return False
    return True


_INSURANCE_CODE = re.compile(r"[HP]\d{11}")
"""The national code of an institution: H (medical) or P (pharmacy), six figures of the region, five in order."""
_LICENCE = re.compile(r"[0-9A-Za-z一-鿿()（）〔〕\-－—]{4,40}")


def insurance_code(value: str) -> str | None:
    """医保机构编码: a message when it is not one, else None."""
    if _INSURANCE_CODE.fullmatch(value):
        return None
    return "医保机构编码不正确：应为12位，定点医疗机构以H、定点零售药店以P开头，其后是11位数字。请对照国家医保编码核对"


def licence_number(value: str) -> str | None:
    """执业（经营）许可证号, provincial in its form: a message when it holds what no such number does, else None."""
    if _LICENCE.fullmatch(value):
        return None
    return "许可证号不正确：应为4至40位字母、数字（可以有省的简称），不带空格和其他符号。请对照许可证核对"


IN_CAPITALS = frozenset({"credit_code", "identity_number"})
"""Codes that are kept in capital letters however they were typed."""

BY_NAME: dict[str, Callable[[str], str | None]] = {
    "credit_code": credit_code,
    "identity_number": identity_number,
    "insurance_code": insurance_code,
    "licence_number": licence_number,
}
