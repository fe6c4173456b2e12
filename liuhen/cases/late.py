"""已逾期: what counts as overdue, and as how many. Every list and every sum of overdue duties counts by this."""

from liuhen.cases.rows import plain

OWN_LINE = "o.led_by IS NULL"
"""The condition on `acts_owed o` of what has a line of its own: the same thing under another article is shown in it."""
LATE = f"o.is_open AND o.ours AND {OWN_LINE} AND o.due_ms < %s"
"""The condition on `acts_owed o`, with the instant in milliseconds UTC."""
ONE = "o.matter || o.rule || o.trigger || o.subject"
"""What tells one duty from another: owed by several roles it is still one."""


def late_total(agency: str, now_ms: int) -> int:
    """How many duties of an agency are overdue, each counted once whoever shares it."""
    sql = f"SELECT COUNT(DISTINCT {ONE}) FROM acts_owed o WHERE o.agency = %s AND {LATE}"
    return int(plain(sql, [agency, now_ms])[0][0])
