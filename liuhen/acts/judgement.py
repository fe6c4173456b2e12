"""Asking the law: the gates before an act, and the obligations of a matter as rows."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from typing import Any

from liuhen import law
from liuhen.acts import registry
from liuhen.acts.act import Act, Actor, Doing, Matter
from liuhen.acts.errors import Reason
from liuhen.acts.facts import GUARDED
from liuhen.acts.form import is_own_signature
from liuhen.acts.matter import GROWN_FROM, REGISTER, AgencyLaw, judged_facts, law_of
from liuhen.acts.registry import Row, Since, Values
from liuhen.law.reading import of_the_case

OWED = frozenset({"owed", "cannot_tell"})
"""As what obligations stand that have rows."""
SUBJECT_MAX = 200
"""As long as the column `acts_owed.subject`."""


def facts_of(matter: Matter | None, agency_law: AgencyLaw) -> list[law.Fact]:
    """What is judged: the matter's facts and the figures that the agency has fixed (its register holds them itself)."""
    if matter is not None and matter.type == REGISTER:
        return list(matter.facts)
    return [*agency_law.facts, *(matter.facts if matter else ())]


def _matter_around(matter: Matter | None, agency_law: AgencyLaw) -> law.Matter:
    """For acts: the facts of the matters that have taken this stream in count too."""
    if matter is not None and not matter.adopted:
        return _judged(matter).judged.matter
    facts = facts_of(None, agency_law) if matter is None else [*agency_law.facts, *judged_facts(matter)]
    return law.Matter(facts, agency_law.bundle.dictionary, agency_law.bundle.calendar)


_TIMELESS = frozenset({"answered", "amount_set", "year_announced"})
"""Judgements, figures and calendars hold whenever they were entered."""


def _known_then(matter: law.Matter, happened_ms: int, replaced: Collection[str] = ()) -> law.Matter:
    """What had happened when the act happened: an inspection reported for a day before the filing had no filing.

    `replaced`: the entries in whose place a correction stands; it is asked about as if they were not.
    """
    return matter.without(
        [
            fact
            for fact in matter.given
            if fact.id in replaced or (fact.at_ms > happened_ms and fact.kind not in _TIMELESS)
        ]
    )


def _replaced(doing: Doing) -> frozenset[str]:
    """The corrected entry and those that it corrected itself."""
    found, last = set[str](), doing.corrected
    if last is None:
        return frozenset()
    entries = {entry.id: entry for entry in doing.matter.entries} if doing.matter else {}
    while last is not None:
        found.add(last.id)
        last = entries.get(last.supersedes or "")
    return frozenset(found)


def proposed(doing: Doing) -> dict[str, Any]:
    """The fields of the entry about to be made, guarded ones shown only to be there."""
    fields = registry.kind_of(doing.act).fields
    return {name: value if fields[name].part == "open" else GUARDED for name, value in doing.payload.items()}


def gates(doing: Doing) -> tuple[list[dict[str, Any]], list[Reason]]:
    """Every gate that speaks of this act: the verdicts to be kept, and the reasons of those that refuse.

    What cannot be told is refused too, but said only where nothing is refused outright.
    """
    agency_law = law_of(doing.actor.agency)
    results = law.gates(
        agency_law.bundle,
        registry.name_of(doing.act),
        _known_then(_matter_around(doing.matter, agency_law), doing.happened_ms, _replaced(doing)),
        proposed(doing),
        at_ms=doing.happened_ms,
    )
    kept = [{"rule": r.rule, "verdict": r.status, "working": list(r.working)} for r in results]
    refusing = [result for result in results if result.status == "refused"]
    unclear = [result for result in results if result.status == "cannot_tell"]
    return kept, [reason_of(result) for result in refusing or unclear]


def reason_of(result: law.GateResult) -> Reason:
    """A gate's result as the reason that people read."""
    if result.status == "cannot_tell":
        lacking = "、".join(result.needs_text)
        return Reason(
            result.rule,
            result.cited,
            f"尚不能判断是否允许办理：缺少{lacking}",
            f"请先补充或者回答；{result.remedy}",
            needs=result.needs,
        )
    return Reason(result.rule, result.cited, result.say, result.remedy)


def before(
    act: Act, matter: Matter, now_ms: int, known: Mapping[str, Any], curable: Collection[str] = ()
) -> list[Reason]:
    """Reasons that already stand in the way whatever is typed: the same gates, on what is known beforehand.

    A gate that only waits for what is still to be typed, or that another value of one of the fields `curable` can
    satisfy (a second officer ticked), is not a reason yet.
    """
    agency_law = law_of(matter.agency)
    name = registry.name_of(act)
    results = law.gates(agency_law.bundle, name, _matter_around(matter, agency_law), known, at_ms=now_ms)
    refused = [result for result in results if result.status == "refused"]
    if refused and curable:
        read = {gate.id: law.typed_by(gate) for _, gate in agency_law.bundle.gates.get(name, ())}
        refused = [result for result in refused if not read[result.rule] & set(curable)]
    return [reason_of(result) for result in refused]


