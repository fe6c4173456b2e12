"""建议的下一步: what somebody of ours can do now on the way to the end of the course, and what comes after it.

Nothing is proposed that the door would refuse, that undoes what was done, or that is the party's to choose.
"""

from collections.abc import Iterator, Sequence, Set
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
from liuhen.law.dictionary import Kind
from liuhen.law.rules import Owe, Rule
from liuhen.ledger import Entry
from liuhen.web.articles import acts_meeting
from liuhen.web.asking import asked
from liuhen.web.awaited import PERFORMED, Awaited, Waiting, is_early, too_early, waiting_of
from liuhen.web.duties import Duties, about_of
from liuhen.web.entries import correct_url, matter_url
from liuhen.web.goto import with_query
from liuhen.web.hindered import fitting
from liuhen.web.me import Me
from liuhen.web.steps import NextStep, ends_of, last_day, onward, step_of, taken_by, why_owed
from liuhen.web.whose_turn import INSIDE

_GOALS = {"case": ("close_case", "archive_case"), "lead": ("file_case",)}
"""The acts to which a course leads, one after the other."""
_ENDS = "end_execution"
_NEVER = 2**62


@dataclass(frozen=True)
class Next:
    """`now`: what can be done now (None: nothing of ours); `waiting`: for what we wait; `later`: what follows.

    `held`: what can be done now is owed, and leads no further on; the way itself waits. `also`: what can be done now
    as well, by the reader or by others. `refused`: why the way goes no further, where it waits for nobody.
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
    itself: of these what the reader may do; what others do for us, last. A draft that cannot be decided on is mended
    before all that. What was denied on the record comes after: it is corrected where that was a slip, and leads nobody
    on where it was not.
    """
    goal = goal_of(matter)
    if not goal:
        return None
    avoided, waits = unlikely(), waiting_of(matter, me.now_ms)
    way = in_order(matter, ahead.outlook(matter, goal, me.now_ms, avoided).steps)
    anew = _drafted_anew(me, matter, waits)
    leads = anew or _first_open(me, matter, way, avoided, waits)
    if leads is None and not way and _is_open(me, matter, goal, waits):
        leads = Step(goal, registry.kind_of(registry.act(goal)).title, "", "")
    acts = {goal, *(one.act for one in way)} if way else set()
    of_the_way = acts if leads or acts & waits.first else set()
    owed, denied = _owed(me, matter, of_the_way, waits)
    begun, coming = _in_motion(me, matter, acts if leads else set(), waits, leads.act if leads else "")
    ahead_of_it = _asked_first(me, matter, leads.act) if leads else []
    whole = [*way, Step(goal, registry.kind_of(registry.act(goal)).title, "", "")]
    on_the_way = [onward(me, matter, _appointed(matter, leads), whole)] if leads and not ahead_of_it else []
    first = [step_of(me, matter, one) for one in _sent_back(me, matter, waits)]
    first += [step_of(me, matter, anew)] if anew else []
    if leads and registry.act(leads.act).kind == REPORTED:
        begun, coming = [*begun, *coming], []  # nothing is reported as over while something is appointed
    entering = _to_enter(me, matter, waits)
    steps = [*first, *owed, *begun, *ahead_of_it, *on_the_way, *coming, *entering, *denied]
    held_up = on_the_way if leads and _endorsed_first(matter, leads.act) else []
    his = [one for one in steps if one.url and one not in held_up]
    now = next(iter([*his, *steps]), None)
    told = {leads.act} if leads else set()
    named = {one.title for one in way if one.act not in told} | ({now.title} if now else set())
    also = list({one.title: one for one in steps if one.title not in named}.values())
    later = _later(me, matter, whole)
    shown = {one.title for one in ([now] if now else []) + also}
    told_of = too_early(matter, way[0].act, me.now_ms) if leads is None and way else []
    barred = (
        []
        if leads or waits.of_others or acts & waits.first
        else _refused(me, matter, way[0].act if way else goal)
    )
    still = [one for one in later if one.title not in shown]
    return Next(now, [*waits.of_others, *told_of], still, held=leads is None, also=also, refused=barred)


def _later(me: Me, matter: Matter, way: Sequence[Step]) -> list[NextStep]:
    """The steps to the end of the course, each once."""
    return list({one.title: step_of(me, matter, one) for one in way}.values())


def _refused(me: Me, matter: Matter, name: str) -> list[str]:
    """What the law has against the next act of the way."""
    seen = preview(name, me.actor, matter, me.now_ms)
    return [f"“{seen.title}”现在还不能办理：{one.sentence(citation)}" for one in seen.refused]


def _to_enter(me: Me, matter: Matter, waits: Waiting) -> list[NextStep]:
    """What the reader enters as soon as it has come from outside; what is the other's to choose is only told."""
    found: dict[str, NextStep] = {}
    for one in waits.of_others:
        seen = (
            preview(one.act, me.actor, matter, me.now_ms) if one.must and one.act in registry.acts() else None
        )
        if seen is None or not seen.open:
            continue
        until = f"（{one.when.text}）" if one.when.text else ""
        step = Step(one.act, seen.title, f"等{one.who}：{one.title}{until}。有了就登记", one.cited)
        found.setdefault(one.act, step_of(me, matter, step))
    return list(found.values())


def _endorsed_first(matter: Matter, name: str) -> bool:
    """Whether somebody is to agree, earlier in the course, to what was handed to him last, before an act follows."""
    order = places(matter)
    for other, entry in in_motion(matter):
        place = order.get(other, _NEVER)
        later = (order.get(kind.act or "", -1) > place for kind in _kinds_since(matter, entry))
        if registry.act(other).answers and place < order.get(name, -1) and not any(later):
            return True
    return False


