"""How long there still is (还有几天), as people in an office say it."""

from datetime import date, timedelta

from liuhen.kernel.clock import MS_PER_HOUR, format_local, local_date, local_datetime
from liuhen.law.calendar import Calendar

WEEKDAYS = "一二三四五六日"
MS_PER_MINUTE = 60_000
HOURS_SHOWN = 48


def due_text(due_ms: int, now_ms: int) -> str:
    """The last moment: `10月12日 周一`, with the year if it is not this one, the time if it is not the day's end."""
    moment = local_datetime(due_ms)
    year = "" if moment.year == local_date(now_ms).year else f"{moment.year}年"
    text = f"{year}{moment.month}月{moment.day}日 周{WEEKDAYS[moment.weekday()]}"
    return text if (moment.hour, moment.minute) == (23, 59) else f"{text} {moment:%H:%M}"


def remaining_text(due_ms: int, now_ms: int, calendar: Calendar) -> str:
    """`还有 3 个工作日`, `今天到期`, `还有 5 小时`, or `已逾期 2 天`.

    Into a year whose holidays nobody announced yet the days are 约: `还有约 3 个工作日（2027年的节假日还没有公布）`.
    """
    if due_ms < now_ms:
        return f"已逾期 {late_text(due_ms, now_ms)}"
    last, today = local_date(due_ms), local_date(now_ms)
    whole_day = format_local(due_ms).endswith("23:59")
    if not whole_day and due_ms - now_ms < HOURS_SHOWN * MS_PER_HOUR:
        hours = (due_ms - now_ms) // MS_PER_HOUR
        return f"还有 {hours} 小时" if hours else f"还有 {(due_ms - now_ms) // MS_PER_MINUTE} 分钟"
    if last == today:
        return "今天到期"
    days = _working_days(today, last, calendar)
    if not calendar.known(last):
        return f"还有约 {days} 个工作日（{last.year}年的节假日还没有公布）"
    return f"还有 {days} 个工作日"


def late_text(due_ms: int, now_ms: int) -> str:
    """`2 天`, or `5 小时` on the day itself: how long past its limit, counted by days of the calendar."""
    days = (local_date(now_ms) - local_date(due_ms)).days
    return f"{days} 天" if days else f"{max(1, (now_ms - due_ms) // MS_PER_HOUR)} 小时"


def _working_days(today: date, last: date, calendar: Calendar) -> int:
    days = ((today + timedelta(days=n)) for n in range(1, (last - today).days + 1))
    return sum(calendar.is_working(day) for day in days)