def held_up_by(act: Act, matter: Matter, now_ms: int, known: Mapping[str, Any]) -> frozenset[str]:
    """What must be known before it can be told whether the law lets the act be done: questions, and what is typed."""
    bundle, name = law_of(matter.agency).bundle, registry.name_of(act)
    if not bundle.asked_before(name):
        return frozenset()
    results = law.gates(bundle, name, _matter_around(matter, law_of(matter.agency)), known, at_ms=now_ms)
    return frozenset(need for one in results if one.status == "cannot_tell" for need in one.needs)


def against(act: Act, actor: Actor, matter: Matter, now_ms: int) -> list[Reason]:
    """Reasons that the law has against this very person's signing, whatever is typed: what he did in it before."""
    agency_law, name = law_of(matter.agency), registry.name_of(act)
    if name not in agency_law.personal:
        agency_law.personal[name] = _looking_at_who_signs(agency_law, act)
    speaking = agency_law.personal[name]
    if not speaking:
        return []
    signed = {field: [{"id": actor.id, "name": actor.name}] for field in _own_signatures(act)}
    return [one for one in before(act, matter, now_ms, signed) if one.rule in speaking]


def _looking_at_who_signs(agency_law: AgencyLaw, act: Act) -> frozenset[str]:
    own, speaking = _own_signatures(act), agency_law.bundle.gates.get(registry.name_of(act), ())
    return frozenset(gate.id for _, gate in speaking if law.compared_with(gate) & own)


def _own_signatures(act: Act) -> frozenset[str]:
    fields = registry.kind_of(act).fields
    return frozenset(field for field, spec in fields.items() if is_own_signature(field, spec))


def because_of(
    act: Act, matter: Matter, now_ms: int, known: Mapping[str, Any], name: str, others: Collection[Any] = (0,)
) -> list[Reason]:
    """Reasons against a later act that come of one of the values it would take over (a fine above what was told).

    They are those that one of the `others` would not meet.
    """
    if not known.get(name):
        return []
    found = before(act, matter, now_ms, known)
    passed = [{one.rule for one in before(act, matter, now_ms, {**known, name: other})} for other in others]
    return [one for one in found if any(one.rule not in rules for rules in passed)]


def questions(act: Act, matter: Matter, known: Mapping[str, Any]) -> list[law.Question]:
    """判断事项: what the law leaves to judgement and asks before this act, not yet answered.

    Of what can be done several times, a question about the one that is yet to be is asked once it is there.
    """
    agency_law = law_of(matter.agency)
    name = registry.name_of(act)
    if not agency_law.bundle.asked_before(name):
        return []
    found = law.questions(agency_law.bundle, name, _matter_around(matter, agency_law), known)
    several = act.new_key and act.kind not in act.until
    return [one for one in found if not (several and one.unmade)]


def owed(matter: Matter) -> Sequence[law.Owed]:
    """Every obligation of the matter, judged from its entries; once under one law."""
    return _judged(matter).judged.rows


@dataclass
class _Judged:
    """What was judged of a matter under an agency's law, and the rows made of what is owed, as far as asked for."""

    agency_law: AgencyLaw
    judged: law.Judged
    rows: dict[law.Owed, list[Values]] = field(default_factory=dict)


_JUDGED = "judged"


def _judged(matter: Matter) -> _Judged:
    """A matter to be judged as far as somebody asks, from what was judged before it grew where that is known."""
    agency_law = law_of(matter.agency)
    known: _Judged | None = matter.memo.get(_JUDGED)
    if known is None or known.agency_law is not agency_law:
        earlier: Matter | None = matter.memo.get(GROWN_FROM)
        before = _judged(earlier) if earlier is not None else None
        judged = law.judge(
            agency_law.bundle,
            facts_of(matter, agency_law),
            before.judged if before is not None else None,
            agency=matter.type == REGISTER,
        )
        known = matter.memo[_JUDGED] = _Judged(
            agency_law, judged, before.rows.copy() if before is not None else {}
        )
    return known


def needing(matter: Matter) -> Sequence[law.Owed]:
    """What is owed, open, and cannot be told until a question is answered."""
    items = _judged(matter).judged.answering()
    return [item for item in items if item.standing in OWED and item.needs and is_open(item)]


def owed_rows(matter: Matter) -> list[Values]:
    """The rows of `acts_owed`, in the order of `OWED_COLUMNS`: what is or was owed.

    What is only allowed (可以) or does not apply is not. Matters that others adopted are judged there.
    """
    if matter.adopted:
        return []
    known = _judged(matter)
    return [row for item in known.judged.rows for row in _rows_of(matter, known, item)]


def owed_since(matter: Matter) -> Since | None:
    """What became of the rows of `acts_owed` since the matter was what it grew from; None where that is not known."""
    earlier: Matter | None = matter.memo.get(GROWN_FROM)
    if earlier is None or earlier.adopted or matter.adopted:
        return None
    before, known = _judged(earlier), _judged(matter)
    if known.judged.new is None:
        return None
    gone = [row for item in known.judged.gone for row in _rows_of(earlier, before, item)]
    for item in known.judged.gone:
        known.rows.pop(item, None)
    return Since(gone, [row for item in known.judged.new for row in _rows_of(matter, known, item)])


