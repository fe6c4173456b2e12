"""应当办理的，作为一步: what is owed and can be done now as steps; what lacks something as its correction."""

from collections.abc import Set

from liuhen import law
from liuhen.acts import Matter, bars, registry
from liuhen.acts.matter import load_matter
from liuhen.cases.way import Step, places
from liuhen.law.rules import Owe, Record, Rule
from liuhen.ledger import Entry
from liuhen.web.articles import acts_meeting
from liuhen.web.awaited import Waiting, is_open
from liuhen.web.duties import Duties, about_of
from liuhen.web.entries import correct_url, matter_url
from liuhen.web.goto import with_query
from liuhen.web.me import Me
from liuhen.web.steps import NextStep, ends_of, last_day, step_of, taken_by, why_owed

_NEVER = 2**62


def owed_steps(
    me: Me, matter: Matter, way: Set[str], waits: Waiting
) -> tuple[list[NextStep], list[NextStep]]:
    """What is owed and can be done now, what is late first; what the way itself does comes with the way.

    Apart from it what an entry that is there says otherwise than the article asks, and what was recorded in part: the
    rest may be nowhere.
    """
    duties, place = Duties(matter, me.actor, me.now_ms), places(matter)

    def nearest(one: tuple[str, law.Owed]) -> tuple[int, int]:
        return one[1].due_ms or _NEVER, place.get(one[0], _NEVER)

    late_first = [(True, *one) for one in sorted(duties.late(), key=nearest)]
    late_first += [(False, *one) for one in sorted(duties.due(), key=nearest)]
    found: dict[str, NextStep] = {}
    denied: dict[str, NextStep] = {}
    for late, act, owed in late_first:
        rule = duties.rule_of(owed)
        entry = duties.lacking(owed)
        if entry is not None:
            (denied if _denied(owed) else found).setdefault(
                entry.id, _correction(me, matter, entry, owed, rule)
            )
            continue
        if isinstance(rule, Owe) and rule.itself and not rule.instead:
            continue  # what is there lacks something and can no more be corrected: to do it again does not mend it
        of_the_way = not late and not way.isdisjoint([act, *acts_meeting(rule)])
        on = None if act in found or of_the_way else _on(matter, act, owed)
        if on is not None and is_open(me, on, act, waits):
            back = "" if on is matter else matter_url(matter.type, matter.stream)
            why = why_owed(owed, rule, me.now_ms, late=late)
            if on is not matter and owed.due_ms is None:
                why = "。".join(filter(None, [why, last_day(matter, ends_of(on.type), me.now_ms)[0]]))
            step = Step(act, registry.kind_of(registry.act(act)).title, why, owed.cited)
            partly = isinstance(rule, Record) and owed.candidate_fact is not None
            (denied if partly else found)[act] = step_of(me, on, step, back, about_of(owed), dated=True)
    return list(found.values()), list(denied.values())


def _denied(owed: law.Owed) -> bool:
    """Whether what it lacks was answered, otherwise than the article asks, and not left open.

    What a paper says that can go out anew is no fact that stays: it is mended first, before anything is built on it.
    """
    fact = owed.candidate_fact
    if fact is None or registry.dictionary().kinds[fact.kind].goes_out_again:
        return False
    return any(fact.fields.get(name) is not None for name in owed.missing_fields)


def _correction(me: Me, matter: Matter, entry: Entry, owed: law.Owed, rule: Rule | None) -> NextStep:
    """What is there and lacks something is corrected, not done a second time."""
    kind = registry.dictionary().kinds[entry.kind]
    act = str(kind.act)
    bars_him = bars(registry.act(act), me.actor, matter, me.now_ms)
    back = "" if entry.stream == matter.stream else matter_url(matter.type, matter.stream)
    url = correct_url(entry, lambda _: not bars_him)
    remedy = rule.remedy if isinstance(rule, Owe) else ""
    why = f"缺{'、'.join(owed.missing_text)}：{owed.title}。{remedy or ''}"
    return NextStep(
        f"更正{kind.title}",
        taken_by(act),
        with_query(url, {"next": back} if url and back else {}),
        why,
        owed.cited,
    )


def _on(matter: Matter, act: str, owed: law.Owed) -> Matter | None:
    """The matter on which the act is performed: this one, or the one in it from which the obligation comes."""
    on = registry.act(act).on
    if matter.type in on:
        return matter
    stream = owed.trigger.partition(".")[0]
    inside = any(entry.stream == stream and entry.stream_type in on for entry in matter.entries)
    return load_matter(stream) if inside else None
