"""Working days: the State Council's yearly arrangements as data, and what an administrator announces besides."""

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from liuhen.law import source

_FOLDER = Path(__file__).parent / "calendars"
_SATURDAY = 5
_LONGEST = 31
"""Days of a span: no festival takes a month."""
_KEPT = 20_000
"""Counts kept per calendar, some 10 MB at most."""
_CALENDARS = 100
"""Calendars with years announced besides, kept per calendar: one for each agency that announced any."""


@dataclass(frozen=True)
class Year:
    """One announced year: days off with their festival, make-up working days, and the notice."""

    year: int
    off: Mapping[date, str]
    work: Mapping[date, str]
    notice: str

    @cached_property
    def content(self) -> tuple[int, frozenset[tuple[date, str]], frozenset[tuple[date, str]], str]:
        """All that it says, as a key: two years that say the same have the same."""
        return self.year, frozenset(self.off.items()), frozenset(self.work.items()), self.notice


@dataclass(frozen=True)
class Fixed:
    """法定节日 on the same day each year, by month and day, from the year `since` on."""

    since: int
    off: Mapping[tuple[int, int], str]

    def on(self, day: date) -> str | None:
        """The festival on a day."""
        return self.off.get((day.month, day.day)) if day.year >= self.since else None


@dataclass(frozen=True)
class Calendar:
    """工作日历. Years that nobody announced are counted by weekends and `fixed` festivals, and `known` says so."""

    years: Mapping[int, Year]
    fixed: Fixed = Fixed(0, {})
    _off: dict[date, str] = field(init=False, repr=False, compare=False)
    _work: dict[date, str] = field(init=False, repr=False, compare=False)
    _memo: dict[date, bool] = field(init=False, repr=False, compare=False)
    _working: list[int] = field(init=False, repr=False, compare=False)
    counts: dict[Any, Any] = field(init=False, repr=False, compare=False)
    _longer: dict[Any, "Calendar"] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        off: dict[date, str] = {}
        work: dict[date, str] = {}
        for year in sorted(self.years):
            off.update(self.years[year].off)
            work.update(self.years[year].work)
        object.__setattr__(self, "_off", off)
        object.__setattr__(self, "_work", work)
        object.__setattr__(self, "_memo", {})
        object.__setattr__(self, "_working", [])
        object.__setattr__(self, "counts", {})
        object.__setattr__(self, "_longer", {})

    def remember(self, key: Any, counted: Any) -> None:
        """Keep a count made under this calendar: a matter is judged again at each of its acts."""
        if len(self.counts) >= _KEPT:
            self.counts.clear()
        self.counts[key] = counted

    def known(self, day: date) -> bool:
        """Whether the arrangements of this day's year have been announced."""
        return day.year in self.years

    def is_working(self, day: date) -> bool:
        """Whether a day is a 工作日: make-up days are, announced days off and plain weekends are not."""
        known = self._memo.get(day)
        if known is None:
            known = day in self._work or (self.festival(day) is None and day.weekday() < _SATURDAY)
            self._memo[day] = known
        return known

    def working_day_after(self, day: date, number: int) -> date:
        """The `number`th working day after a day (that day itself not counted)."""
        listed = self._working or self._list_working()
        start = day.toordinal()
        position = bisect_right(listed, start) + number - 1
        if listed and start >= listed[0] and position < len(listed):
            return date.fromordinal(listed[position])
        left = number
        while left:
            day += timedelta(days=1)
            left -= self.is_working(day)
        return day

    def _list_working(self) -> list[int]:
        """Working days of the announced years and the two after, as ordinals; made once."""
        if self.years:
            first, last = date(min(self.years), 1, 1), date(max(self.years) + 2, 12, 31)
            days = (date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1))
            self._working.extend(day.toordinal() for day in days if self.is_working(day))
        return self._working

    def festival(self, day: date) -> str | None:
        """The festival for which a day is off; None for an ordinary day or weekend."""
        return self._off.get(day) if self.known(day) or day in self._off else self.fixed.on(day)

    def make_up(self, day: date) -> bool:
        """Whether a day is a make-up working day (调休上班)."""
        return day in self._work

    def with_years(self, announced: Iterable[Year]) -> "Calendar":
        """This calendar with years announced or changed since; made once, with all that was counted under it."""
        added = {year.year: year for year in announced}
        if not added:
            return self
        key = tuple(year.content for year in added.values())
        longer = self._longer.get(key)
        if longer is None:
            if len(self._longer) >= _CALENDARS:
                self._longer.clear()
            longer = self._longer[key] = Calendar({**self.years, **added}, self.fixed)
        return longer

    @property
    def digest(self) -> str:
        """SHA-256 over all announced days, hexadecimal: two calendars that count alike are equal."""
        lines = [
            f"{number} off {sorted(map(str, year.off))} work {sorted(map(str, year.work))}"
            for number, year in sorted(self.years.items())
        ]
        lines.append(f"fixed {self.fixed.since} {sorted(self.fixed.off)}")
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@lru_cache(maxsize=1)
def announced() -> Calendar:
    """The calendar that comes with the program: every year in `calendars/`, and the festivals of every year."""
    years = [read_year(path) for path in sorted(_FOLDER.glob("[0-9]*.yaml"))]
    return Calendar({year.year: year for year in years}, _read_fixed(_FOLDER / "fixed.yaml"))


def _read_fixed(path: Path) -> Fixed:
    plain = source.read(path).plain()
    if not isinstance(plain, dict):
        raise ValueError(f"{path.name}：固定节日应有 since、off")
    listed = ((name, str(one).split("-")) for name, days in plain["off"].items() for one in days)
    return Fixed(int(plain["since"]), {(int(month), int(day)): name for name, (month, day) in listed})


def read_year(path: Path) -> Year:
    """One year's file: `year`, `notice`, `off` and `work`, each festival with its spans of days."""
    plain = source.read(path).plain()
    if not isinstance(plain, dict):
        raise ValueError(f"{path.name}：年度文件应有 year、notice、off、work")
    return Year(
        year=int(plain["year"]),
        off=_days(plain.get("off") or {}),
        work=_days(plain.get("work") or {}),
        notice="；".join(plain["notice"]) if isinstance(plain["notice"], list) else str(plain["notice"]),
    )


def span(text: str) -> list[date]:
    """One day, or the days of `2026-02-15/2026-02-23` (at most a month). ValueError where it is neither.

    至 may stand in place of the stroke, as notices write it.
    """
    first, _, last = text.replace("至", "/").partition("/")
    day, end = date.fromisoformat(first.strip()), date.fromisoformat((last or first).strip())
    if not 0 <= (end - day).days < _LONGEST:
        raise ValueError(f"不是一段日期：{text}")
    return [day + timedelta(days=number) for number in range((end - day).days + 1)]


def _days(spans: Mapping[str, object]) -> dict[date, str]:
    """`{春节: [2026-02-15/2026-02-23]}` as single days."""
    return {
        day: name
        for name, listed in spans.items()
        for one in (listed if isinstance(listed, list) else [listed])
        for day in span(str(one))
    }
