"""应有的签名: before which signatures the articles ask, as rows to be signed and as a sentence above them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from liuhen.acts.cited import citation
from liuhen.acts.signing import present_as
from liuhen.law import Pack
from liuhen.law.dictionary import Kind
from liuhen.law.rules import Owe, Signed
from liuhen.law.words import signed_by
from liuhen.review.precheck.found import table

FIELD = "signatures"
_OFFICER, _MINUTES = "officer", "minute_taker"
SPOKE = "views"
"""The list of those who took part in a discussion, each with his view."""
_COUNTED = "signatures_count"
_HOW = "签在纸上的填签名时间；没有签的删去该行；拒绝的勾选并注明；以别的身份签的改选身份"


@cache
def _names() -> Mapping[str, list[str]]:
    """By role, the fields of a form that say who that is."""
    loaded: Mapping[str, list[str]] = YAML(typ="safe").load(Path(__file__).with_name("signed_by.yaml"))
    return loaded


@cache
def _on_paper() -> Mapping[str, list[str]]:
    """By kind, who signs a paper of which no article says who does."""
    loaded: Mapping[str, list[str]] = YAML(typ="safe").load(Path(__file__).with_name("signs_the_paper.yaml"))
    return loaded


def asked(kind: Kind, packs: Iterable[Pack], *, always: bool = False) -> list[tuple[Signed, str]]:
    """Every signature that an article asks of an entry of this kind because of the entry itself, with the article.

    `always`: only what is asked of every one, on no condition.
    """
    found: dict[tuple[Any, ...], tuple[Signed, list[str]]] = {}
    for pack in packs:
        for rule in pack.rules:
            if not isinstance(rule, Owe) or kind.name not in rule.done or kind.name not in rule.since:
                continue
            if always and (rule.when is not None or rule.where is not None):
                continue
            for signed in rule.signed:
                if signed.who:
                    cited = found.setdefault((signed.who, signed.least), (signed, []))[1]
                    cited.append(citation(rule.article))
    return [(signed, "、".join(dict.fromkeys(articles))) for signed, articles in found.values()]


def hint(kind: Kind, packs: Sequence[Pack]) -> str:
    """The sentence above the rows; empty where no article asks for a signature."""
    always = {signed for signed, _ in asked(kind, packs, always=True)}
    told = [
        f"{signed_by(signed.who, signed.least)}（{cited}{'' if signed in always else '，视情形'}）"
        for signed, cited in asked(kind, packs)
    ]
    everybody = "、".join(_asking_everybody(kind, packs))
    told += [f"{kind.fields[SPOKE].label}中的每一人（{everybody}）"] if everybody else []
    if _looked_for(kind, {who for signed, _ in asked(kind, packs) for who in signed.who}):
        told.append("执法人员每一人的签名（送法制审核时机器预检核对）")
    if told:
        return f"条文要求：{'；'.join(told)}。{_HOW}"
    return f"文书上留有签名处的已先列出。{_HOW}" if kind.name in _on_paper() else ""


def _looked_for(kind: Kind, asked_of: Iterable[str]) -> bool:
    """Whether no article asks for the officers' signatures, but the check before a review will look for them."""
    certified = set(table()["certified_signers"])
    return kind.name in table()["signed_by_officers"] and certified.isdisjoint(asked_of)


def _asking_everybody(kind: Kind, packs: Iterable[Pack]) -> list[str]:
    """The articles by which all who took part sign: their number is held against those present."""
    found = (
        citation(rule.article)
        for pack in packs
        for rule in pack.rules
        if isinstance(rule, Owe)
        and kind.name in rule.done
        and rule.done_where is not None
        and _COUNTED in rule.done_where.names
        and SPOKE in kind.fields
    )
    return list(dict.fromkeys(found))


def rows(
    kind: Kind, packs: Sequence[Pack], known: Mapping[str, Any], likely: str = ""
) -> list[dict[str, str]]:
    """The rows that the articles always ask for, else those for which the paper has room, one for each person.

    The names are those that the form already holds.
    """
    found: dict[tuple[str, str], dict[str, str]] = {}
    for signed, _ in asked(kind, packs, always=True):
        role = next(iter(signed.who))
        if any(other in signed.who for other, _ in found):
            continue
        for name in [*_people(kind, role, known)] or [""] * signed.least:
            found[(role, name)] = {"who": role, "name": name}
    if _looked_for(kind, {who for who, _ in found}):
        found = {
            (_OFFICER, name): {"who": _OFFICER, "name": name} for name in _people(kind, _OFFICER, known)
        } | found
    if not found:
        found = {
            (role, name): {"who": role, "name": name}
            for role in _on_paper().get(kind.name, ())
            for name in [*_people(kind, role, known)] or [""]
        }
    recorder = str(known.get("recorder") or "")
    if not found and _asking_everybody(kind, packs):
        return [{"who": likely, "name": ""}, {"who": likely, "name": ""}]
    if found and recorder and recorder not in {row["name"] for row in found.values()}:
        found[(_MINUTES, recorder)] = {"who": _MINUTES, "name": recorder}
    return list(found.values())


def _people(kind: Kind, role: str, known: Mapping[str, Any]) -> Iterator[str]:
    """Who signs in a role: everybody ticked, or whom a field of the form names."""
    for field in present_as(role):
        if field in kind.fields:
            yield from (
                str(one.get("name", "")) for one in known.get(field) or () if isinstance(one, Mapping)
            )
    for field in _names().get(role, ()):
        if known.get(field) and field in (*kind.fields, "party_head"):
            yield str(known[field])
            return
