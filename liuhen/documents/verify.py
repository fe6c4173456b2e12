"""Verification of document numbers (文号): each given once, and the counters stand where the entries left them."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

from liuhen.acts import registry
from liuhen.kernel.clock import local_date
from liuhen.ledger import Finding

_DIGITS = re.compile(r"\d+")
_Counter = tuple[str, str, int]
"""Agency, series, year."""


@dataclass(frozen=True, slots=True)
class _Issued:
    """A number as an entry has it."""

    agency: str
    idx: int
    stream: str
    number: int
    kind: str
    text: str

    def finding(self, text: str) -> Finding:
        where = f"机关 {self.agency} 日志第{self.idx}条（卷流 {self.stream} 第{self.number}号，{self.kind}）"
        return Finding(
            "number", where, "number", text, self.agency, self.idx, self.stream, self.number, self.kind
        )


@dataclass(slots=True)
class _Series:
    """What was issued of one series and year: the numbers, and the first to bear each."""

    first: dict[int, _Issued]

    @property
    def last(self) -> int:
        return max(self.first)


def check_numbers(agency: str | None = None) -> Iterator[Finding]:
    """Numbers given twice or left out, and counters that do not stand at the last number given."""
    found: dict[_Counter, _Series] = defaultdict(lambda: _Series({}))
    for kind in registry.dictionary().kinds.values():
        for name, field in kind.fields.items():
            if field.numbered:
                for issued, year in _issued(kind.name, name, field.part, agency):
                    yield from _take(issued, (issued.agency, field.numbered, year), found)
    yield from _check_counters(found, agency)


def _take(issued: _Issued, counter: _Counter, found: dict[_Counter, _Series]) -> Iterator[Finding]:
    digits = [int(run) for run in _DIGITS.findall(issued.text)]
    if len(digits) < 2 or counter[2] not in digits:
        yield issued.finding(f"文号“{issued.text}”不含年份{counter[2]}和顺序号")
        return
    digits.remove(counter[2])
    series = found[counter]
    earlier = series.first.setdefault(digits[-1], issued)
    if earlier is not issued:
        yield issued.finding(f"文号“{issued.text}”与日志第{earlier.idx}条的“{earlier.text}”重号")


def _check_counters(found: dict[_Counter, _Series], agency: str | None) -> Iterator[Finding]:
    counters = _counters(agency)
    for counter in sorted(found.keys() | counters.keys(), key=str):
        last = found[counter].last if counter in found else 0
        told = counters.get(counter)
        of, series, year = counter
        where = f"机关 {of} 的文号序列 {series}（{year}年）"
        if told is None:
            yield Finding("number", where, "last", f"计数缺失：已发到第{last}号，登记已被删除或改动", of)
        elif told != last:
            yield Finding("number", where, "last", f"计数为{told}，条目中已发到第{last}号：被改动", of)
        missing = [n for n in range(1, last + 1) if n not in found[counter].first] if last else []
        if missing:
            text = (
                f"第{missing[0]}号{f'等{len(missing)}个号' if len(missing) > 1 else ''}没有条目：文号不连续"
            )
            yield Finding("number", where, "number", text, of)


def _counters(agency: str | None) -> dict[_Counter, Any]:
    where, values = ("", []) if agency is None else (" WHERE agency = %s", [agency])
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT agency, series, year, last FROM document_counter{where}", values)
        return {(row[0], row[1], row[2]): row[3] for row in cursor.fetchall()}


def _issued(kind: str, name: str, part: str, agency: str | None) -> Iterator[tuple[_Issued, int]]:
    """The numbers that entries of a kind bear, with the local year in which they were recorded."""
    only, values = ("", []) if agency is None else (" AND e.agency = %s", [agency])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.agency, e.idx, e.stream, e.number, e.recorded, p.body FROM ledger_entry e"
            " JOIN ledger_part p ON p.agency = e.agency AND p.idx = e.idx AND p.name = %s"
            f" WHERE e.kind = %s AND p.body IS NOT NULL{only} ORDER BY e.agency, e.idx",
            [part, kind, *values],
        )
        for of, idx, stream, number, recorded, body in iter(cursor.fetchone, None):
            try:
                text, year = str(json.loads(bytes(body))[name]), local_date(recorded).year
            except (ValueError, LookupError, TypeError, OverflowError, OSError):
                continue  # a part or a column was altered: the check of the entry names it
            yield _Issued(of, idx, stream, number, kind, text), year
