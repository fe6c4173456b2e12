"""节假日安排 as it is entered: days or spans of days, of that year, each off or worked, and worked ones at weekends."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from liuhen.acts.act import Doing
from liuhen.law.calendar import span

_LABELS = {"off": "放假日", "work": "调休上班日"}
_SATURDAY = 5
_DECEMBER = 12


def days_fit(doing: Doing) -> Mapping[str, str]:
    """What a year's days cannot be: one slip would move every limit that runs into the year."""
    found: dict[str, str] = {}
    days: dict[str, list[date]] = {}
    for name, label in _LABELS.items():
        try:
            days[name] = list(_days(doing.payload.get(name) or ()))
        except ValueError:
            found[name] = f"{label}：每一行的日期应写作 2026-10-01，连着的几日写作 2026-10-01/2026-10-07"
    if found:
        return found
    return {name: said for name in _LABELS if (said := _wrong(name, days, int(doing.payload["year"])))}


def _days(rows: Sequence[Mapping[str, Any]]) -> Iterator[date]:
    for row in rows:
        yield from span(str(row.get("date") or ""))


def _wrong(name: str, days: Mapping[str, Sequence[date]], year: int) -> str:
    """What is wrong with the days of one field; empty when all is well."""
    label, own = _LABELS[name], days[name]
    if outside := [day for day in own if day.year != year and (day.year, day.month) != (year - 1, _DECEMBER)]:
        return f"{label}：{outside[0]} 不在 {year} 年（元旦可以从上年12月起）；请核对年度和日期"
    if twice := [day for day in own if own.count(day) > 1]:
        return f"{label}：{twice[0]} 写了两次；每一日只写一次"
    if name == "off":
        return ""
    if both := sorted(set(own) & set(days["off"])):
        return f"{label}：{both[0]} 已经写在放假日里；一日不能又放假又上班"
    if ordinary := [day for day in own if day.weekday() < _SATURDAY]:
        return f"{label}：{ordinary[0]} 是星期一至星期五，本来就上班；只写周六、周日调休上班的"
    return ""
