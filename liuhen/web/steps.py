"""一步怎样说: a step still to be taken as the screen has it: what, by whom, until when, under which article."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from liuhen import law
from liuhen.acts import Matter, bars, judgement, registry
from liuhen.acts.matter import law_of
from liuhen.cases.remaining import remaining_text
from liuhen.cases.way import Step
from liuhen.kernel.clock import format_local
from liuhen.law.ahead import latest
from liuhen.law.rules import Owe, Record, Rule
from liuhen.web.awaited import doers
from liuhen.web.goto import chosen, form_url, with_query
from liuhen.web.hindered import asked_of
from liuhen.web.me import Me

_DUE, _LATE, _LACKING = "应当办理", "已经逾期", "缺失"


@dataclass(frozen=True)
class NextStep:
    """One step still to be taken, and by whom; `url` where the reader may take it."""

    title: str
    who: str
    url: str
    why: str
    cited: str


def step_of(
    me: Me, matter: Matter, step: Step, back: str = "", about: Sequence[str] = (), *, dated: bool = False
) -> NextStep:
    """A step with its last day, unless its reason says that already; with the form's address where he may take it."""
    act = registry.act(step.act)
    url = "" if bars(act, me.actor, matter, me.now_ms) else form_url(step.act, matter.stream)
    asked = {**chosen(step.act, about), **({"next": back} if back else {})} if url else {}
    last, cited = ("", "") if dated else last_day(matter, [step.act], me.now_ms)
    why = "。".join(filter(None, [step.why, last, asked_of(step.act, matter, me.now_ms)]))
    return NextStep(step.title, taken_by(step.act), with_query(url, asked), why, step.cited or cited)


def last_day(matter: Matter, acts: Sequence[str], now_ms: int) -> tuple[str, str]:
    """By when one of these acts must be done, in words, with the article; empty where nothing says so."""
    agency_law, owed = law_of(matter.agency), judgement.owed(matter)
    found = [bound for act in acts for bound in latest(agency_law.bundle, act, owed)]
    until = min(found, key=lambda bound: bound.at_ms, default=None)
    if until is None:
        return "", ""
    return f"{until.title}（{_until(until.at_ms, now_ms, agency_law.calendar)}）", until.cited


def taken_by(act: str) -> str:
    """Who takes it, in words."""
    return f"由{doers(act)}办理"


def onward(me: Me, matter: Matter, leads: Step, way: Sequence[Step]) -> NextStep:
    """The step that leads on; where it has no last day of its own, with that of the next one on the way that has."""
    step = step_of(me, matter, leads)
    if last_day(matter, [leads.act], me.now_ms)[0]:
        return step
    after = [one for one in way if one.act != leads.act]
    dated = ((one, *last_day(matter, [one.act], me.now_ms)) for one in after)
    following, last, cited = next((one for one in dated if one[1]), (leads, "", ""))
    if not last:
        return step
    why = "。".join(filter(None, [step.why, f"其后要“{following.title}”，{last}"]))
    return replace(step, why=why, cited=step.cited or cited)


@cache
def ends_of(type: str) -> tuple[str, ...]:
    """What the system enters on such a stream once all has been done (已公示): by then its steps are to be done."""
    return tuple(name for name, act in registry.acts().items() if act.by_system and type in act.on)


def why_owed(owed: law.Owed, rule: Rule | None, now_ms: int, *, late: bool) -> str:
    """Whether its time is over, with the way out, or still runs; what has no days is not late, it is lacking."""
    until = f"（{_until(owed.due_ms, now_ms, owed.matter.calendar)}）" if owed.due_ms is not None else ""
    remedy = rule.remedy if late and isinstance(rule, Owe | Record) else ""
    said = _DUE if not late else _LACKING if owed.due_ms is None else _LATE
    return "。".join(filter(None, [f"{said}：{owed.title}{until}", remedy]))


def _until(due_ms: int, now_ms: int, calendar: law.Calendar) -> str:
    """The last day, and how long that is."""
    return f"期限为{format_local(due_ms)}，{remaining_text(due_ms, now_ms, calendar)}"
