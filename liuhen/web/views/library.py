"""法规: the measures adopted, each article's gist, the official text where it has been read in, its rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liuhen import ledger
from liuhen.accounts.pages import may_use, used_by
from liuhen.acts import registry
from liuhen.acts.matter import law_of
from liuhen.cases.stages import STREAMS
from liuhen.kernel.clock import format_local
from liuhen.kernel.ids import is_id
from liuhen.law import Pack
from liuhen.law.rules import Access, Breach, Excuse, Gate, Owe, Record, Rule
from liuhen.law.text import Altered, Library, NotKept
from liuhen.web import applied, readings, roles
from liuhen.web.articles import acts_meeting, article_counts, article_of, packs_of
from liuhen.web.entries import matter_url
from liuhen.web.listing import page_of, text_of
from liuhen.web.me import Me, screen
from liuhen.web.views.law_text import PAGE as READ_PAGE

_RANKS = {"nation": "国家", "province": "省级", "city": "市级", "county": "县级"}
_WORDS: tuple[tuple[type[Rule], str], ...] = (
    (Gate, "不得"), (Record, "音像"), (Access, "查阅"), (Breach, "违反"), (Excuse, "免除"),
)  # fmt: skip


@dataclass(frozen=True)
class RuleView:
    """One rule of an article in words."""

    word: str
    title: str
    cited: str
    who: str
    limit: str
    say: str
    remedy: str
    show: Sequence[str]
    acts: Sequence[str]


@screen("signed_in")
def library(request: HttpRequest, me: Me) -> HttpResponse:
    """The measures of this agency."""
    query = text_of(request.GET, "q")
    packs = packs_of(me.agency)
    adopted = law_of(me.agency).bundle.adopted
    found = [
        (article.id, reverse("article", args=[article.id]), article.gist, pack.measure.title)
        for pack in packs
        for article in pack.articles.values()
        if query and (query in article.gist or query.upper() == article.id)
    ]
    context = {
        "may_read": may_use(READ_PAGE, me.actor),
        "query": query,
        "found": found,
        "measures": [
            (pack, _RANKS[pack.measure.rank], adopted.get(pack.prefix, pack.measure.start)) for pack in packs
        ],
    }
    return render(request, "web/library.html", context)


@screen("signed_in")
def measure(request: HttpRequest, me: Me, prefix: str) -> HttpResponse:
    """One measure, article by article."""
    pack = next((pack for pack in packs_of(me.agency) if pack.prefix == prefix), None)
    if pack is None:
        raise Http404
    counts = article_counts(me.agency, prefix)
    rows = [
        (article, [_rule(rule) for rule in article.rules], counts.get(article.id))
        for article in pack.articles.values()
    ]
    context = {
        "pack": pack,
        "rank": _RANKS[pack.measure.rank],
        "rows": rows,
        "has_text": _official(pack, 1) != "",
        "may_read": may_use(READ_PAGE, me.actor),
        "readers": used_by(READ_PAGE),
    }
    return render(request, "web/measure.html", context)


@screen("signed_in")
def article(request: HttpRequest, me: Me, name: str) -> HttpResponse:
    """One article: gist, official text, reading, rules, and how often it has been met here."""
    packs = packs_of(me.agency)
    found = article_of(packs, name)
    if found is None:
        raise Http404
    pack, item = found
    numbers = list(pack.articles)
    place = numbers.index(name)
    context = {
        "readings": readings.views(me.agency, [pack], item.id),
        "pack": pack, "article": item, "official": _official(pack, item.number),
        "rules": [_rule(rule) for rule in item.rules], "may_read": may_use(READ_PAGE, me.actor),
        "before": numbers[place - 1] if place else "", "after": numbers[place + 1] if place + 1 < len(numbers) else "",
    }  # fmt: skip
    return render(request, "web/article.html", context | _applied(request, me, name))


def _applied(request: HttpRequest, me: Me, name: str) -> dict[str, Any]:
    """How often the article was triggered, met, met late, refused here, and in which matters."""
    wanted = request.GET.get("which", "all")
    which = wanted if wanted in applied.TITLES else "all"
    counts = applied.counts(me.agency, name, me.now_ms, which)
    if not counts:
        return {"applied_later": True}
    if not any(one.number for one in counts):
        return {}
    number = next(one.number for one in counts if one.here)

    def read(start: int, stop: int) -> list[dict[str, Any]]:
        return [_use(row) for row in applied.listed(me.agency, name, me.now_ms, which, start, stop)]

    told = applied.as_kept(me.agency, name)
    as_of = format_local(told.at_ms) if told is not None else ""
    return {"applied": counts, "as_of": as_of, "which": which, "page": page_of(request, number, read, 20)}


def _use(row: Mapping[str, Any]) -> dict[str, Any]:
    """One line of where an article applied: a duty of a matter, or an act that it refused."""
    if "what" in row:
        stream, _, act = row["what"].rpartition(":")
        title = registry.kind_of(registry.act(act)).title if act in registry.acts() else act
        types = ledger.heads([stream]) if is_id(stream) else {}
        url = matter_url(types[stream].type, stream) if types else ""
        return {"subject": title, "url": url, "title": row["reason"], "starts": format_local(row["at"])}
    dated = {
        name: format_local(row[f"{name}_ms"]) if row[f"{name}_ms"] else ""
        for name in ("starts", "due", "met")
    }
    subject = row["party_name"] or row["suspect"] or STREAMS[row["type"]]
    url = matter_url(row["type"], row["matter"])
    return {"subject": subject, "number": row["number"], "url": url, "title": row["title"], **dated}


def _rule(rule: Rule) -> RuleView:
    acts = [registry.kind_of(registry.act(name)).title for name in acts_meeting(rule)]
    if isinstance(rule, Gate):
        acts = [registry.kind_of(registry.act(name)).title for name in rule.acts if name in registry.acts()]
    return RuleView(
        word=_word(rule),
        title=rule.title,
        cited=rule.cited,
        who=roles.named(rule.who),
        limit=_limit(rule),
        say=rule.say,
        remedy=rule.remedy,
        show=rule.show,
        acts=acts,
    )


def _word(rule: Rule) -> str:
    if isinstance(rule, Owe) and rule.may or isinstance(rule, Record) and rule.must == "may":
        return "可以"
    return next((word for kind, word in _WORDS if isinstance(rule, kind)), "应当")


def _limit(rule: Rule) -> str:
    if not isinstance(rule, Owe) or rule.may:
        return ""
    return str(rule.within) if rule.within else "" if rule.numbered else "没有具体天数，及时办理"


def _official(pack: Pack, number: int) -> str:
    """The wording of an article, when the official text has been read into this agency's library."""
    folder = getattr(settings, "LAW_LIBRARY", None)
    if folder is None or not Path(folder).is_dir():
        return ""
    try:
        return Library(Path(folder)).article(pack.prefix, number)
    except (NotKept, Altered):
        return ""
