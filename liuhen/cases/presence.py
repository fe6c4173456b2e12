"""同一人不在两处: where officers were and when, told by the records of a span at a place; clashes said at the door."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any
from unicodedata import normalize

from liuhen.acts import registry
from liuhen.acts.act import Act, Doing, Matter
from liuhen.acts.registry import Row
from liuhen.cases.rows import marks, rows
from liuhen.kernel.clock import MS_PER_DAY, format_local
from liuhen.ledger import Entry

_PLACE = "place"
COLUMNS = ("id", "matter", "officer", "starts_ms", "ends_ms", "place", "kind", "instance")
_PRESENT = ("officers", "servers", "presider")
"""Fields that name who was there (and not who was drawn)."""
_NOT_OF_PEOPLE = frozenset({"recording"})
"""A recording is made of what people do: where they were is told by that."""


@cache
def told_by() -> Mapping[str, str]:
    """Kinds that tell where officers were: the field that names them."""
    found = {}
    for kind in registry.dictionary().kinds.values():
        named = next((name for name in _PRESENT if name in kind.fields), "")
        if kind.span and _PLACE in kind.fields and named and kind.stream not in _NOT_OF_PEOPLE:
            found[kind.name] = named
    return found


def tells(entry: Entry) -> bool:
    """Whether an entry bears on where somebody was."""
    return entry.kind in told_by()


def presence_rows(matter: Matter) -> list[Row]:
    """The rows of `cases_presence`: each officer of each record of this very stream that stands."""
    gone = {entry.supersedes for entry in matter.entries if entry.supersedes}
    return [
        _row(entry, officer["id"], matter.stream)
        for entry in matter.entries
        if entry.stream == matter.stream
        and entry.id not in gone
        and tells(entry)
        and _span(entry.kind, entry.open)
        for officer in {one["id"]: one for one in entry.open.get(told_by()[entry.kind]) or ()}.values()
    ]


def _row(entry: Entry, officer: str, matter: str) -> Row:
    first, last = _span(entry.kind, entry.open) or (0, 0)
    key = registry.dictionary().kinds[entry.kind].key
    return {
        "id": f"{entry.id}.{officer}",
        "matter": matter,
        "officer": officer,
        "starts_ms": first,
        "ends_ms": last,
        "place": str(entry.open.get(_PLACE) or "")[:200],
        "kind": entry.kind,
        "instance": str(entry.open.get(key) or "")[:64],
    }


def _span(kind: str, fields: Mapping[str, Any]) -> tuple[int, int] | None:
    names = registry.dictionary().kinds[kind].span
    first, last = (fields.get(name) for name in names) if names else (None, None)
    return (int(first), int(last)) if first is not None and last is not None else None


_CLASHES = (
    "SELECT p.*, o.name, c.party_name FROM cases_presence p JOIN accounts_officer o ON o.id = p.officer"
    " LEFT JOIN cases_case c ON c.stream = p.matter"
    " WHERE p.officer IN ({}) AND p.starts_ms < %s AND p.starts_ms > %s AND p.ends_ms > %s"
    " AND (p.place <> %s OR p.kind = %s) ORDER BY p.starts_ms, p.id LIMIT %s"
)
_LONGEST_MS = 3 * MS_PER_DAY
"""No record of people at a place spans more; so far back it is looked."""
_MOST = 200


def one_place(doing: Doing) -> Mapping[str, str]:
    """Nobody is in two places at once, or asks two people at once."""
    kind = registry.kind_of(doing.act)
    field = told_by()[kind.name]
    span, ids = _span(kind.name, doing.payload), [one["id"] for one in doing.payload.get(field) or ()]
    if span is None or not ids:
        return {}
    place = str(doing.payload.get(_PLACE) or "")
    wanted = [*ids, span[1], span[0] - _LONGEST_MS, span[0], place, kind.name, _MOST]
    there = rows(_CLASHES.format(marks(ids)), wanted)
    own = doing.corrected.id if doing.corrected else None
    instance = str(doing.payload.get(kind.key) or "")
    clashing = [
        row
        for row in there
        if row["id"].rpartition(".")[0] != own and _clash(row, kind.name, instance, place)
    ]
    return {field: f"{kind.fields[field].label}：{_said(clashing)}"} if clashing else {}


def _clash(row: Mapping[str, Any], kind: str, instance: str, place: str) -> bool:
    if row["kind"] == kind and row["instance"] != instance and kind in _ONE_AT_A_TIME:
        return True
    return not _same_place(str(row["place"]), place)


_ONE_AT_A_TIME = frozenset({"inquired", "hearing_held"})
"""Of these nobody conducts two at once, be it in one place."""


def _same_place(one: str, other: str) -> bool:
    """Whether two texts may name one place: one says no more than the other, or either says nothing."""
    a, b = (normalize("NFKC", text).replace(" ", "") for text in (one, other))
    return not a or not b or a in b or b in a


def _said(clashing: Sequence[Mapping[str, Any]]) -> str:
    kinds = registry.dictionary().kinds
    said = [
        f"{row['name']}{format_local(row['starts_ms'])}至{format_local(row['ends_ms'])}在“{row['place']}”"
        f"{kinds[row['kind']].title}（{row['party_name'] or '另一事项'}）"
        for row in clashing[:3]
    ]
    return (
        f"{'；'.join(said)}，与本次时间重叠，同一人不能同时在两处、同时询问两人。请核对时间、地点和人员："
        "确在一处的，地点写成一致；前一记录有误的，先更正前一记录"
    )


def guarded(acts: Iterable[Act]) -> list[Act]:
    """The acts with this check, where their records tell of people at a place."""
    return [replace(act, checks=(*act.checks, one_place)) if act.kind in told_by() else act for act in acts]
