"""Entries as people read them: a sentence, who and when, the filled fields, the verdicts that were given."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from django.urls import reverse

from liuhen.accounts import queries as people
from liuhen.acts import Actor, correctable, registry
from liuhen.acts.correcting import PART as CORRECTION
from liuhen.acts.matter import law_of, packs
from liuhen.acts.secrets import Secret, without
from liuhen.cases.access import parts_of
from liuhen.kernel.clock import MS_PER_HOUR, format_local, local_date
from liuhen.law.course import course
from liuhen.law.dictionary import Kind
from liuhen.law.values import Amount, Ask
from liuhen.ledger import JUDGEMENT, OPEN, Entry, LogState, log_state
from liuhen.web.forms.show import Shown, show, show_value

_NAME = re.compile(r"\{(\w+)\}")
_STATES = {"durable": "已保存", "fixed": "已固化", "witnessed": "已见证"}
_MATTERS = {name: name for name in ("lead", "case", "inspection", "recording", "publication")}
_OWN_LISTS = {"people": "people", "catalogue": "registers"}


@dataclass(frozen=True)
class EntryView:
    """One entry of a timeline."""

    entry: Entry
    title: str
    sentence: str
    who: str
    happened: str
    recorded: str
    lag: str
    fields: Sequence[Shown]
    superseded: bool
    gates: Sequence[Mapping[str, Any]]
    state: str = ""
    correction: str = ""
    correct_url: str = ""

    @property
    def anchor(self) -> str:
        """The entry's place on the page."""
        return f"e{self.entry.index}"


Corrector = Callable[[str], bool]
"""Whether the reader may perform an act, and so correct what it entered."""


def views(
    entries: Sequence[Entry],
    parts: frozenset[str],
    corrector: Corrector | None = None,
    hidden: Sequence[Secret] = (),
    viewer: Actor | None = None,
) -> list[EntryView]:
    """Entries in their order, with the open part and the guarded `parts` that the reader may see.

    `corrector`: which acts' entries he may correct; without it the way there is not shown. `hidden`: guarded values
    that he may not see, masked where a text that was once public has them. `viewer`: whoever reads only some kinds of
    entries opens no others.
    """
    names = people.names(entry.actor for entry in entries)
    log = log_state(entries[0].agency) if entries else None
    gone = {entry.supersedes for entry in entries if entry.supersedes}
    phases = phase_titles(entries[0].agency) if entries else {}
    may = cache(corrector) if corrector else None
    made = [
        _view(
            entry, names, gone, parts_of(viewer, entry, parts) if viewer else parts | {OPEN}, log, phases, may
        )
        for entry in entries
    ]
    return [_masked(view, hidden) for view in made] if hidden else made


def _masked(view: EntryView, hidden: Sequence[Secret]) -> EntryView:
    """A text for the public as somebody reads it who may not see all that it gave away."""
    if view.entry.stream_type != "publication":
        return view
    fields = [
        replace(
            one,
            text=without(one.text, hidden),
            rows=tuple(tuple(without(cell, hidden) for cell in row) for row in one.rows),
        )
        for one in view.fields
    ]
    return replace(view, sentence=without(view.sentence, hidden), fields=fields)


def phase_titles(agency: str) -> dict[str, str]:
    """What the agency's own measure calls the stages of a matter."""
    return {phase.phase: phase.title for phase in course(law_of(agency).bundle)}


def _view(
    entry: Entry,
    names: Mapping[str, str],
    gone: set[str],
    allowed: frozenset[str],
    log: LogState | None,
    phases: Mapping[str, str],
    may: Corrector | None,
) -> EntryView:
    kind = registry.dictionary().kinds.get(entry.kind)
    fields = {
        name: value
        for part, body in entry.parts.items()
        if part in allowed
        for name, value in (body or {}).items()
    }
    shown = _linked(show(kind, fields, phases), entry) if kind else []
    return EntryView(
        entry=entry,
        title=kind.title if kind else entry.kind,
        sentence=sentence(entry) if allowed else "",
        who=names.get(entry.actor, "不在名单中的人员"),
        happened=format_local(entry.happened_ms),
        recorded=format_local(entry.recorded_ms),
        lag=_lag(entry.happened_ms, entry.recorded_ms),
        fields=shown,
        superseded=entry.id in gone,
        gates=(entry.parts.get(JUDGEMENT) or {}).get("gates", []) if allowed else (),
        state=_STATES[log.state(entry.index)] if log else "",
        correction=(entry.parts.get(CORRECTION) or {}).get("reason", ""),
        correct_url="" if entry.id in gone or may is None else correct_url(entry, may),
    )


