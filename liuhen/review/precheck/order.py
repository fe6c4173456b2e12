"""日期先后: a document that comes after another does not lie before it; a text does not tell of days to come."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from liuhen.acts import registry
from liuhen.kernel.clock import format_date, format_local, local_date
from liuhen.review.precheck.found import Finding, Looked, Standing, began, called, table

_CHECK = "order"
_DAY = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日|(\d{4})-(\d{1,2})-(\d{1,2})")


def look(standing: Standing, now_ms: int) -> Looked:
    """Order of the documents, days named in them, days told of as past."""
    for row in table()["order"]:
        yield from _before(standing, row)
    for row in table()["closed_by"]:
        yield from _too_late(standing, row)
    yield from _named(standing)
    yield from _told(standing)


def _before(standing: Standing, row: Mapping[str, Any]) -> Iterator[Finding]:
    by = row.get("by")
    for then in standing.of(row["then"]):
        if row.get("unless") and then.open.get(row["unless"]):
            continue
        firsts = [one for one in standing.of(row["first"]) if not by or one.open.get(by) == then.open.get(by)]
        if firsts and began(then) < min(map(began, firsts)):
            first = min(firsts, key=began)
            yield Finding(_CHECK, f"{called(then)}早于{called(first)}，先后不对", (then.id, first.id))


def _too_late(standing: Standing, row: Mapping[str, Any]) -> Iterator[Finding]:
    end = standing.last(row["by"])
    for entry in standing.of(row["kind"]) if end else ():
        if end is not None and began(entry) > end.happened_ms:
            yield Finding(
                _CHECK,
                f"{called(entry)}晚于{called(end)}：后一份没有考虑它，或者时间有误",
                (entry.id, end.id),
            )


def _named(standing: Standing) -> Iterator[Finding]:
    """Days that a document itself sets."""
    kinds = registry.dictionary().kinds
    for kind, names in table()["not_before_itself"].items():
        for entry in standing.of(kind):
            for name in names:
                day = _as_day(entry.open.get(name))
                if day is not None and day < local_date(entry.happened_ms):
                    label = kinds[kind].fields[name].label
                    yield Finding(
                        _CHECK, f"{called(entry)}的{label}是{format_date(day)}，早于它自己", (entry.id,)
                    )


def _told(standing: Standing) -> Iterator[Finding]:
    """A text of what happened that names a day after it was entered."""
    past = set(table()["told_of_the_past"])
    for entry, name, label, text in standing.texts("longtext", "text"):
        if name not in past:
            continue
        entered = local_date(entry.recorded_ms)
        for day in filter(None, map(_read, _DAY.finditer(text))):
            if day > entered:
                yield Finding(
                    _CHECK,
                    f"{called(entry)}的“{label}”写到{format_date(day)}，晚于登记时间（{format_local(entry.recorded_ms)}）",
                    (entry.id,),
                )


def _read(match: re.Match[str]) -> date | None:
    year, month, day = (int(one) for one in match.groups() if one)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _as_day(value: Any) -> date | None:
    if isinstance(value, int):
        return local_date(value)
    return date.fromisoformat(value) if isinstance(value, str) and value else None
