"""建议的下一步: what somebody of ours can do now on the way to the end of the course, and what comes after it.

Nothing is proposed that the door would refuse, that undoes what was done, or that is the party's to choose.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass

from liuhen import law
from liuhen.acts import Matter, bars, preview, registry
from liuhen.acts.act import field_of
from liuhen.acts.cited import citation
from liuhen.acts.matter import load_matter
from liuhen.acts.waiting import sent_back
from liuhen.cases import ahead
from liuhen.cases.drafted import DRAFT_ACT, not_to_be_decided
from liuhen.cases.in_motion import REPORTED, appointed, in_motion
from liuhen.cases.way import Step, in_order, places, unlikely
from liuhen.kernel.clock import format_local
from liuhen.law.rules import Owe, Rule
from liuhen.ledger import Entry
from liuhen.web.articles import acts_meeting
from liuhen.web.asking import asked
from liuhen.web.awaited import Awaited, awaited, by_whom
from liuhen.web.duties import Duties, about_of
from liuhen.web.entries import correct_url, matter_url
from liuhen.web.goto import chosen, form_url, with_query
from liuhen.web.hindered import asked_of, fitting
from liuhen.web.me import Me

_INSIDE = "publication"
"""What a matter takes in and people take further on a stream of its own."""
_GOALS = {"case": ("close_case", "archive_case"), "lead": ("file_case",)}
"""The acts to which a course leads, one after the other."""
_PERFORMED, _ENDS = "performed", "end_execution"
_NEVER = 2**62


@dataclass(frozen=True)
class NextStep:
    """One step still to be taken, and by whom; `url` where the reader may take it."""

    title: str
    who: str
    url: str
    why: str
    cited: str


@dataclass(frozen=True)
class Next:
    """`now`: what can be done now (None: nothing of ours); `waiting`: for what we wait; `later`: what follows.

    `held`: what can be done now is owed, and leads no further on; the way itself waits. `also`: what is owed besides
    and can be done now as well. `refused`: why the way goes no further, where it waits for nobody.
    """

    now: NextStep | None
    waiting: Sequence[Awaited]
    later: Sequence[NextStep]
    held: bool = False
    also: Sequence[NextStep] = ()
    refused: Sequence[str] = ()


def goal_of(matter: Matter) -> str:
    """The act to which a matter's course leads next; empty where it has none or is at its end."""
    if matter.adopted:
        return ""
    ahead_of_it = (registry.act(name) for name in _GOALS.get(matter.type, ()))
    return next(
        (
            registry.name_of(act)
            for act in ahead_of_it
            if not act.over(matter) and matter.last(act.kind) is None
        ),
        "",
    )


def next_of(me: Me, matter: Matter) -> Next | None:
    """The way to the end of the course; None where it has none.

    First what is late, then what is due besides the way, then what goes on with something set in motion, then the way
    itself: of these what the reader may do. A draft that cannot be decided on is mended before all that. What was
    denied on the record comes last: it is corrected where that was a slip, and leads nobody on where it was not.
    """
    goal = goal_of(matter)
    if not goal:
        return None
    avoided = unlikely()
    way = in_order(matter, ahead.outlook(matter, goal, me.now_ms, avoided).steps)
    waited = awaited(matter, me.now_ms)
    anew = _drafted_anew(me, matter, waited)
    leads = anew or _first_open(me, matter, way, avoided, waited)
    if leads is None and not way and _is_open(me, matter, goal, waited):
        leads = Step(goal, registry.kind_of(registry.act(goal)).title, "", "")
    acts = {goal, *(one.act for one in way)} if leads and way else set()
    owed, denied = _owed(me, matter, acts, waited)
    begun, coming = _in_motion(me, matter, acts, waited, leads.act if leads else "")
    ahead_of_it = _asked_first(me, matter, leads.act) if leads else []
    onward = [_step(me, matter, _appointed(matter, leads))] if leads and not ahead_of_it else []
    if leads and registry.act(leads.act).kind == REPORTED:
        begun, coming = [*begun, *coming], []  # nothing is reported as over while something is appointed
    inside, entering = _inside(me, matter), _to_enter(me, matter, waited)
    steps = [*owed, *begun, *inside, *ahead_of_it, *onward, *coming, *entering, *denied]
    steps = [_step(me, matter, anew), *steps] if anew else steps
    steps = [*(_step(me, matter, one) for one in _sent_back(me, matter, waited)), *steps]
    today = [one for one in steps if one not in coming] or steps
    now = next((one for one in today if one.url), today[0] if today else None)
    end = NextStep(registry.kind_of(registry.act(goal)).title, "", "", "", "")
    named = {step.title for step in way} | {now.title if now else ""}
    also = list({one.title: one for one in steps if one.title not in named}.values())
    rest = [*(_step(me, matter, one) for one in way), end]
    later = list({one.title: one for one in rest if now is None or one.title != now.title}.values())
    barred = _refused(me, matter, way[0].act if way else goal) if leads is None and not waited else []
    return Next(now, waited, later, held=leads is None, also=also, refused=barred)


