"""我的工作: what I owe by due date, overdue first; what waits for others. A count equals its list."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liuhen.acts import registry
from liuhen.acts.matter import law_of
from liuhen.cases import lists
from liuhen.documents import drafts
from liuhen.kernel.clock import format_local
from liuhen.law.rules import Rule
from liuhen.web import roles
from liuhen.web.articles import acts_meeting, article_url, packs_of, rules_of
from liuhen.web.entries import matter_url
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


@screen("signed_in")
def home(request: HttpRequest, me: Me) -> HttpResponse:
    """Opens on today."""
    work = lists.work(me.actor, me.now_ms)
    rules = rules_of(packs_of(me.agency))
    groups = {
        name: [_task(row, me, rules) for row in getattr(work, name)]
        for name in ("overdue", "due", "undated", "others")
    }
    begun = [_draft(one) for one in drafts.of_owner(me.agency, me.actor.id)[:10]]
    context = {
        **groups, "mine_total": work.mine_total, "others_total": work.others_total, "begun": begun,
        "may_register": bool(me.roles & {"handler", "handling_unit_head"}),
    }  # fmt: skip
    return render(request, "web/home.html", context)


def _task(row: Mapping[str, Any], me: Me, rules: Mapping[str, Rule]) -> Task:
    calendar = law_of(me.agency).bundle.calendar
    rule = rules.get(row["rule"])
    act = next(iter(acts_meeting(rule)), "")
    type = "case" if row["party_name"] else "lead"
    page = matter_url(type, row["matter"])
    fits = bool(act) and type in registry.act(act).on
    return Task(
        title=row["title"],
        subject=row["party_name"] or row["suspect"] or "",
        number=row["case_number"] or "",
        url=page,
        when=when(
            row["due_ms"], me.now_ms, calendar, no_number=bool(row["no_number"]), starts_ms=row["starts_ms"]
        ),
        who=roles.titles().get(row["who"], ""),
        article=row["detail"].get("cited") or row["article"],
        article_url=article_url(row["article"]),
        working=row["detail"].get("working", []),
        provisional=bool(row["provisional"]),
        act_url=reverse("act-on", args=[act, row["matter"]]) if fits else page,
        act_title=registry.kind_of(registry.act(act)).title if fits else "打开",
    )


def _draft(draft: drafts.Draft) -> dict[str, str]:
    args = [draft.act, draft.stream] if draft.stream else [draft.act]
    return {
        "title": registry.kind_of(registry.act(draft.act)).title,
        "saved": format_local(draft.updated_ms),
        "url": reverse("act-on" if draft.stream else "act", args=args),
    }
