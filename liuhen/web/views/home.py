"""我的工作: what I owe by due date, overdue first; what waits for others. A count equals its list."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liuhen import ledger
from liuhen.accounts.pages import may_use
from liuhen.accounts.queries import has_below
from liuhen.acts import correctable, registry
from liuhen.acts.matter import law_of, load_matter
from liuhen.acts.waiting import ANSWER
from liuhen.cases import lists
from liuhen.cases.board import handed
from liuhen.cases.obligations import URGENCY
from liuhen.cases.outstanding import outstanding
from liuhen.cases.owed import COUNT_MAX
from liuhen.cases.rows import Row
from liuhen.kernel.clock import format_date, format_local, local_date
from liuhen.kernel.ids import is_id
from liuhen.kernel.money import format_yuan
from liuhen.law.rules import Rule
from liuhen.law.values import Ask, Name
from liuhen.web import roles
from liuhen.web.articles import acts_meeting, article_url, names_of, packs_of, rules_of
from liuhen.web.drafts import begun_by, discarded_by
from liuhen.web.duties import Beside
from liuhen.web.entries import instance_title, matter_url
from liuhen.web.goto import answers, links, may_perform
from liuhen.web.listing import Page, number_of, sortable, text_of
from liuhen.web.me import Me, screen
from liuhen.web.offered import main_ways
from liuhen.web.places import places
from liuhen.web.views import originals
from liuhen.web.whose_turn import LOOKED_INTO_MAX, Turns, put_to, sorted_out, to_sign, turns_of
from liuhen.web.words import VERDICTS, When, since, when

DUTY_HEADS = (
    ("due", "期限"),
    ("party", "当事人"),
    ("title", "事项"),
    ("article", "条文"),
    ("who", "由谁办理"),
)
BEGUN_MAX = 20
_OWN = ("overdue", "due", "undated")


@dataclass(frozen=True)
class Task:
    """One line of the worklist."""

    title: str
    subject: str
    number: str
    url: str
    when: When
    who: str
    article: str
    article_url: str
    working: list[str]
    provisional: bool
    state: str
    mark: str
    acts: Sequence[tuple[str, str]]
    about: str = ""
    beside: Sequence[Beside] = ()


@dataclass(frozen=True)
class Ground:
    """What tasks are put into words with: who looks, rules and names of his law, the types of streams, the turns."""

    me: Me
    rules: Mapping[str, Rule]
    names: Mapping[str, Name]
    types: Mapping[str, str]
    known: Turns


@dataclass(frozen=True)
class Turn:
    """One line of what was handed on to him; `asked_on`: the stream on which he is asked something, `about`: what."""

    title: str
    subject: str
    number: str
    url: str
    since: str
    act_url: str
    asked_on: str = ""
    about: str = ""


@screen("signed_in")
def home(request: HttpRequest, me: Me) -> HttpResponse:
    """Opens on today."""
    work = lists.work(me.actor, me.now_ms)
    owed, rules = [*work.overdue, *work.due, *work.undated], rules_of(packs_of(me.agency))
    known, signs = turns_of(me, owed), may_use("sign", me.actor)
    carded = to_sign(me, work.turns, owed, rules, known) if signs else []
    groups: dict[str, list[Row]] = {"others": list(work.others)}
    later: list[tuple[Row, str]] = []
    elsewhere: dict[str, tuple[int, int]] = {}
    for name in _OWN:
        found = getattr(work, name)
        groups[name], more = sorted_out(me, found, rules, known, carded)
        elsewhere[name] = len(found) - len(groups[name]) - len(more), len(more)
        later += more
    groups["later"] = [row for row, _ in later]
    groups["halted"] = [row for row in groups["undated"] if row["detail"].get("halted") is not None]
    groups["undated"] = [row for row in groups["undated"] if row["detail"].get("halted") is None]
    ground = _ground(me, [row for rows in (*groups.values(), work.turns) for row in rows], known)
    about = _alike([row for rows in groups.values() for row in rows])
    shown: dict[str, list[Task]] = {
        name: [replace(_task(row, ground), about=about.get(_one(row), "")) for row in rows]
        for name, rows in groups.items()
    }
    shown["later"] = [
        replace(task, who=first) for task, (_, first) in zip(shown["later"], later, strict=True)
    ]
    pays = may_perform("bank_fine", me.actor)
    listed = {url.partition("?")[0] for name in _OWN for task in shown[name] for _, url in task.acts}
    turns = [
        _turn(row, me, ground.types)
        for row in work.turns
        if (str(row["matter"]), str(row["act"])) not in carded
    ]
    context = {
        **shown,
        "turns": asked_about(me, [turn for turn in turns if turn.act_url not in listed]),
        "payments": payments(me) if pays else [],
        "pays": pays,
        "oversees": may_use("oversee", me.actor) and has_below(me.agency),
        "signs": signs,
        "to_sign": len(carded),
        "overdue_total": len(work.overdue),
        "handed": [_handed(row) for row in handed(me.actor.id, me.now_ms)],
        "mine_total": work.mine_total,
        "elsewhere": _where(elsewhere.values()),
        "overdue_elsewhere": _where([elsewhere["overdue"]]),
        "others_total": work.others_total,
        "counted_to": COUNT_MAX,
        "group_max": lists.WORK_MAX,
        "cut": max(map(len, (work.overdue, work.due, work.undated, work.others, work.turns)))
        >= lists.WORK_MAX,
        "begun": begun_by(me)[:BEGUN_MAX],
        "discarded": discarded_by(me),
        "originals": originals.overdue(me),
        "may_register": may_perform("register_lead", me.actor),
        "places": [] if work.mine_total or work.turns else places(me.roles),
    }
    return render(request, "web/home.html", context)


def _where(counts: Iterable[tuple[int, int]]) -> str:
    """Of what one owes, how much the cards to sign carry, and how much is not his turn."""
    carded, later = (sum(some) for some in zip(*counts, strict=True))
    said = [f"在待签批的卡片上 {carded} 件" if carded else "", f"还没有轮到您 {later} 件" if later else ""]
    return "，".join(filter(None, said))


@screen("signed_in")
def work(request: HttpRequest, me: Me, whose: str) -> HttpResponse:
    """The whole of a list of which the first page shows the beginning."""
    others = whose == "others"
    sort = text_of(request.GET, "sort", 12)
    found = lists.owed_sorted(
        me.actor, "others" if others else "mine", me.now_ms, sort, number_of(request.GET)
    )
    ground, about = _ground(me, found.rows, turns_of(me, found.rows)), _alike(found.rows)
    tasks = [replace(_task(row, ground), about=about.get(_one(row), "")) for row in found.rows]
    sorted_ = sort.removeprefix("-") in lists.DUTIES_SORTED_BY
    context = {
        "page": Page(
            tasks, found.total, found.number, found.pages, f"sort={sort}&" if sorted_ else "", found.more
        ),
        "others": others,
        "sorted": sorted_,
        "heads": sortable(request, DUTY_HEADS),
    }
    return render(request, "web/work.html", context)


def payments(me: Me) -> list[Task]:
    """What parties have still to pay, as whoever books it in needs to know: how much, and the next instalment."""
    found, today = lists.payments(me.actor), local_date(me.now_ms)
    ground = _ground(me, found, Turns({}))
    return [replace(_task(row, ground), about=_still(row, today)) for row in found]


def _still(row: Row, today: date) -> str:
    said = []
    for one in outstanding(load_matter(str(row["matter"])), today):
        if one.what != lists.PAID_BY_THE_PARTY[row["about"]]:
            continue
        following = next((part for part in one.parts if part.rest), None)
        until = (
            f"（第{following.number}期，{format_date(following.until)}前{format_yuan(following.rest)}元）"
            if following
            else ""
        )
        said.append(f"{one.title}还应缴{format_yuan(one.rest)}元{until}")
    return "；".join(said)


def _ground(me: Me, rows: Sequence[Row], known: Turns) -> Ground:
    packs = packs_of(me.agency)
    return Ground(me, rules_of(packs), names_of(packs), _types(rows), known)


def _types(rows: Iterable[Row]) -> dict[str, str]:
    """The types of the streams from which the obligations come, and of their matters."""
    streams = {
        stream
        for row in rows
        for stream in (row["matter"], row.get("trigger", "").partition(".")[0])
        if is_id(stream)
    }
    return {stream: head.type for stream, head in ledger.heads(streams).items()}


def _one(row: Row) -> tuple[str, str, str]:
    return row["rule"], row["trigger"], row["subject"]


def _alike(rows: Sequence[Row]) -> dict[tuple[str, str, str], str]:
    """What each of several like duties of one matter is about: which piece of evidence, which recording."""
    told = Counter((row["rule"], row["matter"]) for row in {_one(row): row for row in rows}.values())
    alike = [
        row
        for row in rows
        if told[row["rule"], row["matter"]] > 1 and is_id(row["trigger"].partition(".")[0])
    ]
    streams = sorted({row["trigger"].partition(".")[0] for row in alike})
    entries = ledger.read(streams) if streams else []
    by_id = {entry.id: entry for entry in entries}
    by_key = {value: entry for entry in entries for value in map(str, _keys(entry))}
    named = {_one(row): by_key.get(row["subject"]) or by_id.get(row["trigger"]) for row in alike}
    return {one: instance_title(entry) for one, entry in named.items() if entry is not None}


def _keys(entry: ledger.Entry) -> list[Any]:
    """The instance that an entry is; nothing for what concerns the whole matter."""
    kind = registry.dictionary().kinds.get(entry.kind)
    value = entry.open.get(kind.key) if kind else None
    return [value] if value and value != entry.stream else []


def _task(row: Row, ground: Ground) -> Task:
    me, detail, matter = ground.me, row["detail"], row["matter"]
    calendar = law_of(me.agency).calendar
    halted = detail.get("halted")
    state = _state(row, me.now_ms)
    return Task(
        title=row["title"],
        subject=row["party_name"] or row["suspect"] or "机关登记",
        number=row["case_number"] or "",
        url=matter_url(ground.types.get(matter, ""), matter),
        when=when(
            row["due_ms"],
            me.now_ms,
            calendar,
            no_number=bool(row["no_number"]),
            starts_ms=row["starts_ms"],
            halted=(halted, detail.get("halted_unit", "")) if halted is not None else None,
        ),
        who=roles.titles().get(row["who"], ""),
        article=detail.get("cited") or row["article"],
        article_url=article_url(row["article"]),
        working=detail.get("working", []),
        provisional=bool(row["provisional"]),
        state=state,
        mark=VERDICTS[state],
        acts=_forms(row, ground),
        beside=[_beside(other, row, me) for other in detail.get("beside", ())],
    )


def _beside(other: Mapping[str, Any], row: Row, me: Me) -> Beside:
    """The same thing to do under another article: its own verdict, its own limit."""
    calendar = law_of(me.agency).calendar
    limit = when(
        other["due_ms"], me.now_ms, calendar, no_number=other["no_number"], starts_ms=row["starts_ms"]
    )
    lacking = f"，还缺{'、'.join(other['missing'])}" if other["missing"] else ""
    return Beside(
        VERDICTS[_standing(other, row["ours"], me.now_ms)], other["cited"], article_url(other["article"]),
        other["title"], f"{limit.text}{lacking}",
    )  # fmt: skip


def _state(row: Row, now_ms: int) -> str:
    """The verdict on what is open, of those on its line the worst, as its matter's page gives it (`law.state`)."""
    detail = row["detail"]
    if detail.get("unclear"):
        return "cannot_tell"
    own = {**row, "missing": detail.get("missing"), "record": row["form"] == "record"}
    found = [_standing(one, row["ours"], now_ms) for one in (own, *detail.get("beside", ()))]
    return min(found, key=URGENCY.index)


