"""建议的下一步: what somebody of ours can do now on the way to the end of the course, and what comes after it.

Nothing is proposed that the door would refuse, that undoes what was done, or that is the party's to choose.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from liuhen.acts import Matter, preview, registry
from liuhen.acts.act import field_of
from liuhen.acts.cited import citation
from liuhen.acts.matter import law_of, load_matter
from liuhen.acts.waiting import sent_back
from liuhen.cases import ahead
from liuhen.cases.drafted import DRAFT_ACT, not_to_be_decided
from liuhen.cases.in_motion import REPORTED, appointed, in_motion
from liuhen.cases.way import Step, in_order, places, unlikely
from liuhen.kernel.clock import format_local
from liuhen.law.dictionary import Kind
from liuhen.law.rules import Owe
from liuhen.ledger import Entry
from liuhen.web.asking import asked
from liuhen.web.awaited import Awaited, Waiting, is_early, is_open, may_follow, too_early, waiting_of
from liuhen.web.entries import matter_url
from liuhen.web.goto import with_query
from liuhen.web.hindered import fitting
from liuhen.web.me import Me
from liuhen.web.owed_steps import owed_steps
from liuhen.web.steps import NextStep, ends_of, last_day, onward, step_of
from liuhen.web.whose_turn import INSIDE

_GOALS = {"case": ("close_case", "archive_case"), "lead": ("file_case",)}
"""The acts to which a course leads, one after the other."""
_NEVER = 2**62
_DELIVERED, _PAPERS = "delivered", {"decide": "决定书"}
"""The paper of a step on the way that has no delivery of its own on its form."""


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
    course = _course(me, matter, goal)
    owed, denied = owed_steps(me, matter, course.met_on_it, course.waits)
    begun, coming = _in_motion(me, matter, course)
    ahead_of_it = _asked_first(me, matter, course.leads.act) if course.leads else []
    on_the_way = [] if ahead_of_it else _onward(me, matter, course)
    entering = _to_enter(me, matter, course.waits)
    first = [step_of(me, matter, one) for one in (*_sent_back(me, matter, course.waits), *course.anew)]
    steps = [*first, *owed, *begun, *ahead_of_it, *on_the_way, *coming, *entering, *denied]
    held_up = on_the_way if course.leads and _endorsed_first(matter, course.leads.act) else []
    now = next((one for one in steps if one.url and one not in held_up), steps[0] if steps else None)
    also = _once([one for one in steps if one.title not in course.comes_later(now)])
    shown = {one.title for one in ([now] if now else []) + also}
    to_come = _once(step_of(me, matter, step) for step in _delivered(matter, course.way))
    later = [one for one in to_come if one.title not in shown]
    waited = [
        *course.waits.of_others,
        *(too_early(matter, course.way[0].act, me.now_ms) if course.stands else []),
    ]
    return Next(now, waited, later, course.leads is None, also, _refused(me, matter, course))


@dataclass(frozen=True)
class _Course:
    """The way to the end as it stands: its steps, the goal last; what leads on now (None: nothing); what is waited for.

    `anew`: the draft that is to be written anew before all that, if one is.
    """

    way: Sequence[Step]
    leads: Step | None
    waits: Waiting
    anew: Sequence[Step]

    @property
    def acts(self) -> frozenset[str]:
        """The acts of the way; none where only its goal is left."""
        return frozenset(one.act for one in self.way) if len(self.way) > 1 else frozenset()

    @property
    def stands(self) -> bool:
        """Whether there is something before the goal, and nothing of it can be done now."""
        return self.leads is None and len(self.way) > 1

    @property
    def halted(self) -> bool:
        """Whether what comes next on the way is appointed for later, or is to be delivered first."""
        return not self.acts.isdisjoint(self.waits.first)

    @property
    def met_on_it(self) -> frozenset[str]:
        """The acts of the way, as long as it goes on: what they meet is not told besides."""
        return self.acts if self.leads or self.halted else frozenset()

    def comes_later(self, now: NextStep | None) -> set[str]:
        """The titles of what is told as a step to come or is told already, and not as something besides."""
        leads = {self.leads.act} if self.leads else set()
        return {one.title for one in self.way[:-1] if one.act not in leads} | ({now.title} if now else set())


def _course(me: Me, matter: Matter, goal: str) -> _Course:
    waits = waiting_of(matter, me.now_ms)
    before = in_order(matter, ahead.outlook(matter, goal, me.now_ms, unlikely()).steps)
    way = [*before, Step(goal, registry.kind_of(registry.act(goal)).title, "", "")]
    anew = _drafted_anew(me, matter, waits)
    return _Course(way, anew or _first_open(me, matter, way, waits), waits, [anew] if anew else [])


def _delivered(matter: Matter, way: Sequence[Step]) -> Iterator[Step]:
    """The way as it is told: behind a step whose paper the law wants delivered, its delivery."""
    rules = [rule for pack in law_of(matter.agency).bundle.packs for rule in pack.rules]
    wanted = {
        kind for rule in rules if isinstance(rule, Owe) and rule.done == (_DELIVERED,) for kind in rule.since
    }
    for step in way:
        yield step
        paper = _PAPERS.get(step.act)
        if paper and registry.act(step.act).kind in wanted:
            title = f"{registry.dictionary().kinds[_DELIVERED].title}{paper}"
            yield Step("deliver", title, "", "")


def _onward(me: Me, matter: Matter, course: _Course) -> list[NextStep]:
    """The step that leads on, as the reader is told of it."""
    if course.leads is None:
        return []
    return [onward(me, matter, _appointed(matter, course.leads), course.way)]


def _once(steps: Iterable[NextStep]) -> list[NextStep]:
    return list({one.title: one for one in steps}.values())


def _refused(me: Me, matter: Matter, course: _Course) -> list[str]:
    """What the law has against the next act of the way, where the way goes no further and waits for nobody."""
    if course.leads or course.waits.of_others or course.halted:
        return []
    seen = preview(course.way[0].act, me.actor, matter, me.now_ms)
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
        found.setdefault(one.act, step_of(me, matter, step, dated=True))
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


def _in_motion(me: Me, matter: Matter, course: _Course) -> tuple[list[NextStep], list[NextStep]]:
    """What goes on with something that was set in motion: now, and at a moment still to come.

    What another does on the way itself comes with the way, and so does what leads on anyway.
    """
    begun: list[NextStep] = []
    coming: list[NextStep] = []
    leads = course.leads.act if course.leads else ""
    way = course.acts if leads else frozenset()
    for on, name, entry in _moving(me, matter, course.waits):
        if on is matter and name == leads or name in unlikely() or _asked_first(me, on, name):
            continue
        title = registry.kind_of(registry.act(name)).title
        back = "" if on is matter else matter_url(matter.type, matter.stream)
        last, cited = ("", "") if on is matter else last_day(matter, ends_of(on.type), me.now_ms)
        why = "。".join(filter(None, [_set_going(entry), last]))
        step = step_of(me, on, Step(name, title, why, cited), back, _named(entry))
        if step.url or name not in way or on is not matter:
            (coming if is_early(entry, me.now_ms) else begun).append(step)
    if leads and registry.act(leads).kind == REPORTED:
        return [*begun, *coming], []  # nothing is reported as over while something is appointed
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
            if not undelivered and may_follow(me, on, name, waits):
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


def _first_open(
    me: Me,
    matter: Matter,
    way: Sequence[Step],
    waits: Waiting,
) -> Step | None:
    """The first step that can be taken now; of one that cannot yet, what opens it."""
    for step in way:
        if step.act in waits.first:
            return None  # what is appointed is waited for, what is to be delivered comes first
        if is_open(me, matter, step.act, waits):
            return step
        before = ahead.outlook(matter, step.act, me.now_ms, unlikely()).steps
        opening = next((one for one in before if is_open(me, matter, one.act, waits)), None)
        if opening is not None:
            return opening
    return None


def _drafted_anew(me: Me, matter: Matter, waits: Waiting) -> Step | None:
    """A draft on which nothing can be decided goes no further: another is written."""
    wrong = not_to_be_decided(matter, me.now_ms) if matter.type == "case" else []
    if not wrong or not is_open(me, matter, DRAFT_ACT, waits):
        return None
    why = f"按现在这一稿不能作出决定：{wrong[0].text}。{wrong[0].remedy}"
    return Step(DRAFT_ACT, registry.kind_of(registry.act(DRAFT_ACT)).title, why, wrong[0].article)


def _sent_back(me: Me, matter: Matter, waits: Waiting) -> list[Step]:
    """What somebody did not agree to is revised first."""
    found = []
    for name, act in registry.answering(matter.type):
        back = sent_back(act, matter)
        if back is not None and is_open(me, matter, name, waits):
            title = registry.dictionary().kinds[back.kind].title
            said = registry.dictionary().text(back.kind, "opinion", back.open.get("opinion") or "")
            why = f"“{title}”没有同意：{said}"
            found.append(Step(name, registry.kind_of(act).title, why, ""))
    return found
