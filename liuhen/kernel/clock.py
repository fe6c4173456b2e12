"""Time as the whole program sees it: integer milliseconds UTC inside, Asia/Shanghai outside.

Nothing below asks the machine for the time by itself: a `Clock` is handed in.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from time import time_ns
from typing import Protocol

MS_PER_SECOND = 1_000
MS_PER_MINUTE = 60_000
MS_PER_HOUR = 3_600_000
MS_PER_DAY = 86_400_000
LOCAL_ZONE = timezone(timedelta(hours=8), "Asia/Shanghai")
"""北京时间: fixed at +08:00 (no summer time since 1991)."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)
_EPOCH_DAY = _EPOCH.toordinal()
_OFFSET_MS = 8 * MS_PER_HOUR


class Clock(Protocol):
    """Whoever tells the time."""

    def now_ms(self) -> int:
        """Now, in milliseconds UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now_ms(self) -> int:
        """Now, in milliseconds UTC."""
        return time_ns() // 1_000_000


@dataclass
class FixedClock:
    """A clock that stands until it is moved: scenarios, tests, demonstration data."""

    ms: int

    @classmethod
    def at(cls, local: str) -> "FixedClock":
        """A clock standing at a local time such as `2026-09-21 10:00`."""
        return cls(parse_local(local))

    def now_ms(self) -> int:
        """The instant at which the clock stands, in milliseconds UTC."""
        return self.ms

    def set(self, local: str) -> None:
        """Move the clock to a local time."""
        self.ms = parse_local(local)

    def advance(self, ms: int) -> None:
        """Move the clock by so many milliseconds."""
        self.ms += ms


def parse_local(text: str) -> int:
    """Milliseconds UTC of a local time: `2026-09-21`, `2026-09-21 10:00`, `… 10:00:05`, `… 10:00:05.250`.

    An explicit offset (`+00:00`, `Z`) is honoured. Raises `ValueError` in Chinese for anything else.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise ValueError(f"时间“{text}”不合格式：应写作 2026-09-21 10:00（北京时间）") from error
    return from_datetime(moment)


def from_datetime(moment: datetime) -> int:
    """Milliseconds UTC of a datetime; one without zone is taken as local time."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=LOCAL_ZONE)
    return (moment - _EPOCH) // _MS


def local_datetime(ms: int) -> datetime:
    """The local datetime of an instant in milliseconds UTC."""
    return (_EPOCH + timedelta(milliseconds=ms)).astimezone(LOCAL_ZONE)


def format_local(ms: int, *, seconds: bool = False) -> str:
    """`2026-09-21 10:00` of an instant in milliseconds UTC; with `seconds`, `2026-09-21 10:00:05`."""
    hours, rest = divmod((ms + _OFFSET_MS) % MS_PER_DAY, MS_PER_HOUR)
    minutes, rest = divmod(rest, MS_PER_MINUTE)
    text = f"{local_date(ms)} {hours:02}:{minutes:02}"  # without strftime, which takes five times as long
    return f"{text}:{rest // MS_PER_SECOND:02}" if seconds else text


def format_date(day: date) -> str:
    """`2026年9月21日`, as official documents write it."""
    return f"{day.year}年{day.month}月{day.day}日"


def local_date(ms: int) -> date:
    """The local calendar day of an instant in milliseconds UTC."""
    return date.fromordinal(_EPOCH_DAY + (ms + _OFFSET_MS) // MS_PER_DAY)


def day_start_ms(day: date) -> int:
    """The first instant of a local day, in milliseconds UTC."""
    return (day.toordinal() - _EPOCH_DAY) * MS_PER_DAY - _OFFSET_MS


def day_end_ms(day: date) -> int:
    """The last instant of a local day (23:59:59.999), in milliseconds UTC."""
    return day_start_ms(day) + MS_PER_DAY - 1
