"""The page of a case (案件页): judged live from the entries, now or as it stood at any entry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from liuhen import law, ledger
from liuhen.accounts import queries as people
from liuhen.acts import judgement, registry
from liuhen.acts.act import Actor, Matter, fields_of
from liuhen.acts.matter import law_of, load_matter, matter_of
from liuhen.acts.preview import Preview, preview
from liuhen.cases.access import may_see, visible_parts
from liuhen.cases.remaining import due_text, remaining_text
from liuhen.kernel.clock import format_local
from liuhen.kernel.money import format_yuan
from liuhen.law.course import course
from liuhen.law.dictionary import Field
from liuhen.law.reading import role_titles

DONE = frozenset({"met", "met_late", "excused", "not_applicable"})
URGENCY = (
    "overdue",
    "missing",
    "cannot_tell",
    "due",
    "waiting",
    "option",
    "met_late",
    "met",
    "excused",
    "not_applicable",
)
"""The order in which verdicts are shown: what is wrong first, what is settled last."""


class NotForYou(Exception):
    """无权查看."""


@dataclass(frozen=True)
class Obligation:
    """义务 as shown: its verdict, last day, working, and the acts that meet it."""

    owed: law.Owed
    verdict: law.Verdict
    who: str
    due: str
    remaining: str
    acts: Sequence[tuple[str, str]]

    @property
    def done(self) -> bool:
        """Whether nothing is left to do about it."""
        return self.verdict.state in DONE


@dataclass(frozen=True)
class Step:
    """One act of the course: how often it was done, and whether this person could do it now."""

    name: str
    title: str
    times: int
    preview: Preview | None

    @property
    def open(self) -> bool:
        """Whether this person can do it now, as far as is known."""
        return self.preview is not None and self.preview.open


@dataclass(frozen=True)
class Phase:
    """阶段 of the course, with its acts."""

    title: str
    steps: Sequence[Step]


@dataclass(frozen=True)
class TimelineItem:
    """One entry as people read it; `fields` are label and text, guarded ones only for those they are for."""

    entry: ledger.Entry
    title: str
    sentence: str
    actor: str
    lag_ms: int
    fields: Sequence[tuple[str, str]]
    files: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class CasePage:
    """Everything that the page of a case or a lead shows."""

    matter: Matter
    stream_type: str
    header: Mapping[str, Any]
    phases: Sequence[Phase]
    obligations: Sequence[Obligation]
    timeline: Sequence[TimelineItem]
    seen: int
    as_of: ledger.Entry | None

    @property
    def owed_now(self) -> Sequence[Obligation]:
        """What is not settled yet."""
        return [item for item in self.obligations if not item.done]


def case_page(viewer: Actor, stream: str, now_ms: int, upto: int | None = None) -> CasePage:
    """The page of a case (or lead) for a person; with `upto` as it stood after that entry of the log.

    Raises `NotForYou` for somebody who may not see it, `ledger.UnknownStream`.
    """
    matter = load_matter(stream)
    if not may_see(viewer, matter):
        raise NotForYou(stream)
    as_of = None
    if upto is not None:
        matter = as_it_stood(matter, upto)
        as_of = matter.entries[-1]
        now_ms = as_of.recorded_ms
    header = _header(matter)
    previews = {} if as_of else _previews(viewer, matter, now_ms)
    return CasePage(
        matter=matter,
        stream_type=matter.type,
        header=header,
        phases=_phases(matter, previews),
        obligations=obligations(matter, now_ms),
        timeline=timeline(viewer, matter),
        seen=matter.entries[-1].index,
        as_of=as_of,
    )


def as_it_stood(matter: Matter, upto: int) -> Matter:
    """The matter after the entry at `upto` of the log (当时的案件)."""
    entries = [entry for entry in matter.entries if entry.index <= upto]
    if not entries:
        raise ledger.UnknownStream(f"此时还没有这一事项（序号 {upto}）")
    head = ledger.Head(matter.stream, matter.agency, matter.type, len(entries), None)
    return matter_of(head, entries, adopted=matter.adopted)


def obligations(matter: Matter, now_ms: int) -> list[Obligation]:
    """Every obligation with its verdict at an instant, the pressing ones first."""
    agency_law = law_of(matter.agency)
    calendar = agency_law.bundle.calendar
    shown = [
        _obligation(item, agency_law.done.get(item.rule, ()), now_ms, calendar)
        for item in judgement.owed(matter)
    ]
    return sorted(shown, key=_pressing)


def timeline(viewer: Actor, matter: Matter) -> list[TimelineItem]:
    """The entries as people read them, in the order of the log."""
    names = people.names(entry.actor for entry in matter.entries)
    parts = visible_parts(viewer, matter) | {ledger.OPEN}
    return [_item(entry, names, parts) for entry in matter.entries]


def _pressing(item: Obligation) -> tuple[int, int, str]:
    return URGENCY.index(item.verdict.state), item.owed.due_ms or 2**62, item.owed.rule


def _obligation(item: law.Owed, done: Sequence[str], now_ms: int, calendar: law.Calendar) -> Obligation:
    verdict = law.state(item, now_ms)
    due = due_text(item.due_ms) if item.due_ms is not None else ""
    remaining = ""
    if item.due_ms is not None and verdict.state not in DONE:
        remaining = remaining_text(item.due_ms, now_ms, calendar)
    kinds = registry.dictionary().kinds
    titles = role_titles()
    acts = {kinds[kind].act or "": kinds[kind].title for kind in done if kind in kinds}
    known = [(name, title) for name, title in acts.items() if name in registry.acts()]
    who = "、".join(titles.get(role, role) for role in item.who)
    return Obligation(item, verdict, who, due, remaining, known)


def _previews(viewer: Actor, matter: Matter, now_ms: int) -> dict[str, Preview]:
    """What this person could do, for every act that belongs on this kind of stream."""
    here = [name for name, act in registry.acts().items() if matter.type in act.on and not act.by_system]
    return {name: preview(name, viewer, matter, now_ms) for name in here}


def _phases(matter: Matter, previews: Mapping[str, Preview]) -> list[Phase]:
    """The course of the law in force, each act with what was done of it."""
    done: dict[str, int] = {}
    kinds = registry.dictionary().kinds
    for entry in matter.entries:
        name = kinds[entry.kind].act or ""
        done[name] = done.get(name, 0) + 1
    phases = []
    shown: set[str] = set()
    for phase in course(law_of(matter.agency).bundle):
        names = [name for name in phase.acts if name in registry.acts() and name not in shown]
        shown |= set(names)
        steps = [_step(name, done, previews) for name in names if name in previews or done.get(name)]
        if steps:
            phases.append(Phase(phase.title, steps))
    rest = [name for name in previews if name not in shown]
    if rest:
        phases.append(Phase("其他", [_step(name, done, previews) for name in rest]))
    return phases


def _step(name: str, done: Mapping[str, int], previews: Mapping[str, Preview]) -> Step:
    return Step(name, registry.kind_of(registry.act(name)).title, done.get(name, 0), previews.get(name))


def _header(matter: Matter) -> Mapping[str, Any]:
    first = matter.last("filed") or matter.entries[0]
    return fields_of(first)


def _item(entry: ledger.Entry, names: Mapping[str, str], parts: frozenset[str]) -> TimelineItem:
    kind = registry.dictionary().kinds[entry.kind]
    values = {name: value for name, value in fields_of(entry).items() if name in kind.fields}
    readable: dict[str, str] = {}
    for name, value in values.items():
        field = kind.fields[name]
        guarded = field.part not in parts
        readable[name] = "（内容保密）" if guarded else text_of(field, value)
    fields = [
        (kind.fields[name].label, text) for name, text in readable.items() if kind.fields[name].type != "key"
    ]
    files = [file for name, value in values.items() if kind.fields[name].type == "files" for file in value]
    return TimelineItem(
        entry=entry,
        title=kind.title,
        sentence=kind.sentence.format_map(_Blank(readable)),
        actor=names.get(entry.actor, "（人员已不在名单）"),
        lag_ms=entry.recorded_ms - entry.happened_ms,
        fields=fields,
        files=files,
    )


class _Blank(dict[str, str]):
    """A sentence's missing values read as a dash."""

    def __missing__(self, key: str) -> str:
        return "—"


def text_of(field: Field, value: Any) -> str:
    """A field's value as people read it."""
    match field.type:
        case "choice":
            return field.choices.get(value, str(value))
        case "choices":
            return "、".join(field.choices.get(one, str(one)) for one in value)
        case "bool":
            return "是" if value else "否"
        case "money":
            return format_yuan(value)
        case "instant":
            return format_local(value)
        case "officers":
            return "、".join(_officer(one) for one in value)
        case "signatures":
            return "、".join(_signature(one) for one in value)
        case "items":
            return "\n".join("；".join(str(cell) for cell in row.values()) for row in value)
        case "files":
            return "、".join(file["name"] for file in value)
        case "person" | "party":
            return "；".join(str(part) for part in value.values())
        case _:
            return str(value)


def _officer(officer: Mapping[str, Any]) -> str:
    certificate = officer.get("certificate")
    return f"{officer['name']}（{certificate}）" if certificate else str(officer["name"])


def _signature(signature: Mapping[str, Any]) -> str:
    if signature.get("refused"):
        return f"{signature['name']}（拒绝签名：{signature.get('note', '')}）"
    return str(signature["name"])
