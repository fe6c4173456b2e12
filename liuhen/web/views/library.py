"""法规: the measures adopted, each article's gist, the official text where it has been read in, its rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liuhen.acts import registry
from liuhen.acts.matter import law_of
from liuhen.law import Pack
from liuhen.law.rules import Access, Breach, Excuse, Gate, Owe, Record, Rule
from liuhen.law.text import Altered, Library, NotKept
from liuhen.web import roles
from liuhen.web.articles import acts_meeting, article_counts, article_of, packs_of
from liuhen.web.listing import text_of
from liuhen.web.me import Me, screen

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
        "pack": pack, "article": item, "official": _official(pack, item.number),
        "rules": [_rule(rule) for rule in item.rules], "counts": article_counts(me.agency, pack.prefix).get(name),
        "before": numbers[place - 1] if place else "", "after": numbers[place + 1] if place + 1 < len(numbers) else "",
    }  # fmt: skip
    return render(request, "web/article.html", context)


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