def _standing(one: Mapping[str, Any], ours: bool, now_ms: int) -> str:
    if not ours:
        return "waiting"
    over = one["due_ms"] is not None and now_ms > one["due_ms"]
    if one["missing"] and (over or one["no_number"]) or over and one["record"]:
        return "missing"
    return "overdue" if over else "due"


def _forms(row: Row, ground: Ground) -> list[tuple[str, str]]:
    """The very forms that he needs: the answer, the correction of what lacks something, or the acts that meet it."""
    detail, actor = row["detail"], ground.me.actor
    origin = row["trigger"].partition(".")[0]
    places = {ground.types.get(stream, ""): stream for stream in (origin, row["matter"])}
    kind, subject = detail.get("asked_of") or ("", "")
    needed = [ground.names.get(need) for need in detail.get("needs", ())]
    asks = [(ask, subject if kind in ask.of else "") for ask in needed if isinstance(ask, Ask)]
    rule = ground.rules.get(row["rule"])
    meeting = ground.known.reachable(main_ways(rule, acts_meeting(rule)), str(row["matter"]))
    if detail.get("begun") and row["form"] != "record":
        act, entry = detail["begun"]
        if act in registry.acts() and correctable(registry.kind_of(registry.act(act))):
            return [_correction(act, entry)] if may_perform(act, actor) else []
    own = str(row["matter"])
    back = (own, matter_url(ground.types.get(own, ""), own))
    return [*answers(asks, actor, places), *links(meeting, actor, places, detail.get("instance") or (), back)]


