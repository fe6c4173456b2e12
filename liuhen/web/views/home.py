"""我的工作: what I owe by due date, overdue first; what waits for others. A count equals its list."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liuhen import ledger
from liuhen.acts import registry
from liuhen.acts.matter import law_of
from liuhen.acts.waiting import ANSWER
from liuhen.cases import lists
from liuhen.cases.rows import Row
from liuhen.documents import drafts
from liuhen.kernel.clock import format_local
from liuhen.kernel.ids import is_id
from liuhen.law.counting import elapsed
from liuhen.law.rules import Record, Rule
from liuhen.web import roles
from liuhen.web.articles import acts_meeting, article_url, packs_of, rules_of
from liuhen.web.entries import instance_title, matter_url
from liuhen.web.goto import links, may_perform
from liuhen.web.listing import Page, number_of
from liuhen.web.me import Me, screen
from liuhen.web.words import When, when


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
    act_url: str
    act_title: str
    about: str = ""


@dataclass(frozen=True)
class Turn:
    """One line of what was handed on to him."""

    title: str
    subject: str
    number: str
    url: str
    since: str
    act_url: str


@screen("signed_in")
def home(request: HttpRequest, me: Me) -> HttpResponse:
    """Opens on today."""
    work = lists.work(me.actor, me.now_ms)
    rules = rules_of(packs_of(me.agency))
    groups = {name: getattr(work, name) for name in ("overdue", "due", "undated", "others")}
    types = _types(row for rows in (*groups.values(), work.turns) for row in rows)
    about = _alike([row for rows in groups.values() for row in rows])
    shown = {
        name: [replace(_task(row, me, rules, types), about=about.get(_one(row), "")) for row in rows]
        for name, rows in groups.items()
    }
    context = {
        **shown,
        "turns": [_turn(row, me, types) for row in work.turns],
        "mine_total": work.mine_total,
        "others_total": work.others_total,
        "counted_to": lists.COUNT_MAX,
        "group_max": lists.WORK_MAX,
        "cut": max(map(len, (*groups.values(), work.turns))) >= lists.WORK_MAX,
        "begun": [_draft(one) for one in drafts.of_owner(me.agency, me.actor.id)[:10]],
        "may_register": may_perform("register_lead", me.actor),
    }
    return render(request, "web/home.html", context)


@screen("signed_in")
def work(request: HttpRequest, me: Me, whose: str) -> HttpResponse:
    """The whole of a list of which the first page shows the beginning."""
    others = whose == "others"
    found = lists.owed_page(me.actor, "others" if others else "mine", number_of(request.GET))
    rules = rules_of(packs_of(me.agency))
    types = _types(found.rows)
    about = _alike(found.rows)
    tasks = [replace(_task(row, me, rules, types), about=about.get(_one(row), "")) for row in found.rows]
    context = {"page": Page(tasks, found.total, found.number, found.pages, "", found.more), "others": others}
    return render(request, "web/work.html", context)


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


def _task(row: Row, me: Me, rules: Mapping[str, Rule], types: Mapping[str, str]) -> Task:
    calendar = law_of(me.agency).bundle.calendar
    origin, matter = row["trigger"].partition(".")[0], row["matter"]
    places = {types.get(stream, ""): stream for stream in (origin, matter)}
    rule = rules.get(row["rule"])
    begun = row["detail"].get("missing") and not isinstance(
        rule, Record
    )  # the matter's page leads to its correction
    title, url = next(iter(links([] if begun else acts_meeting(rule), me.actor, places)), ("", ""))
    return Task(
        title=row["title"],
        subject=row["party_name"] or row["suspect"] or "机关登记",
        number=row["case_number"] or "",
        url=matter_url(types.get(matter, ""), matter),
        when=when(
            row["due_ms"], me.now_ms, calendar, no_number=bool(row["no_number"]), starts_ms=row["starts_ms"]
        ),
        who=roles.titles().get(row["who"], ""),
        article=row["detail"].get("cited") or row["article"],
        article_url=article_url(row["article"]),
        working=row["detail"].get("working", []),
        provisional=bool(row["provisional"]),
        act_url=url,
        act_title=title,
    )


def _turn(row: Row, me: Me, types: Mapping[str, str]) -> Turn:
    """What somebody has handed on to him."""
    matter = row["matter"]
    place = matter_url(types.get(matter, ""), matter)
    return Turn(
        title=registry.kind_of(registry.act(row["act"])).title,
        subject=row["subject"] or "机关登记",
        number=row["case_number"] or "",
        url=place,
        since=f"{format_local(row['since_ms'])} 起等待，已 {elapsed(row['since_ms'], me.now_ms)}",
        act_url=reverse("act-on", args=[row["act"], matter]) if row["act"] != ANSWER else f"{place}#judge",
    )


def _draft(draft: drafts.Draft) -> dict[str, str]:
    args = [draft.act, draft.stream] if draft.stream else [draft.act]
    return {
        "title": registry.kind_of(registry.act(draft.act)).title,
        "saved": format_local(draft.updated_ms),
        "url": reverse("act-on" if draft.stream else "act", args=args),
    }
