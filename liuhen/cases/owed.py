"""Whose open obligations are whose, and which are the most pressing: as quick in ten thousand cases as in a hundred.

Somebody who handles few cases: his cases' open rows are read and sorted. Somebody who handles many: the index of open
rows is walked role by role in the order of their due dates, and nearly every row that is met is his.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from liuhen.acts.act import Actor
from liuhen.acts.matter import law_of
from liuhen.cases.late import OWN_LINE
from liuhen.cases.rows import counted, marks, plain, rows
from liuhen.law.reading import answers_for, of_the_case

Whose = Literal["mine", "others"]
Key = tuple[bool, int, int, str, int]
"""What obligations are sorted by: without due date last, due, begun, matter, number of the row."""

BY_CASE = of_the_case()
"""Duties of whoever handles the case, not of everybody who holds the role."""
COUNT_MAX = 500
"""So far it is counted; beyond, nobody reads the number."""
FEW_CASES = 50
"""Who has this many cases or fewer handles few: all their open rows are read."""

_KEYS = "o.who, o.due_ms, o.starts_ms, o.matter, o.id"
_HIS_CASES = "FROM cases_handler WHERE officer = %s"
_OF_HIS_CASES = (
    "FROM cases_handler h CROSS JOIN acts_owed o"
    f" WHERE h.officer = %s AND o.matter = h.matter AND o.is_open AND o.agency = %s AND {OWN_LINE}"
)
"""CROSS JOIN keeps SQLite to this order: from the few cases to their rows."""
_OPEN = f"FROM acts_owed o WHERE o.agency = %s AND o.is_open AND {OWN_LINE}"
_HANDLES = "EXISTS (SELECT 1 FROM cases_handler h WHERE h.id = o.matter || '.' || %s)"
_ROLES = f"""
WITH RECURSIVE found(who) AS (
  SELECT MIN(o.who) {_OPEN}
  UNION ALL
  SELECT (SELECT MIN(o.who) {_OPEN} AND o.who > found.who)
  FROM found WHERE found.who IS NOT NULL
) SELECT who FROM found WHERE who IS NOT NULL
"""
"""Who owes anything in the agency: one step in the index for each."""
_SHOWN = """
SELECT o.*, COALESCE(c.party_name, i.title) AS party_name, c.number AS case_number, l.suspect
FROM acts_owed o
LEFT JOIN cases_case c ON c.stream = o.matter LEFT JOIN cases_lead l ON l.stream = o.matter
LEFT JOIN inspections_draw i ON i.stream = o.matter
WHERE o.id IN ({})
"""


class Open:
    """The open obligations of an agency as one person sees them; looked up once for a page."""

    def __init__(self, viewer: Actor, now_ms: int) -> None:
        self._viewer = viewer
        self._roles = sorted((viewer.roles - BY_CASE) | answers_for(viewer.roles))
        self._by_case = sorted(BY_CASE - set(self._roles))
        arisen, self._values = _arisen(viewer.agency, now_ms)
        self._of_his_cases, self._open = _OF_HIS_CASES + arisen, _OPEN + arisen
        self._few = counted(_HIS_CASES, [viewer.id], FEW_CASES + 1) <= FEW_CASES
        values = [viewer.id, viewer.agency, *self._values]
        self._held = plain(f"SELECT {_KEYS} {self._of_his_cases}", values) if self._few else []

    def first(self, whose: Whose, most: int, *, dated: bool) -> list[Key]:
        """The most pressing `most` with a due date, or without one."""
        if whose == "mine":
            found = [*self._of_roles(most, dated), *self._of_cases(self._by_case, most, dated)]
        else:
            found = self._of_cases(self._others(), most, dated)
        return sorted(found)[:most]

    def total(self, whose: Whose) -> int:
        """How many there are, to `COUNT_MAX`."""
        if whose == "others":
            return self._count_of_cases(self._others())
        source = f"{self._open} AND o.who IN ({marks(self._roles)})"
        values = [self._viewer.agency, *self._values, *self._roles]
        by_role = counted(source, values, COUNT_MAX) if self._roles else 0
        return min(COUNT_MAX, by_role + self._count_of_cases(self._by_case))

    def _others(self) -> list[str]:
        """Everybody else who owes anything."""
        if self._few:
            standing = {str(row[0]) for row in self._held}
        else:
            standing = {row[0] for row in plain(_ROLES, [self._viewer.agency] * 2)}
        return sorted(standing - self._viewer.roles - set(self._roles) - BY_CASE)

    def _of_roles(self, most: int, dated: bool) -> list[Key]:
        return self._walked(self._roles, most, dated, "", [])

    def _of_cases(self, roles: Sequence[str], most: int, dated: bool) -> list[Key]:
        if self._few:
            return _keys(row for row in self._held if row[0] in roles and (row[1] is not None) is dated)
        return self._walked(roles, most, dated, f" AND {_HANDLES}", [self._viewer.id])

    def _count_of_cases(self, roles: Sequence[str]) -> int:
        if self._few:
            return sum(row[0] in roles for row in self._held)
        if not roles:
            return 0
        source = f"{self._of_his_cases} AND o.who IN ({marks(roles)})"
        return counted(source, [self._viewer.id, self._viewer.agency, *self._values, *roles], COUNT_MAX)

    def _walked(
        self, roles: Sequence[str], most: int, dated: bool, condition: str, condition_values: list[str]
    ) -> list[Key]:
        """Of each role the first rows in the index's own order."""
        if not roles:
            return []
        null = "IS NOT NULL" if dated else "IS NULL"
        one = (
            f"SELECT * FROM (SELECT {_KEYS} {self._open} AND o.who = %s AND o.due_ms {null}{condition}"
            " ORDER BY o.due_ms, o.starts_ms, o.matter LIMIT %s) t"
        )
        values = [
            value
            for role in roles
            for value in (self._viewer.agency, *self._values, role, *condition_values, most)
        ]
        return _keys(plain(" UNION ALL ".join([one] * len(roles)), values))


def _arisen(agency: str, now_ms: int) -> tuple[str, list[Any]]:
    """The condition of what exists by now: some once another's time has run out (逾期自动解除) or a year has begun."""
    bundle = law_of(agency).bundle
    later = sorted({info.rule for infos in (*bundle.after_due.values(), bundle.yearly) for info in infos})
    if not later:
        return "", []
    return f" AND NOT (o.starts_ms > %s AND o.rule IN ({marks(later)}))", [now_ms, *later]


def _keys(found: Iterable[tuple[Any, ...]]) -> list[Key]:
    return [(due is None, due or 0, starts or 0, matter, id) for _, due, starts, matter, id in found]


def shown(keys: Sequence[Key]) -> list[dict[str, Any]]:
    """The rows themselves, in this order, with whom they are about."""
    return shown_rows([key[-1] for key in keys])


def shown_rows(ids: Sequence[int]) -> list[dict[str, Any]]:
    """The same of rows by their numbers."""
    if not ids:
        return []
    by_id = {row["id"]: row for row in rows(_SHOWN.format(marks(ids)), ids)}
    for row in by_id.values():
        row["detail"] = json.loads(row["detail"])
    return [by_id[id] for id in ids if id in by_id]
