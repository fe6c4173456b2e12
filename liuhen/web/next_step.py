"""建议的下一步: what somebody of ours can do now on the way to the end of the course, and what comes after it.

Nothing is proposed that the door would refuse, that undoes what was done, or that is the party's to choose.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from liuhen import law
from liuhen.accounts.permissions import table
from liuhen.acts import Matter, judgement, preview, registry
from liuhen.acts.matter import law_of
from liuhen.cases import ahead
from liuhen.cases.ahead import Step
from liuhen.law.course import course
from liuhen.law.rules import Owe
from liuhen.web import roles
from liuhen.web.duties import Duties
from liuhen.web.goto import form_url
from liuhen.web.me import Me

_GOALS = {"case": "close_case", "lead": "file_case"}
_PARTY = frozenset(
    {
        "record_waiver",
        "withdraw_hearing",
        "record_statement",
        "request_hearing",
        "request_deferral",
        "record_remedy",
    }
)
"""What is done only if the party wishes it."""
_UNDOING = ("withdraw_", "lift_", "void_", "decline_")
_FIRST: Mapping[str, tuple[frozenset[str], str]] = {
    "report_investigation": (frozenset({"inspected", "inquired", "evidence_collected"}), "collect_evidence"),
}
"""What is reported on: unless one of these kinds is there, the act that brings it is proposed before."""
_PERFORMED, _ENDS = "performed", "end_execution"


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

    `held`: what can be done now is owed, and leads no further on; the way itself waits.
    """

    now: NextStep | None
    waiting: Sequence[str]
    later: Sequence[NextStep]
    held: bool = False


def goal_of(matter: Matter) -> str:
    """The act to which a matter's course leads; empty where it has none or is at its end."""
    goal = _GOALS.get(matter.type, "")
    over = not goal or registry.act(goal).over(matter) or matter.last(registry.act(goal).kind) is not None
    return "" if over or matter.adopted else goal


def next_of(me: Me, matter: Matter) -> Next | None:
    """The way to the end of the course; None where it has none."""
    goal = goal_of(matter)
    if not goal:
        return None
    avoided = _avoided()
    way = _in_order(matter, ahead.outlook(matter, goal, me.now_ms, avoided).steps)
    waited = _waited(matter, me.now_ms)
    leads = _owed(me, matter, waited, late=True) or _first_open(me, matter, way, avoided, waited)
    if leads is None and not way and _is_open(me, matter, goal, waited):
        leads = Step(goal, registry.kind_of(registry.act(goal)).title, "", "")
        return Next(_step(me, matter, leads), (), ())
    now = leads or _owed(me, matter, waited, late=False)
    later = [_step(me, matter, one) for one in way if now is None or one.act != now.act]
    end = NextStep(registry.kind_of(registry.act(goal)).title, "", "", "", "")
    said = [*dict.fromkeys(title for title, _ in waited)]
    return Next(_step(me, matter, now) if now else None, said, [*later, end], held=leads is None)


def _owed(me: Me, matter: Matter, waited: Sequence[tuple[str, frozenset[str]]], *, late: bool) -> Step | None:
    """What is owed and can be done now: what is overdue comes before all, what is due where nothing else leads on."""
    duties = Duties(matter, me.actor, me.now_ms)
    for act, owed in duties.late() if late else duties.due():
        if _is_open(me, matter, act, waited):
            said = "已经逾期" if late else "应当办理"
            return Step(act, registry.kind_of(registry.act(act)).title, f"{said}：{owed.title}", owed.cited)
    return None


def _in_order(matter: Matter, steps: Sequence[Step]) -> list[Step]:
    """Each step once, in the order of the course; what has no place in it comes just before what needs it."""
    phases = course(law_of(matter.agency).bundle)
    order = {act: place for place, act in enumerate(act for phase in phases for act in phase.acts)}
    placed: dict[str, tuple[int, int]] = {}
    needed_at = len(order)
    for back, step in enumerate(reversed(steps)):
        needed_at = order.get(step.act, needed_at)
        placed[step.act] = (needed_at, -back)
    once = {step.act: step for step in steps}
    return sorted(once.values(), key=lambda step: placed[step.act])


def _first_open(
    me: Me,
    matter: Matter,
    way: Sequence[Step],
    avoided: frozenset[str],
    waited: Sequence[tuple[str, frozenset[str]]],
) -> Step | None:
    """The first step that can be taken now; of one that cannot yet, what opens it."""
    for step in way:
        needed, brings = _FIRST.get(step.act, (frozenset(), ""))
        if needed and not any(matter.last(kind) for kind in needed):
            return Step(brings, registry.kind_of(registry.act(brings)).title, "", "")
        if _is_open(me, matter, step.act, waited):
            return step
        before = ahead.outlook(matter, step.act, me.now_ms, avoided).steps
        opening = next((one for one in before if _is_open(me, matter, one.act, waited)), None)
        if opening is not None:
            return opening
    return None


def _is_open(me: Me, matter: Matter, name: str, waited: Sequence[tuple[str, frozenset[str]]]) -> bool:
    """Whether the act has its place now and nothing but the reader's own role stands in its way."""
    awaited = {kind for _, kinds in waited for kind in kinds}
    if registry.act(name).kind in awaited or name == _ENDS and _PERFORMED in awaited:
        return False
    seen = preview(name, me.actor, matter, me.now_ms)
    return seen.fits and not seen.refused and not registry.act(name).by_system


def _avoided() -> frozenset[str]:
    """The acts that are the party's choice, and those that undo."""
    return frozenset({*_PARTY, *(name for name in registry.acts() if name.startswith(_UNDOING))})


def _waited(matter: Matter, now_ms: int) -> list[tuple[str, frozenset[str]]]:
    """What is waited for from outside: in words, and the kinds that would meet it."""
    return [
        (item.title, frozenset(item.source.done))
        for item in judgement.owed(matter)
        if isinstance(item.source, Owe) and law.state(item, now_ms).state == "waiting"
    ]


def _step(me: Me, matter: Matter, step: Step) -> NextStep:
    act = registry.act(step.act)
    who = f"由{roles.named(table().get(step.act, {}).get('roles', ()), '或者')}办理"
    url = "" if registry.may(act, me.actor, matter) else form_url(step.act, matter.stream)
    return NextStep(step.title, who, url, step.why, step.cited)