def _refused(me: Me, matter: Matter, name: str) -> list[str]:
    """What the law has against the next act of the way."""
    seen = preview(name, me.actor, matter, me.now_ms)
    return [f"“{seen.title}”现在还不能办理：{one.sentence(citation)}" for one in seen.refused]


def _in_motion(
    me: Me, matter: Matter, way: Set[str], waited: Sequence[Awaited], leads: str
) -> tuple[list[NextStep], list[NextStep]]:
    """What goes on with something that was set in motion: now, and at a moment still to come.

    What another does on the way itself comes with the way, and so does what leads on anyway.
    """
    begun: list[NextStep] = []
    coming: list[NextStep] = []
    for name, entry in in_motion(matter):
        known = name == leads or name in unlikely()
        if known or not _is_open(me, matter, name, waited) or _asked_first(me, matter, name):
            continue
        at, why = appointed(entry), _set_going(entry)
        title = registry.kind_of(registry.act(name)).title
        step = _step(me, matter, Step(name, title, why, ""), about=_named(entry))
        if step.url or name not in way:
            (coming if at is not None and at > me.now_ms else begun).append(step)
    return begun, coming


def _set_going(entry: Entry) -> str:
    """What an act goes on with, and for when that was appointed."""
    at = appointed(entry)
    when = f"，定于{format_local(at)}" if at is not None else ""
    return f"已经办理“{registry.dictionary().kinds[entry.kind].title}”{when}"


def _appointed(matter: Matter, step: Step) -> Step:
    """A step for which a moment was appointed says when, rather than what the law would say without it."""
    begun = next((entry for name, entry in in_motion(matter) if name == step.act), None)
    if begun is None or appointed(begun) is None:
        return step
    return Step(step.act, step.title, _set_going(begun), step.cited)


def _named(entry: Entry) -> tuple[str, ...]:
    """Kind and key of what a form goes on with."""
    value = field_of(entry, registry.dictionary().kinds[entry.kind].key)
    return (entry.kind, str(value)) if value else ()


def _asked_first(me: Me, matter: Matter, name: str) -> list[NextStep]:
    """The judgements without which it cannot be told whether the act may be done, as steps of whoever gives them."""
    seen = preview(name, me.actor, matter, me.now_ms)
    if not seen.questions:
        return []
    needed = ahead.held_up_by(matter, name, me.now_ms, fitting(name, matter, me.now_ms))
    found = asked([one for one in seen.questions if one.id in needed], me, matter)
    return [
        NextStep(
            f"回答“{one.text}”",
            f"由{one.who}回答" if one.who else "",
            with_query(one.url, {"ask": one.ask, **({"subject": one.subject} if one.subject else {})})
            if one.mine
            else "",
            f"没有回答以前，还不能判断能否“{seen.title}”",
            one.article,
        )
        for one in (*found.mine, *found.others)
    ]


def _owed(
    me: Me, matter: Matter, way: Set[str], waited: Sequence[Awaited]
) -> tuple[list[NextStep], list[NextStep]]:
    """What is owed and can be done now, what is late first; what the way itself does comes with the way.

    Apart from it what an entry that is there says otherwise than the article asks.
    """
    duties, place = Duties(matter, me.actor, me.now_ms), places(matter)
    due = sorted(duties.due(), key=lambda one: (one[1].due_ms or _NEVER, place.get(one[0], _NEVER)))
    found: dict[str, NextStep] = {}
    denied: dict[str, NextStep] = {}
    for late, act, owed in (*((True, *one) for one in duties.late()), *((False, *one) for one in due)):
        rule = duties.rule_of(owed)
        entry = duties.lacking(owed)
        if entry is not None:
            (denied if _denied(owed) else found).setdefault(
                entry.id, _correction(me, matter, entry, owed, rule)
            )
            continue
        if isinstance(rule, Owe) and rule.itself:
            continue  # what is there lacks something and can no more be corrected: to do it again does not mend it
        of_the_way = not late and not way.isdisjoint([act, *acts_meeting(rule)])
        on = None if act in found or of_the_way else _on(matter, act, owed)
        if on is not None and _is_open(me, on, act, waited):
            back = "" if on is matter else matter_url(matter.type, matter.stream)
            step = Step(act, registry.kind_of(registry.act(act)).title, _why(owed, late=late), owed.cited)
            found[act] = _step(me, on, step, back, about_of(owed))
    return list(found.values()), list(denied.values())


