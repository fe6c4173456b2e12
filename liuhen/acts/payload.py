"""From what a person typed to what an entry holds: types, limits and requirements of the dictionary, no law."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from liuhen.acts import checks
from liuhen.acts.limits import LONGTEXT_MAX, longest
from liuhen.acts.signing import BadSignature, read_drawn, read_pages
from liuhen.kernel.clock import parse_local
from liuhen.kernel.invisible import without_invisible
from liuhen.kernel.money import parse_yuan
from liuhen.law.dictionary import Field, Kind

ROWS_MAX = 2_000
MONEY_MAX_FEN = 10**14
INSTANT_MAX_MS = 253_402_271_999_999
"""The end of the year 9999."""
INT_MAX = 2**53 - 1
"""RFC 8785 numbers are IEEE doubles: no integer beyond this is exact."""


class BadValue(Exception):
    """A value that its field cannot hold; the message is Chinese."""


def is_blank(value: Any) -> bool:
    """Nothing was given: None, an empty text or list. Zero and 否 are values."""
    if isinstance(value, str):
        return not without_invisible(value).strip()
    return value is None or value == [] or value == {}


def clean(
    kind: Kind, given: Mapping[str, Any], skip: frozenset[str]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Typed values and messages by field. Fields in `skip` are filled by the door and not looked at here.

    A name that the form does not have is an error: nothing typed is dropped in silence.
    """
    values: dict[str, Any] = {}
    errors = {name: f"表单中没有“{name}”这一栏" for name in given if name not in kind.fields}
    for name, field in kind.fields.items():
        if name in skip:
            continue
        raw = given.get(name)
        if is_blank(raw):
            if field.required:
                errors[name] = (
                    f"{field.label}：必填，请填写；没有内容的写“无”"
                    if "text" in field.type
                    else f"{field.label}：必填"
                )
            continue
        try:
            values[name] = _READERS[field.type](field, raw)
        except BadValue as error:
            errors[name] = f"{field.label}：{error}"
    return values, errors


UNCONFIRMED = "【待核】"
"""Stands before every line that was taken from an earlier document, until somebody has compared it with this matter."""


def unconfirmed(kind: Kind, values: Mapping[str, Any]) -> dict[str, str]:
    """Messages by field about text taken from elsewhere that nobody has confirmed yet."""
    return {
        name: f"{field.label}：还有{values[name].count(UNCONFIRMED)}处取自以前文书的文字没有核对，"
        f"请逐处核对、改成本案的情况，并删去“{UNCONFIRMED}”"
        for name, field in kind.fields.items()
        if isinstance(values.get(name), str) and UNCONFIRMED in values[name]
    }


_CONTROL = re.compile("[\0-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]")
"""Control characters but tab and new line; those that turn the direction and so show another text than is kept."""


def has_control(text: str) -> bool:
    """Whether a text holds characters that cannot be seen and change what is shown."""
    return _CONTROL.search(text) is not None


def _text(field: Field, raw: Any) -> str:
    if not isinstance(raw, str):
        raise BadValue("应为文字")
    text = without_invisible(raw).strip().replace("\r\n", "\n")
    if len(text) > (most := longest(field)):
        raise BadValue(f"最多{most}字，现有{len(text)}字")
    if has_control(text):
        raise BadValue("含有不能保存的控制字符，请删去")
    message = checks.BY_NAME[field.check](text) if field.check else None
    if message:
        raise BadValue(message)
    return text.upper() if field.check in checks.IN_CAPITALS else text


def _choice(field: Field, raw: Any) -> str:
    if not isinstance(raw, str) or raw not in field.choices:
        raise BadValue(f"应为以下之一：{'、'.join(field.choices.values())}")
    return str(raw)


def _choices(field: Field, raw: Any) -> list[str]:
    if not isinstance(raw, list):
        raise BadValue("应为多选")
    return [_choice(field, value) for value in raw]


def _bool(_: Field, raw: Any) -> bool:
    if not isinstance(raw, bool):
        raise BadValue("请选择是或者否")
    return raw


def _int(_: Field, raw: Any) -> int:
    try:
        number = raw if isinstance(raw, int) and not isinstance(raw, bool) else int(str(raw).strip())
    except ValueError as error:
        raise BadValue("应为整数") from error
    if not 0 <= number <= INT_MAX:
        raise BadValue("超出范围")
    return number


def _money(_: Field, raw: Any) -> int:
    if isinstance(raw, int) and not isinstance(raw, bool):
        fen = raw
    else:
        try:
            fen = parse_yuan(str(raw).replace("，", ","))
        except ValueError as error:
            raise BadValue(str(error)) from error
    if not 0 <= fen <= MONEY_MAX_FEN:
        raise BadValue("金额超出范围")
    return fen


def _date(_: Field, raw: Any) -> str:
    try:
        return date.fromisoformat(str(raw).strip()).isoformat()
    except ValueError as error:
        raise BadValue("日期应写作 2026-09-21") from error


