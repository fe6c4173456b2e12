"""The law beside the work: the articles that speak of an act or ask for it, of the measures the agency has adopted."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from django.db.models import Count, Q
from django.urls import reverse

from liuhen.acts import registry
from liuhen.acts.cited import article_name
from liuhen.acts.matter import law_of
from liuhen.acts.models import OwedRow
from liuhen.cases.article_counts import kept_of
from liuhen.disclosure.texts import BEGUN_BY
from liuhen.law import Pack
from liuhen.law.rules import Article, Gate, Owe, Record, Rule
from liuhen.law.values import Name

ANSWER = "answer_question"
RECORDING_ACT = "register_recording"


@dataclass(frozen=True)
class Law:
    """One rule beside a form."""

    cited: str
    measure: str
    title: str
    url: str
    refuses: bool


def packs_of(agency: str) -> list[Pack]:
    """The measures that an agency has adopted, its own lowest first."""
    found = law_of(agency).bundle.packs
    return sorted(found, key=lambda pack: (-pack.measure.height, pack.prefix))


@cache
def article_url(article: str) -> str:
    """The page of an article."""
    return reverse("article", args=[article])


def article_of(packs: Iterable[Pack], article: str) -> tuple[Pack, Article] | None:
    """An article with its measure, by its number such as HN-S-9."""
    for pack in packs:
        if article in pack.articles:
            return pack, pack.articles[article]
    return None


def rules_of(packs: Iterable[Pack]) -> dict[str, Rule]:
    """All rules of these measures by id."""
    return {rule.id: rule for pack in packs for rule in pack.rules}


def names_of(packs: Iterable[Pack]) -> dict[str, Name]:
    """All names of these measures by id."""
    return {spec.id: spec for pack in packs for spec in pack.names.values()}


def acts_meeting(rule: Rule | None) -> list[str]:
    """The acts whose entries meet a rule, in the order in which the article names them; what makes up for it last."""
    if isinstance(rule, Record):
        return [RECORDING_ACT]
    if not isinstance(rule, Owe):
        return []
    kinds = registry.dictionary().kinds
    names = [kinds[kind].act or BEGUN_BY.get(kind) for kind in (*rule.done, *rule.instead) if kind in kinds]
    return [name for name in dict.fromkeys(names) if name and name in registry.acts()]


def about_act(agency: str, act: str) -> list[Law]:
    """The rules that refuse this act or are met by it: gates first."""
    found = []
    for pack in packs_of(agency):
        for rule in pack.rules:
            refuses = isinstance(rule, Gate) and act in rule.acts
            if refuses or act in acts_meeting(rule) and not isinstance(rule, Record):
                found.append(
                    Law(rule.cited, pack.measure.title, rule.title, article_url(rule.article), refuses)
                )
    return sorted(_once(found), key=lambda law: not law.refuses)


def _once(found: Iterable[Law]) -> list[Law]:
    """Rules of one article that say the same are one line, cited by the article alone."""
    kept: dict[tuple[str, str, bool], Law] = {}
    for law in found:
        same = (law.url, law.title, law.refuses)
        kept[same] = replace(law, cited=article_name(law.cited)) if same in kept else law
    return list(kept.values())


@dataclass(frozen=True)
class Counts:
    """How often an article's obligations arose in this agency, were met, and stand open."""

    total: int
    met: int
    open: int


def article_counts(agency: str, prefix: str) -> dict[str, Counts]:
    """The counts of a measure's articles that have any: those kept, or counted now where none are."""
    kept = kept_of(agency, f"{prefix}-")
    if kept:
        told = {article: counted.numbers for article, counted in kept.items() if counted.numbers["all"]}
        return {
            article: Counts(one["all"], one["met"] + one["met_late"], one["open"] + one["overdue"])
            for article, one in told.items()
        }
    rows = (
        OwedRow.objects.filter(agency=agency, article__startswith=f"{prefix}-")
        .values("article")
        .annotate(
            total=Count("id"),
            met=Count("id", filter=~Q(met_by="")),
            standing=Count("id", filter=Q(is_open=True)),
        )
    )
    return {row["article"]: Counts(row["total"], row["met"], row["standing"]) for row in rows}