def _why(owed: law.Owed, *, late: bool) -> str:
    """Whether its time is over, or still runs; what has no days is not late, it is lacking."""
    if late:
        return f"{'缺失' if owed.due_ms is None else '已经逾期'}：{owed.title}"
    until = f"（期限为{format_local(owed.due_ms)}）" if owed.due_ms is not None else ""
    return f"应当办理：{owed.title}{until}"


def _denied(owed: law.Owed) -> bool:
    """Whether what it lacks was answered, otherwise than the article asks, and not left open."""
    fact = owed.candidate_fact
    return fact is not None and any(fact.fields.get(name) is not None for name in owed.missing_fields)


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
        by_whom(act),
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


def _first_open(
    me: Me,
    matter: Matter,
    way: Sequence[Step],
    avoided: frozenset[str],
    waited: Sequence[Awaited],
) -> Step | None:
    """The first step that can be taken now; of one that cannot yet, what opens it."""
    for step in way:
        if _is_open(me, matter, step.act, waited):
            return step
        before = ahead.outlook(matter, step.act, me.now_ms, avoided).steps
        opening = next((one for one in before if _is_open(me, matter, one.act, waited)), None)
        if opening is not None:
            return opening
    return None


def _drafted_anew(me: Me, matter: Matter, waited: Sequence[Awaited]) -> Step | None:
    """A draft on which nothing can be decided goes no further: another is written."""
    wrong = not_to_be_decided(matter, me.now_ms) if matter.type == "case" else []
    if not wrong or not _is_open(me, matter, DRAFT_ACT, waited):
        return None
    why = f"按现在这一稿不能作出决定：{wrong[0].text}。{wrong[0].remedy}"
    return Step(DRAFT_ACT, registry.kind_of(registry.act(DRAFT_ACT)).title, why, wrong[0].article)


def _sent_back(me: Me, matter: Matter, waited: Sequence[Awaited]) -> list[Step]:
    """What somebody did not agree to is revised first."""
    found = []
    for name, act in registry.answering(matter.type):
        back = sent_back(act, matter)
        if back is not None and _is_open(me, matter, name, waited):
            title = registry.dictionary().kinds[back.kind].title
            why = f"“{title}”没有同意：{back.open.get('opinion') or ''}"
            found.append(Step(name, registry.kind_of(act).title, why, ""))
    return found


def _is_open(me: Me, matter: Matter, name: str, waited: Sequence[Awaited]) -> bool:
    """Whether the act has its place now and nothing but the reader's own role stands in its way."""
    awaited = {kind for one in waited for kind in one.kinds}
    if registry.act(name).kind in awaited or name == _ENDS and _PERFORMED in awaited:
        return False
    seen = preview(name, me.actor, matter, me.now_ms)
    return seen.fits and not seen.refused and not registry.act(name).by_system


def _to_enter(me: Me, matter: Matter, waited: Sequence[Awaited]) -> list[NextStep]:
    """What the reader enters as soon as it has come from outside; what is the other's to choose is only told."""
    found: dict[str, NextStep] = {}
    for one in waited:
        if not one.must:
            continue
        seen = preview(one.act, me.actor, matter, me.now_ms) if one.act in registry.acts() else None
        if seen is None or not seen.fits or seen.refused:
            continue
        title = registry.kind_of(registry.act(one.act)).title
        why = f"等：{one.title}{f'（至{one.until}）' if one.until else ''}。有了就登记"
        step = _step(me, matter, Step(one.act, title, why, one.cited))
        if step.url:
            found.setdefault(one.act, step)
    return list(found.values())


def _inside(me: Me, matter: Matter) -> list[NextStep]:
    """What goes on with a publication of the matter, by whoever's turn it is."""
    streams = {entry.stream: None for entry in matter.entries if entry.stream_type == _INSIDE}
    found: dict[str, NextStep] = {}
    for stream in streams:
        on = load_matter(stream)
        for name, entry in in_motion(on):
            if _is_open(me, on, name, ()):
                step = Step(name, registry.kind_of(registry.act(name)).title, _set_going(entry), "")
                found.setdefault(name, _step(me, on, step, matter_url(matter.type, matter.stream)))
    return list(found.values())


def _step(me: Me, matter: Matter, step: Step, back: str = "", about: Sequence[str] = ()) -> NextStep:
    act = registry.act(step.act)
    url = "" if bars(act, me.actor, matter, me.now_ms) else form_url(step.act, matter.stream)
    asked = {**chosen(step.act, about), **({"next": back} if back else {})} if url else {}
    why = "。".join(filter(None, [step.why, asked_of(step.act, matter, me.now_ms)]))
    return NextStep(step.title, by_whom(step.act), with_query(url, asked), why, step.cited)