def _lag(happened_ms: int, recorded_ms: int) -> str:
    """How long after it happened it was entered, in days as people count them; nothing below an hour."""
    hours = (recorded_ms - happened_ms) // MS_PER_HOUR
    days = (local_date(recorded_ms) - local_date(happened_ms)).days
    if hours < 1:
        return ""
    if days < 1:
        return f"{hours} 小时后登记"
    return "第2天登记" if days == 1 else f"{days} 天后登记"


def correct_url(entry: Entry, may: Corrector) -> str:
    """Where an entry is corrected; empty for one that cannot be, or not by this person."""
    kind = registry.dictionary().kinds.get(entry.kind)
    act = kind.act if kind else None
    if kind is None or act is None or act not in registry.acts() or not correctable(kind) or not may(act):
        return ""
    return reverse("correct", args=[act, entry.stream, entry.number])


def _linked(shown: Sequence[Shown], entry: Entry) -> list[Shown]:
    """Files with the address under which they open."""
    return [
        Shown(
            one.label,
            files=tuple({**file, "url": file_url(entry, file)} for file in one.files),
            guarded=one.guarded,
        )
        if one.files
        else one
        for one in shown
    ]


def file_url(entry: Entry, file: Mapping[str, Any]) -> str:
    """Where a file of an entry opens: by the entry that holds it, never by its digest alone."""
    return reverse("file", args=[entry.stream, entry.number, str(file["sha256"])])


def sentence(entry: Entry) -> str:
    """The entry in one sentence, as the dictionary says it. A guarded value is never in it.

    A later clause of which nothing was filled in (，罚款…) is left out.
    """
    kind = registry.dictionary().kinds.get(entry.kind)
    if kind is None:
        return entry.kind

    def value(match: re.Match[str]) -> str:
        spec = kind.fields.get(match[1])
        if spec is None or match[1] not in entry.open:
            return "（未填）" if spec and spec.part == "open" else "（限阅）"
        found = entry.open[match[1]]
        return spec.truth(found) if isinstance(found, bool) else show_value(spec, found, _measures()).text

    first, *later = kind.sentence.split("，")
    said = _NAME.sub(value, "，".join([first, *(one for one in later if not _unfilled(kind, one, entry))]))
    question = _questions().get(str(entry.open.get("ask", "")))
    return (
        f"{said}“{question}”：{show_value(kind.fields['value'], entry.open['value']).text}"
        if question
        else said
    )


def _unfilled(kind: Kind, clause: str, entry: Entry) -> bool:
    """Whether a clause tells of open values alone, and of none that there is."""
    names = [name for name in _NAME.findall(clause) if name in kind.fields]
    return bool(names) and all(kind.fields[one].part == "open" and one not in entry.open for one in names)


@cache
def _questions() -> Mapping[str, str]:
    """判断事项 in words, by id."""
    return {
        spec.id: spec.text
        for pack in packs().values()
        for spec in pack.names.values()
        if isinstance(spec, Ask)
    }


@cache
def _measures() -> Mapping[str, str]:
    """Measures by title where an entry names one by its prefix, figures by what they are."""
    figures = {
        spec.id: f"“{spec.text}”"
        for pack in packs().values()
        for spec in pack.names.values()
        if isinstance(spec, Amount)
    }
    return figures | {prefix: f"《{pack.measure.title}》" for prefix, pack in packs().items()}


def instance_title(entry: Entry) -> str:
    """How one instance is named where one must be chosen."""
    return f"{sentence(entry)}（{format_local(entry.happened_ms)}）"


@lru_cache(maxsize=4_096)
def matter_url(type: str, stream: str) -> str:
    """The page of a matter."""
    if type in _OWN_LISTS:
        return reverse(_OWN_LISTS[type])
    return reverse(_MATTERS[type], args=[stream]) if type in _MATTERS else reverse("settings")