def _kinds_since(matter: Matter, entry: Entry) -> list[Kind]:
    """The kinds of what was entered on the matter itself after an entry."""
    return [
        registry.dictionary().kinds[one.kind]
        for one in matter.entries
        if one.index > entry.index and one.stream == matter.stream
    ]


def _in_motion(
    me: Me, matter: Matter, way: Set[str], waits: Waiting, leads: str
) -> tuple[list[NextStep], list[NextStep]]:
    """What goes on with something that was set in motion: now, and at a moment still to come.

    What another does on the way itself comes with the way, and so does what leads on anyway.
    """
    begun: list[NextStep] = []
    coming: list[NextStep] = []
    for on, name, entry in _moving(me, matter, waits):
        if on is matter and name == leads or name in unlikely() or _asked_first(me, on, name):
            continue
        title = registry.kind_of(registry.act(name)).title
        back = "" if on is matter else matter_url(matter.type, matter.stream)
        last, cited = ("", "") if on is matter else last_day(matter, ends_of(on.type), me.now_ms)
        why = "。".join(filter(None, [_set_going(entry), last]))
        step = step_of(me, on, Step(name, title, why, cited), back, _named(entry))
        if step.url or name not in way or on is not matter:
            (coming if is_early(entry, me.now_ms) else begun).append(step)
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


def _moving(me: Me, matter: Matter, waits: Waiting) -> Iterator[tuple[Matter, str, Entry]]:
    """What goes on with something set in motion, here and on what the matter has taken in, and can be done."""
    for on in (matter, *_inside(matter)):
        for name, entry in in_motion(on):
            undelivered = on is matter and name in waits.undelivered
            if not undelivered and _may_follow(me, on, name, waits):
                yield on, name, entry


def _inside(matter: Matter) -> list[Matter]:
    """The publications and recordings that a matter has taken in."""
    inside = {
        one.stream for one in matter.entries if one.stream != matter.stream and one.stream_type in INSIDE
    }
    return [load_matter(stream) for stream in sorted(inside)]


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


def _owed(me: Me, matter: Matter, way: Set[str], waits: Waiting) -> tuple[list[NextStep], list[NextStep]]:
    """What is owed and can be done now, what is late first; what the way itself does comes with the way.

    Apart from it what an entry that is there says otherwise than the article asks.
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
        if isinstance(rule, Owe) and rule.itself:
            continue  # what is there lacks something and can no more be corrected: to do it again does not mend it
        of_the_way = not late and not way.isdisjoint([act, *acts_meeting(rule)])
        on = None if act in found or of_the_way else _on(matter, act, owed)
        if on is not None and _is_open(me, on, act, waits):
            back = "" if on is matter else matter_url(matter.type, matter.stream)
            why = why_owed(owed, rule, me.now_ms, late=late)
            if on is not matter and owed.due_ms is None:
                why = "。".join(filter(None, [why, last_day(matter, ends_of(on.type), me.now_ms)[0]]))
            step = Step(act, registry.kind_of(registry.act(act)).title, why, owed.cited)
            found[act] = step_of(me, on, step, back, about_of(owed))
    return list(found.values()), list(denied.values())


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


def _first_open(
    me: Me,
    matter: Matter,
    way: Sequence[Step],
    avoided: frozenset[str],
    waits: Waiting,
) -> Step | None:
    """The first step that can be taken now; of one that cannot yet, what opens it."""
    for step in way:
        if step.act in waits.first:
            return None  # what is appointed is waited for, what is to be delivered comes first
        if _is_open(me, matter, step.act, waits):
            return step
        before = ahead.outlook(matter, step.act, me.now_ms, avoided).steps
        opening = next((one for one in before if _is_open(me, matter, one.act, waits)), None)
        if opening is not None:
            return opening
    return None


def _drafted_anew(me: Me, matter: Matter, waits: Waiting) -> Step | None:
    """A draft on which nothing can be decided goes no further: another is written."""
    wrong = not_to_be_decided(matter, me.now_ms) if matter.type == "case" else []
    if not wrong or not _is_open(me, matter, DRAFT_ACT, waits):
        return None
    why = f"按现在这一稿不能作出决定：{wrong[0].text}。{wrong[0].remedy}"
    return Step(DRAFT_ACT, registry.kind_of(registry.act(DRAFT_ACT)).title, why, wrong[0].article)


def _sent_back(me: Me, matter: Matter, waits: Waiting) -> list[Step]:
    """What somebody did not agree to is revised first."""
    found = []
    for name, act in registry.answering(matter.type):
        back = sent_back(act, matter)
        if back is not None and _is_open(me, matter, name, waits):
            title = registry.dictionary().kinds[back.kind].title
            why = f"“{title}”没有同意：{back.open.get('opinion') or ''}"
            found.append(Step(name, registry.kind_of(act).title, why, ""))
    return found


def _is_open(me: Me, matter: Matter, name: str, waits: Waiting) -> bool:
    """Whether the act has its place now and nothing but the reader's own role stands in its way."""
    return name not in waits.first and _may_follow(me, matter, name, waits)


def _may_follow(me: Me, matter: Matter, name: str, waits: Waiting) -> bool:
    """The same of what is appointed for later, too."""
    if registry.act(name).kind in waits.kinds or name == _ENDS and PERFORMED in waits.kinds:
        return False
    seen = preview(name, me.actor, matter, me.now_ms)
    return seen.fits and not seen.refused and not registry.act(name).by_system
