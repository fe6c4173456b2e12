"""Whose open obligations are whose, and which are the most pressing: as quick in ten thousand cases as in a hundred.

Somebody who handles few cases: his cases' open rows are read and sorted. Somebody who handles many: the index of open
rows is walked role by role in the order of their due dates, and nearly every row that is met is his.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from liuhen import ledger
from liuhen.acts.act import Actor
from liuhen.acts.judgement import OWED_COLUMNS
from liuhen.acts.matter import law_of
from liuhen.cases.late import OWN_LINE
from liuhen.cases.rows import counting, marks, named, plain
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
_SHOWN = f"""
SELECT {", ".join(f"o.{name}" for name in ("id", *OWED_COLUMNS))},
       COALESCE(c.party_name, i.title), c.number, l.suspect
FROM acts_owed o
LEFT JOIN cases_case c ON c.stream = o.matter LEFT JOIN cases_lead l ON l.stream = o.matter
LEFT JOIN inspections_draw i ON i.stream = o.matter
WHERE o.id IN ({{}})
"""
_SHOWN_AS = ("id", *OWED_COLUMNS, "party_name", "case_number", "suspect")
_SHOWN_BY = 20
"""Rows are asked for in so many or a multiple of it: few statements to prepare."""


class Open:
    """The open obligations of an agency as one person sees them; looked up once for a page."""

    def __init__(self, viewer: Actor, now_ms: int) -> None:
        self._viewer = viewer
        self._roles = sorted((viewer.roles - BY_CASE) | answers_for(viewer.roles))
        self._by_case = sorted(BY_CASE - set(self._roles))
        arisen, self._values = _arisen(viewer.agency, now_ms)
        self._of_his_cases, self._open = _OF_HIS_CASES + arisen, _OPEN + arisen
        ((cases,),), owing = ledger.run(
            [counting(_HIS_CASES, [viewer.id], FEW_CASES + 1), (_ROLES, [viewer.agency] * 2)]
        )
        self._few = cases <= FEW_CASES
        values = [viewer.id, viewer.agency, *self._values]
        self._held = plain(f"SELECT {_KEYS} {self._of_his_cases}", values) if self._few else []
        standing = {row[0] for row in (self._held if self._few else owing)}
        self._others = sorted(standing - viewer.roles - set(self._roles) - BY_CASE)

    def first(self, whose: Whose, most: int, *, dated: bool) -> list[Key]:
        """The most pressing `most` with a due date, or without one."""
        (found,) = self.firsts([(whose, dated)], most)
        return found

    def firsts(self, wanted: Sequence[tuple[Whose, bool]], most: int) -> list[list[Key]]:
        """The same of several lists together: whose, and whether with a due date."""
        walks = [self._walks(whose, most, dated) for whose, dated in wanted]
        found = iter(ledger.run([walk for each in walks for walk in each], one_way=True))
        return [
            sorted([*self._of_few(whose, dated), *_keys(row for _ in each for row in next(found))])[:most]
            for (whose, dated), each in zip(wanted, walks, strict=True)
        ]

    def total(self, whose: Whose) -> int:
        """How many there are, to `COUNT_MAX`."""
        (found,) = self.totals([whose])
        return found

    def totals(self, wanted: Sequence[Whose]) -> list[int]:
        """The same of several lists together."""
        counts = [self._counts(whose) for whose in wanted]
        found = iter(ledger.run([count for each in counts for count in each]))
        return [
            min(COUNT_MAX, len(self._of_few(whose)) + sum(next(found)[0][0] for _ in each))
            for whose, each in zip(wanted, counts, strict=True)
        ]

    def _of_cases(self, whose: Whose) -> Sequence[str]:
        """The roles of which he is shown what his cases owe."""
        return self._by_case if whose == "mine" else self._others

    def _of_few(self, whose: Whose, dated: bool | None = None) -> list[Key]:
        """Of somebody's few cases, which were read."""
        roles = self._of_cases(whose)
        return _keys(row for row in self._held if row[0] in roles and dated in (None, row[1] is not None))

    def _counts(self, whose: Whose) -> list[ledger.Statement]:
        found, roles, values = [], self._of_cases(whose), [self._viewer.agency, *self._values]
        if self._roles and whose == "mine":
            source = f"{self._open} AND o.who IN ({marks(self._roles)})"
            found.append(counting(source, [*values, *self._roles], COUNT_MAX))
        if roles and not self._few:
            source = f"{self._of_his_cases} AND o.who IN ({marks(roles)})"
            found.append(counting(source, [self._viewer.id, *values, *roles], COUNT_MAX))
        return found

    def _walks(self, whose: Whose, most: int, dated: bool) -> list[ledger.Statement]:
        found, roles = [], self._of_cases(whose)
        if self._roles and whose == "mine":
            found.append(self._walk(self._roles, most, dated, "", []))
        if roles and not self._few:
            found.append(self._walk(roles, most, dated, f" AND {_HANDLES}", [self._viewer.id]))
        return found

    def _walk(
        self, roles: Sequence[str], most: int, dated: bool, condition: str, condition_values: list[str]
    ) -> ledger.Statement:
        """Of each role the first rows in the index's own order; how many, rounded up: few statements to prepare."""
        null = "IS NOT NULL" if dated else "IS NULL"
        one = (
            f"SELECT * FROM (SELECT {_KEYS} {self._open} AND o.who = %s AND o.due_ms {null}{condition}"
            f" ORDER BY o.due_ms, o.starts_ms, o.matter LIMIT {1 << (most - 1).bit_length()}) t"
        )
        values = [
            value for role in roles for value in (self._viewer.agency, *self._values, role, *condition_values)
        ]
        return " UNION ALL ".join([one] * len(roles)), values


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
    asked = [*ids, *[ids[-1]] * (-len(ids) % _SHOWN_BY)]
    by_id = {row["id"]: row for row in named(_SHOWN_AS, _SHOWN.format(marks(asked)), asked)}
    for row in by_id.values():
        row["detail"] = json.loads(row["detail"])
    return [by_id[id] for id in ids if id in by_id]