def instant(raw: Any) -> int:
    """Milliseconds UTC of a local time as typed. Raises `BadValue`."""
    if isinstance(raw, int) and not isinstance(raw, bool):
        return _within(raw)
    try:
        return _within(parse_local(str(raw)))
    except ValueError as error:
        raise BadValue(str(error)) from error


def _within(ms: int) -> int:
    """The instant, unless no matter of today can have happened then."""
    if not 0 <= ms <= INSTANT_MAX_MS:
        raise BadValue("时间超出范围，请核对年份")
    return ms


def _instant(_: Field, raw: Any) -> int:
    return instant(raw)


def _ids(_: Field, raw: Any) -> list[str]:
    return ids(raw)


def ids(raw: Any) -> list[str]:
    """People or files as chosen. Raises `BadValue`."""
    if not isinstance(raw, list) or not all(isinstance(value, str) for value in raw):
        raise BadValue("请从名单中选择")
    if len(set(raw)) != len(raw):
        raise BadValue("同一人（件）选了两次")
    return raw


def _rows(columns: Mapping[str, str], raw: Any) -> list[dict[str, Any]]:
    if not isinstance(raw, list) or not all(isinstance(row, Mapping) for row in raw):
        raise BadValue("应为表格")
    if len(raw) > ROWS_MAX:
        raise BadValue(f"最多{ROWS_MAX}行")
    seen = [{name: _as_seen(row[name]) for name in row if name in columns} for row in raw]
    rows = [{name: value for name, value in row.items() if not is_blank(value)} for row in seen]
    return [row for row in rows if row]


def _as_seen(value: Any) -> Any:
    return without_invisible(value) if isinstance(value, str) else value


def _items(field: Field, raw: Any) -> list[dict[str, Any]]:
    rows = _rows(field.columns, raw)
    for number, row in enumerate(rows, 1):
        for name, value in row.items():
            if not isinstance(value, str) or len(value) > LONGTEXT_MAX:
                raise BadValue(f"“{field.columns[name]}”应为文字")
            if has_control(value):
                raise BadValue(f"第{number}行“{field.columns[name]}”含有不能保存的控制字符，请删去")
            message = checks.BY_NAME[name](value) if name in checks.BY_NAME else None
            if message:  # a column that bears the name of a check is checked by it
                raise BadValue(f"第{number}行“{field.columns[name]}”：{message}")
    if not rows:
        raise BadValue("至少填写一行")
    return rows


SIGNATURE_COLUMNS = {"who": "身份", "name": "姓名", "at": "时间", "refused": "拒绝签名", "note": "注明",
                     "drawn": "手写签名", "pages": "逐页手写签名", "shown": "签名时所见内容的校验值"}  # fmt: skip


def _signatures(_: Field, raw: Any) -> list[dict[str, Any]]:
    rows = _rows(SIGNATURE_COLUMNS, raw)
    for row in rows:
        if "who" not in row or "name" not in row:
            raise BadValue("每一签名须写明身份和姓名")
    if unsigned := [str(row.get("name")) for row in raw if _is_unsigned(row)]:
        raise BadValue(
            f"{'、'.join(unsigned)}还没有签名：请当面手写签名；签在纸上的，填签名时间；没有签的，删去该行"
        )
    for row in rows:
        for name, value in row.items():
            if name != "at" and not isinstance(value, bool if name == "refused" else str):
                raise BadValue(
                    f"“{SIGNATURE_COLUMNS[name]}”应为{'是或者否' if name == 'refused' else '文字'}"
                )
        if row.get("refused") and "note" not in row:
            raise BadValue(f"{row['name']}拒绝签名的，须注明情况")
        if "at" in row:
            row["at"] = instant(row["at"])
        if row.get("refused"):
            row.pop("drawn", None)
            row.pop("pages", None)
        if "drawn" in row:
            try:
                row["drawn"] = read_drawn(str(row["drawn"]))
                if "pages" in row:
                    row["pages"] = read_pages(str(row["pages"]))
            except BadSignature as error:
                raise BadValue(f"{row['name']}：{error}") from error
    return rows


def _is_unsigned(row: Mapping[str, Any]) -> bool:
    """Whether its time was asked and left empty: who says nothing of the time signed when it happened."""
    if is_blank(row.get("name")) or row.get("refused") or not is_blank(row.get("drawn")):
        return False
    return "at" in row and is_blank(row["at"])


def _person(_: Field, raw: Any) -> dict[str, Any]:
    if not isinstance(raw, Mapping):
        raise BadValue("格式不正确")
    return {str(name): str(value) for name, value in raw.items() if not is_blank(value)}


_READERS: dict[str, Callable[[Field, Any], Any]] = {
    "text": _text, "key": _text, "draft": _text, "longtext": _text,
    "choice": _choice, "choices": _choices, "bool": _bool, "int": _int, "money": _money, "date": _date,
    "instant": _instant, "officers": _ids, "files": _ids, "keys": _ids, "items": _items, "signatures": _signatures,
    "person": _person, "party": _person,
}  # fmt: skip
