"""待签批: one card a thing to sign: whom, what, how much, what was said, what changed, what lapses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from liuhen.acts import Matter, Preview, Reason, judgement, preview, registry
from liuhen.acts.matter import law_of, load_matter
from liuhen.cases.access import visible_parts
from liuhen.cases.rows import rows
from liuhen.disclosure.differences import published_decision
from liuhen.kernel.clock import format_local
from liuhen.kernel.money import format_yuan
from liuhen.law.rules import Rule
from liuhen.ledger import Entry
from liuhen.review.precheck.found import Standing
from liuhen.review.precheck.told import told_otherwise
from liuhen.review.remarks import remarks_of, standing_opinion
from liuhen.web.articles import acts_meeting, packs_of, rules_of
from liuhen.web.entries import EntryView, matter_url, views
from liuhen.web.heads import Head, head_of
from liuhen.web.me import Me
from liuhen.web.offered import main_ways, offered
from liuhen.web.whose_turn import Thing
from liuhen.web.words import When, when

CARD = "card"
"""How a card was looked at: not yet a look at the matter."""
_READS = 20_000
"""So many of the agency's latest looks are gone through for his own."""
_LAPSES, _NEW = 3, 8
_MONEY = ("amount", "refund")
_AGREE = "agree"
_WHOSE = ("当事人", "决定书")


@dataclass(frozen=True)
class Card:
    """One thing to be signed."""

    title: str
    url: str
    subject: str
    about: str
    matter_url: str
    since: str
    amounts: Sequence[tuple[str, str]]
    said: str
    opinion: str
    remarks: Sequence[str]
    seen: str
    new: Sequence[str]
    more_new: int
    told: Sequence[str]
    lapses: Sequence[tuple[str, When]]
    reasons: Sequence[Reason]


def cards(me: Me, wanted: Sequence[Thing]) -> list[Card]:
    """A card for each thing to sign; what cannot be signed by him, or not yet belongs there, has none."""
    seen = _last_seen(me, [stream for stream, _ in wanted])
    made = []
    for stream, act in wanted:
        matter = load_matter(stream)
        if matter.type not in registry.act(act).on:
            continue
        before = preview(act, me.actor, matter, me.now_ms)
        if before.fits and not before.barred:
            made.append(_card(me, before, matter, seen.get(stream)))
    return made


def _card(me: Me, before: Preview, matter: Matter, seen_ms: int | None) -> Card:
    head = head_of(matter)
    handed = _handed(before, matter)
    signed_before = views([*handed, *_opinions(before, matter, handed)], frozenset())
    new = [entry for entry in matter.entries if seen_ms is not None and entry.recorded_ms > seen_ms]
    shown = views(new, visible_parts(me.actor, matter)) if new else []
    opinion = standing_opinion(matter)
    return Card(
        before.title,
        reverse("act-on", args=[before.name, matter.stream]),
        head.title,
        _about(matter, head),
        matter_url(matter.type, matter.stream),
        f"{format_local(handed[-1].recorded_ms)} 转来" if handed else "",
        _amounts(before, matter),
        "；".join(view.sentence for view in signed_before),
        registry.dictionary().text("review_opined", "opinion", opinion.open["opinion"]) or ""
        if opinion
        else "",
        remarks_of(opinion) if opinion else (),
        f"您 {format_local(seen_ms)} 看过" if seen_ms is not None else "您近来没有看过",
        [f"{view.recorded} {_told(view)}" for view in reversed(shown)][:_NEW],
        max(0, len(shown) - _NEW),
        [one.text for one in told_otherwise(Standing(matter))],
        _lapsing(me, before.name, matter),
        before.refused,
    )


def _told(view: EntryView) -> str:
    """An entry by its title and its sentence, the title once."""
    return view.sentence if view.sentence.startswith(view.title) else f"{view.title}：{view.sentence}"


def _about(matter: Matter, head: Head) -> str:
    """Of a publication whom and which decision it names; of anything else what its head says."""
    if matter.type != "publication":
        return head.subtitle
    return "　".join([head.subtitle, *(text for label, text in head.facts if label in _WHOSE)])


def _handed(before: Preview, matter: Matter) -> list[Entry]:
    """What the act answers, in order: of what hands it on together (two reviews) each one's latest."""
    ways = [[matter.last(kind) for kind in alternative] for alternative in before.act.answers if alternative]
    whole = [[entry for entry in way if entry is not None] for way in ways if None not in way]
    found = [sorted(way, key=lambda entry: entry.index) for way in whole]
    return max(found, key=lambda way: way[-1].index, default=[])


def _opinions(before: Preview, matter: Matter, handed: Sequence[Entry]) -> list[Entry]:
    """What others said meanwhile of the very thing that was handed on: the head of the unit, of a proposal to close."""
    kinds = {entry.kind for entry in handed}
    answering = (act for _, act in registry.answering(matter.type))
    others = (act.kind for act in answering if any(kinds & set(way) for way in act.answers))
    said = [matter.last(kind) for kind in others if kind != before.act.kind]
    return [
        entry
        for entry in said
        if entry is not None and _AGREE in entry.open and entry.index > handed[-1].index
    ]


def _amounts(before: Preview, matter: Matter) -> list[tuple[str, str]]:
    """The money that the act is about: of its own form, else of the draft."""
    told = {
        before.form.kind.fields[name].label: source.value
        for name, source in before.form.filled.items()
        if before.form.kind.fields[name].type == "money"
    }
    draft = matter.last("decision_drafted")
    if matter.type == "publication":
        fields, said = registry.dictionary().kinds["decided"].fields, published_decision(matter) or {}
        told = {fields[name].label: said.get(name) for name in _MONEY}
    elif not told and draft is not None and matter.last("decided") is None:
        fields = registry.dictionary().kinds["decision_drafted"].fields
        told = {fields[name].label: draft.open.get(name) for name in _MONEY}
    return [(label, f"{format_yuan(fen)} 元") for label, fen in told.items() if fen]


def _lapsing(me: Me, act: str, matter: Matter) -> list[tuple[str, When]]:
    """What runs out first while it lies unsigned: not what can be done all the same."""
    calendar, rules = law_of(me.agency).calendar, rules_of(packs_of(me.agency))
    due = [
        item
        for item in judgement.owed(matter)
        if judgement.is_open(item) and item.due_ms is not None and item.led_by is None
    ]
    due.sort(key=lambda item: item.due_ms or 0)
    once = {(item.title, item.due_ms): item for item in due if _hangs_on(act, rules.get(item.rule), matter)}
    return [(item.title, when(item.due_ms, me.now_ms, calendar)) for item in list(once.values())[:_LAPSES]]


def _hangs_on(act: str, rule: Rule | None, matter: Matter) -> bool:
    """Whether what is owed is met by this act, or by nothing that can be done as long as it is not done."""
    ways = main_ways(rule, acts_meeting(rule))
    return act in ways or not set(ways) & set(offered(ways, matter).acts)


def _last_seen(me: Me, streams: Iterable[str]) -> dict[str, int]:
    """When he last looked at each of these matters themselves."""
    found = rows(
        "SELECT r.what, r.at FROM (SELECT actor, what, how, at, granted FROM ledger_read WHERE agency = %s"
        " ORDER BY number DESC LIMIT %s) r WHERE r.actor = %s AND r.granted AND r.how <> %s",
        [me.agency, _READS, me.actor.id, CARD],
    )
    wanted, latest = set(streams), dict[str, int]()
    for row in found:
        stream = str(row["what"]).partition(":")[0]
        if stream in wanted:
            latest[stream] = max(latest.get(stream, 0), int(row["at"]))
    return latest
