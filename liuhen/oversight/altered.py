"""核验发现的属于谁: the file, the matter and the entry that a finding is about, as people name them.

Read from tables that may themselves be damaged: what cannot be told is left out, the finding stands without it.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from django.db import connection

from liuhen import ledger
from liuhen.acts import registry
from liuhen.cases.models import CaseRow, LeadRow
from liuhen.cases.stages import STREAMS
from liuhen.disclosure.models import PostingRow
from liuhen.inspections.models import DrawRow
from liuhen.kernel.clock import format_local
from liuhen.ledger import Finding
from liuhen.ledger.entry import file_references
from liuhen.ledger.verify_damage import DAMAGE

_FILE = "文件 "
"""How the finding of a file begins, before its digest."""
SHOWN = 10
"""So many records that carry an altered file are named; of more, their number is said."""


def named(finding: Finding) -> Finding:
    """The finding with what it is about."""
    with suppress(*DAMAGE, ValueError, TypeError):
        return replace(finding, about="　".join(_told(finding)))
    return finding


def _told(finding: Finding) -> Iterator[str]:
    stream, number, kind, recorded = finding.stream, finding.number, finding.kind, None
    if found := _entry(finding):
        stream, number, kind, recorded = found
    if finding.what == "file" and (name := _file_name(finding)):
        yield f"附件“{name}”"
    yield from _record(stream, number, kind, recorded)
    if finding.what == "file":
        yield from _others(finding)


def _record(stream: str, number: int | None, kind: str, recorded: int | None) -> Iterator[str]:
    """The matter, and the record in it."""
    if stream and (matter := _matter(stream)):
        yield matter
    if number is not None and kind:
        known = registry.dictionary().kinds.get(kind)
        at = f"，{format_local(recorded)} 登记" if recorded is not None else ""
        yield f"第{number}号记录“{known.title if known else kind}”{at}"


def _others(finding: Finding) -> Iterator[str]:
    """What else carries the file: each record after the first, so many named, all counted."""
    digest = finding.where.removeprefix(_FILE)
    inside = "instr(p.body, %s) > 0" if connection.vendor == "sqlite" else "position(%s::bytea in p.body) > 0"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT e.agency, e.idx, e.stream, e.number, e.kind, e.recorded FROM ledger_part p"
            f" JOIN ledger_entry e ON e.agency = p.agency AND e.idx = p.idx WHERE {inside}"
            " ORDER BY e.recorded, e.agency, e.idx",
            [digest.encode()],
        )
        found = [row for row in cursor.fetchall() if tuple(row[:2]) != (finding.agency, finding.index)]
    if not found:
        return
    shown = ["　".join(_record(*row[2:])) for row in found[:SHOWN]]
    more = f"；其余 {len(found) - SHOWN} 条没有列出" if len(found) > SHOWN else ""
    yield f"另有 {len(found)} 条记录附同一文件：{'；'.join(shown)}{more}"


def _entry(finding: Finding) -> tuple[str, int, str, int] | None:
    """Stream, number, kind and time of the entry that is named by its place in the log or in its stream."""
    if finding.index is not None and finding.agency:
        where, values = "agency = %s AND idx = %s", (finding.agency, finding.index)
    elif finding.stream and finding.number is not None:
        where, values = "stream = %s AND number = %s", (finding.stream, finding.number)
    else:
        return None
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT stream, number, kind, recorded FROM ledger_entry WHERE {where}", values)
        row = cursor.fetchone()
    return (str(row[0]), int(row[1]), str(row[2]), int(row[3])) if row else None


def _file_name(finding: Finding) -> str:
    """What the entry calls the file."""
    digest = finding.where.removeprefix(_FILE)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT body FROM ledger_part WHERE agency = %s AND idx = %s AND body IS NOT NULL",
            [finding.agency, finding.index],
        )
        bodies = [bytes(body) for (body,) in cursor.fetchall()]
    names = (
        str(one["name"])
        for body in bodies
        for one in file_references(json.loads(body))
        if one["sha256"] == digest
    )
    return next(names, "")


def _matter(stream: str) -> str:
    """The matter by its kind, party and number; of what a case took in, the case's."""
    type = ledger.heads([stream])[stream].type
    above = sorted(ledger.adopters({stream}) - {stream})
    for one in (stream, *above):
        if case := CaseRow.objects.filter(stream=one).values_list("party_name", "number").first():
            of = "" if type == "case" else f"的{STREAMS.get(type, '')}"
            return f"案件“{' '.join(filter(None, case))}”{of}"
    for model, column in ((LeadRow, "suspect"), (PostingRow, "title"), (DrawRow, "title")):
        if name := model._default_manager.filter(stream=stream).values_list(column, flat=True).first():
            return f"{STREAMS.get(type, '')}“{name}”"
    return STREAMS.get(type, "")