def _rows_of(matter: Matter, known: _Judged, item: law.Owed) -> list[Values]:
    """The rows of one obligation, made once."""
    if item.standing not in OWED:
        return []
    rows = known.rows.get(item)
    if rows is None:
        rows = known.rows[item] = _rows(matter, item)
    return rows


def judged_row(matter: Matter) -> list[Row]:
    """The row of `acts_judged`."""
    last = matter.entries[-1]
    return [
        {
            "matter": matter.stream,
            "agency": matter.agency,
            "type": matter.type,
            "digest": law_of(matter.agency).digest,
            "entries": len(matter.entries),
            "last_index": last.index,
            "keeps": matter.last("archived") is not None,
        }
    ]


def is_open(item: law.Owed) -> bool:
    """Whether something is still to be done about it, whatever the time."""
    if item.standing not in OWED:
        return False  # what is only allowed is worked out when somebody looks at it
    if item.met_ms is not None or item.excused_fact is not None or item.yielded_to is not None:
        return False
    return not item.unwatched


_json = json.JSONEncoder(ensure_ascii=False, check_circular=False, sort_keys=True).encode


def _detail(item: law.Owed) -> str:
    """What a worklist shows of it besides the columns, as JSON."""
    detail = {
        "working": list(item.working),
        "missing": list(item.missing_fields),
        "excused_by": item.excused_by,
        "excuse_reason": item.excuse_reason,
        "cited": item.cited,
        "halted": item.halted,
        "halted_unit": item.halted_unit,
        "needs": list(item.needs),
        "unclear": item.standing == "cannot_tell",
        "instance": _instance(item),
        "asked_of": _asked_of(item),
        "begun": _begun(item),
        "beside": [_beside(other) for other in item.beside_it],
    }
    return _json(detail)


def _beside(other: law.Owed) -> dict[str, Any]:
    """One that is shown in its line, being the same thing to do under another article."""
    return {
        "rule": other.rule,
        "article": other.article,
        "cited": other.cited,
        "title": other.title,
        "due_ms": other.due_ms,
        "no_number": other.no_number,
        "record": other.kind == "record",
        "missing": list(other.missing_text),
    }


def _instance(item: law.Owed) -> list[str]:
    """What it is about: the kind of the entry and the key of its instance; empty for what has no key."""
    return _named(item.each or item.fact)


def _asked_of(item: law.Owed) -> list[str]:
    """The same of the entry that began it, of whose kind a question may be put."""
    return _named(item.fact)


def _named(fact: law.Fact) -> list[str]:
    kind = registry.dictionary().kinds.get(fact.kind)
    value = fact.fields.get(kind.key) if kind else None
    return [fact.kind, str(value)] if value else []


def _begun(item: law.Owed) -> list[str]:
    """What is there and lacks something: the act by which it was entered, and the entry."""
    fact = item.candidate_fact
    kind = registry.dictionary().kinds.get(fact.kind) if fact else None
    return [kind.act, fact.id] if fact and kind and kind.act else []


def _rows(matter: Matter, item: law.Owed) -> list[Values]:
    """One row for each role that is shown it, in the order of `OWED_COLUMNS`.

    Worklists list what is open, so only that keeps its working (a matter's page judges live).
    """
    info, counted, met, still_open = item.info, item.counted, item.met_fact, is_open(item)
    before = (
        matter.stream, matter.agency, info.rule, item.fact.id, _fitting(item.subject),
        info.article, info.title, info.about or "",
    )  # fmt: skip
    after = (
        info.ours, info.kind, item.starts_ms, counted.due_ms if counted else None,
        counted is None and info.no_number, counted is not None and counted.provisional,
        met.id if met else "", item.met_ms, still_open,
    )  # fmt: skip
    detail = _detail(item) if still_open else ""
    return [(*before, role, *after, _led_by(item, role), detail) for role in _shown_to(info.who)]


@cache
def _shown_to(who: tuple[str, ...]) -> tuple[str, ...]:
    """Of several roles whose duties are those of whoever handles the case, one: he would see it twice."""
    by_case = [role for role in who if role in of_the_case()]
    return tuple(role for role in who if role not in by_case[1:]) or _NOBODY


def _led_by(item: law.Owed, role: str) -> str | None:
    """The rule in whose line its row is shown, where that one is this role's too."""
    leader = item.led_by
    return leader.rule if leader is not None and role in _shown_to(leader.who) else None


_NOBODY = ("",)


def _fitting(subject: str) -> str:
    """A subject as a key column holds it: one that is too long (many people) by its digest."""
    return subject if len(subject) <= SUBJECT_MAX else sha256(subject.encode()).hexdigest()


OWED_COLUMNS = (
    "matter", "agency", "rule", "trigger", "subject", "article", "title", "about", "who", "ours", "form", "starts_ms",
    "due_ms", "no_number", "provisional", "met_by", "met_ms", "is_open", "led_by",
    "detail",
)  # fmt: skip
"""The columns of `acts_owed`, in the order in which rows are written."""
