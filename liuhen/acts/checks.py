"""Checks of single values that the dictionary names (`check:`): codes with check digits."""

import re
from collections.abc import Callable
from datetime import date

from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError


def credit_code(value: str) -> str | None:
    """统一社会信用代码, GB 32100-2015: a message when the check digit is wrong, else None."""
    try:
        uscc.validate(value)
    except ValidationError:
        return "不正确：应为18位，末位校验码须相符（GB 32100）。请对照营业执照或者执业许可证核对"
    return None


BUSINESS = "92"
"""How the unified code of an individual business begins (GB 32100: 工商，个体工商户)."""
_NO_BUSINESS = ("公司", "企业", "专业合作社")
"""What the name of an individual business may not say of its form (个体工商户名称登记管理办法)."""


def code_fits_name(code: str, name: str) -> str | None:
    """A message where the code is that of an individual business and the name is none of such a one."""
    said = next((word for word in _NO_BUSINESS if name.rstrip("）)").endswith(word)), None)
    if not code.startswith(BUSINESS) or said is None:
        return None
    return f"{code}是个体工商户的（以{BUSINESS}开头），而名称中有“{said}”，不可能是个体工商户，请对照营业执照"


def identity_number(value: str) -> str | None:
    """公民身份号码, GB 11643: a message when length, birth date or check digit is wrong, else None.

    The region is not looked up: whoever got his number after a change of codes bears one that did not exist in
    the year of his birth.
    """
    if not _is_identity_number(value):
        return "不正确：应为18位，出生日期和末位校验码须相符（GB 11643）。请对照证件核对"
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
    return "不正确：应为12位，定点医疗机构以H、定点零售药店以P开头，其后是11位数字。请对照国家医保编码核对"


def licence_number(value: str) -> str | None:
    """执业（经营）许可证号, provincial in its form: a message when it holds what no such number does, else None."""
    if _LICENCE.fullmatch(value):
        return None
    return "不正确：应为4至40位字母、数字（可以有省的简称），不带空格和其他符号。请对照许可证核对"


_LESS_THAN_NOTHING = re.compile(r"(?<![0-9０-９])[-－−][ ]*[0-9０-９]")
"""A minus sign before a figure; `1-3` is a span."""
_NOTHING = re.compile(r"[0０]+([.．][0０]+)?[^0-9０-９.．]*")
_HOW_MANY = re.compile(r"[0-9０-９〇零一二两三四五六七八九十百千半壹贰叁肆伍陆柒捌玖拾全]|若干|数")
_UNCOUNTED = frozenset({"无", "—", "－", "-", "/", "／"})
"""What stands in a column of pages where there are none to count."""
_AGE_LEAST, _AGE_MOST = 1, 120
_QUANTITY_MAX, _TELEPHONE_MAX, _TELEPHONE_LEAST = 60, 60, 5


def quantity(value: str) -> str | None:
    """数量、页数, with its unit: a message when it is less than one, or more than a quantity, else None."""
    if _LESS_THAN_NOTHING.search(value):
        return "数量不能是负数：请写实际的数量，如 3页、1册"
    if _NOTHING.fullmatch(value):
        return "数量不能是零：没有的不必登记，请写实际的数量，如 3页、1册"
    if len(value) > _QUANTITY_MAX:
        return f"只写数量和单位，最多{_QUANTITY_MAX}字，现有{len(value)}字：其他情况写入别的栏目"
    if not _HOW_MANY.search(value):
        return f"“{value}”不是数量：请写实际的数量，如 3页、1册"
    return None


def pages(value: str) -> str | None:
    """页数、页次: a message when it tells no pages, else None."""
    if value in _UNCOUNTED or _HOW_MANY.search(value):
        return None
    return f"“{value}”不是页数：请写实际的页数，如 3、1-3；不按页计的写件数，如 光盘1张；没有的写“无”"


def age(value: int, number: str, on: date) -> str | None:
    """年龄: a message when nobody is of that age, or not he whose identity number it is, give or take a year."""
    if not _AGE_LEAST <= value <= _AGE_MOST:
        return f"{value}岁不可能，应为{_AGE_LEAST}至{_AGE_MOST}，请核对"
    if not _is_identity_number(number):
        return None
    born = ric.get_birth_date(number)
    full = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    if abs(full - value) <= 1:
        return None
    return (
        f"与身份证件号码不符：号码上的出生日期是{born.year}年{born.month}月{born.day}日，{full}周岁，请核对"
    )


def telephone(value: str) -> str | None:
    """联系电话, several if need be: a message when no number can be dialled, else None."""
    if sum(letter.isdigit() for letter in value) < _TELEPHONE_LEAST or len(value) > _TELEPHONE_MAX:
        return f"应为可以拨打的电话号码，最多{_TELEPHONE_MAX}字；没有电话的留空"
    return None


IN_CAPITALS = frozenset({"credit_code", "identity_number"})
"""Codes that are kept in capital letters however they were typed."""

BY_NAME: dict[str, Callable[[str], str | None]] = {
    "credit_code": credit_code,
    "identity_number": identity_number,
    "insurance_code": insurance_code,
    "licence_number": licence_number,
    "pages": pages,
    "quantity": quantity,
    "telephone": telephone,
}