def _correction(act: str, entry: str) -> tuple[str, str]:
    stream, _, number = entry.partition(".")
    title = registry.kind_of(registry.act(act)).title
    return f"更正{title}", reverse("correct", args=[act, stream, int(number)])


def _turn(row: Row, me: Me, types: Mapping[str, str]) -> Turn:
    """What somebody has handed on to him."""
    matter = row["matter"]
    place = matter_url(types.get(matter, ""), matter)
    return Turn(
        title=registry.kind_of(registry.act(row["act"])).title if row["act"] != ANSWER else "回答判断事项",
        subject=row["subject"] or "机关登记",
        number=row["case_number"] or "",
        url=place,
        since=since(row["since_ms"], me.now_ms),
        act_url=reverse("act-on", args=[row["act"], matter]) if row["act"] != ANSWER else f"{place}#judge",
        asked_on=str(matter) if row["act"] == ANSWER else "",
    )


def asked_about(me: Me, turns: Sequence[Turn]) -> list[Turn]:
    """The lines, those that ask him something with the question; of many the first are looked into."""
    looked_into = [turn for turn in turns if turn.asked_on][:LOOKED_INTO_MAX]
    texts = {turn.asked_on: put_to(me, turn.asked_on) for turn in looked_into}
    return [replace(turn, about=_in_short(texts.get(turn.asked_on, ()))) for turn in turns]


def _in_short(texts: Sequence[str]) -> str:
    if not texts:
        return ""
    return texts[0] if len(texts) == 1 else f"{texts[0]}等{len(texts)}项"


def _handed(row: Row) -> dict[str, str]:
    """A hand-over as both are told of it."""
    return {
        "said": f"移交给{row['others']}" if row["gives"] else f"由{row['others']}移交",
        "subject": row["subject"] or "",
        "url": matter_url(row["type"], row["matter"]),
        "at": format_local(row["at_ms"]),
    }
