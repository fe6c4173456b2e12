"""同一人不在两处: where officers were and when, told by the records of a span at a place; clashes said at the door."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any
from unicodedata import normalize

from liuhen import ledger
from liuhen.acts import registry
from liuhen.acts.act import Act, Actor, Doing, Matter
from liuhen.acts.matter import added
from liuhen.acts.payload import ids, instant, is_blank
from liuhen.acts.registry import Since, Values
from liuhen.cases.rows import marks, plain
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


def presence_rows(matter: Matter) -> list[Values]:
    """The rows of `cases_presence`: each officer of each record of this very stream that stands."""
    gone = {entry.supersedes for entry in matter.entries if entry.supersedes}
    return [row for entry in matter.entries if entry.id not in gone for row in _rows(entry, matter.stream)]


def presence_since(matter: Matter) -> Since | None:
    """The rows of the entries by which it has grown; none of the others changes, unless one is corrected."""
    new = added(matter)
    if new is None or any(entry.supersedes for entry in new):
        return None
    return Since([], [row for entry in new for row in _rows(entry, matter.stream)])


def _rows(entry: Entry, matter: str) -> list[Values]:
    """In the order of `COLUMNS`, one for each officer."""
    if entry.stream != matter or not tells(entry):
        return []
    fields = entry.open
    span = _span(entry.kind, fields)
    if span is None:
        return []
    instance = str(fields.get(registry.dictionary().kinds[entry.kind].key) or "")[:64]
    place = str(fields.get(_PLACE) or "")[:200]
    officers = dict.fromkeys(one["id"] for one in fields.get(told_by()[entry.kind]) or ())
    return [(f"{entry.id}.{one}", matter, one, *span, place, entry.kind, instance) for one in officers]


def _span(kind: str, fields: Mapping[str, Any]) -> tuple[int, int] | None:
    names = registry.dictionary().kinds[kind].span
    first, last = (fields.get(name) for name in names) if names else (None, None)
    return (int(first), int(last)) if first is not None and last is not None else None


_CLASHES = (
    "SELECT id, matter, officer, starts_ms, ends_ms, place, kind, instance FROM cases_presence"
    " WHERE officer IN ({}) AND ends_ms > %s AND ends_ms < %s AND starts_ms < %s"
    " AND (place <> %s OR kind = %s) ORDER BY starts_ms, id LIMIT %s"
)
_LONGEST_MS = 3 * MS_PER_DAY
"""No record of people at a place spans more. It is looked from its beginning on: most was over before."""
_MOST = 200


def one_place(doing: Doing) -> Mapping[str, str]:
    """Nobody is in two places at once, or asks two people at once."""
    kind = registry.kind_of(doing.act)
    field = told_by()[kind.name]
    span = _span(kind.name, doing.payload)
    names = {one["id"]: one["name"] for one in doing.payload.get(field) or ()}
    if span is None or not names:
        return {}
    place = str(doing.payload.get(_PLACE) or "")
    there = ledger.answer(_beside(kind.name, [*names], span, place))
    own = doing.corrected.id if doing.corrected else None
    instance = str(doing.payload.get(kind.key) or "")
    clashing = [
        row
        for row in there
        if row["id"].rpartition(".")[0] != own and _clash(row, kind.name, instance, place)
    ]
    return {field: f"{kind.fields[field].label}：{_said(clashing[:3], names)}"} if clashing else {}


def asked_ahead(act: Act, _: Actor, given: Mapping[str, Any]) -> list[ledger.Question[Any]]:
    """What `one_place` will ask, as far as what was typed tells."""
    kind = registry.kind_of(act)
    if one_place not in act.checks or not kind.span:
        return []
    first, last = (given.get(name) for name in kind.span)
    people, place = given.get(told_by()[kind.name]), given.get(_PLACE) or ""
    if is_blank(first) or is_blank(last) or is_blank(people) or not _as_text(place):
        return []
    return [_beside(kind.name, ids(people), (instant(first), instant(last)), place.strip())]


def _as_text(value: Any) -> bool:
    """Whether it can be a text as it is kept; if not, its form is refused, and the database need not see it."""
    return isinstance(value, str) and value.isprintable()


def _beside(
    kind: str, people: Sequence[str], span: tuple[int, int], place: str
) -> ledger.Question[list[dict[str, Any]]]:
    """The question what else these officers did in this span that may have been elsewhere."""
    values = [*people, span[0], span[1] + _LONGEST_MS, span[1], place, kind, _MOST]
    return ledger.Question(
        _CLASHES.format(marks(people)),
        values,
        lambda rows: [dict(zip(COLUMNS, row, strict=True)) for row in rows],
    )


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


_PARTIES = "SELECT stream, party_name FROM cases_case WHERE stream IN ({})"


def _said(clashing: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> str:
    """`names`: of the officers, by id."""
    kinds = registry.dictionary().kinds
    matters = [row["matter"] for row in clashing]
    parties = dict(plain(_PARTIES.format(marks(matters)), matters))
    said = [
        f"{names[row['officer']]}{format_local(row['starts_ms'])}至{format_local(row['ends_ms'])}"
        f"在“{row['place']}”{kinds[row['kind']].title}（{parties.get(row['matter']) or '另一事项'}）"
        for row in clashing
    ]
    return (
        f"{'；'.join(said)}，与本次时间重叠，同一人不能同时在两处、同时询问两人。请核对时间、地点和人员："
        "确在一处的，地点写成一致；前一记录有误的，先更正前一记录"
    )


def guarded(acts: Iterable[Act]) -> list[Act]:
    """The acts with this check, where their records tell of people at a place."""
    return [replace(act, checks=(*act.checks, one_place)) if act.kind in told_by() else act for act in acts]
