"""From what is owed to the very form that meets it, for whoever may perform it."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from liuhen.accounts.permissions import table
from liuhen.acts import Actor, Matter, registry
from liuhen.acts.waiting import ANSWER
from liuhen.law.values import Ask
from liuhen.web import roles
from liuhen.web.articles import RECORDING_ACT

FOR = "for"
"""In an address, the kind and key of the entry from which one comes; the form chooses what belongs to it."""


def may_perform(act: str, actor: Actor) -> bool:
    """Whether one of his roles is in the table's row for this act (who handles the case is looked at later)."""
    return bool(actor.roles & set(table().get(act, {}).get("roles", ())))


def keeps(actor: Actor, type: str) -> bool:
    """Whether his roles perform some act on streams of a type; answering what he is asked is none."""
    return any(
        type in act.on and name != ANSWER and may_perform(name, actor)
        for name, act in registry.acts().items()
    )


def links(
    acts: Iterable[str],
    actor: Actor,
    places: Mapping[str, str],
    about: Sequence[str] = (),
    back: tuple[str, str] = ("", ""),
) -> list[tuple[str, str]]:
    """Title and address of each act he may perform, on the first stream of `places` (type → stream) it belongs on.

    `about`: kind and key of the entry that it is about; a form that names one comes with it chosen. `back`: the matter
    that is looked at and its page, to which a form on what it has taken in leads back.
    """
    own, page = back
    found = []
    for name in acts:
        act = registry.act(name)
        stream = next((stream for type, stream in places.items() if type in act.on), None)
        if stream and not act.by_system and may_perform(name, actor):
            back_to = {"next": page} if page and stream != own else {}
            url = with_query(form_url(name, stream), {**chosen(name, about), **back_to})
            found.append((registry.kind_of(act).title, url))
    return found


@lru_cache(maxsize=4_096)
def form_url(act: str, stream: str) -> str:
    """The form of an act on a stream; a page has a hundred of them, the same from reading to reading."""
    return reverse("act-on", args=[act, stream])


def chosen(name: str, about: Sequence[str]) -> Mapping[str, str]:
    """What of a form is chosen already when one comes to it from what is owed."""
    if not about:
        return {}
    kind, value = about
    if registry.chooses_for(name):
        return {FOR: f"{kind}.{value}"}
    act = registry.act(name)
    if name == RECORDING_ACT:
        return {"of": kind, "subject": value}
    known = registry.dictionary().kinds.get(kind)
    key = registry.kind_of(act).key
    return {key: value} if kind in act.same and known and known.key == key else {}


def answers(
    asks: Iterable[tuple[Ask, str]], actor: Actor, places: Mapping[str, str]
) -> list[tuple[str, str]]:
    """Where the judgements that are missing are given by whom they are put to: each question with what it is about."""
    his = [(ask, subject) for ask, subject in asks if roles.put_to(ask.who, actor.roles)]
    forms = links([ANSWER], actor, places) if his else []
    return [
        ("回答", with_query(url, {"ask": ask.id, **({"subject": subject} if subject else {})}))
        for _, url in forms
        for ask, subject in his
    ]


def with_choice(request: HttpRequest, name: str, matter: Matter) -> str:
    """The form that is asked for, with that chosen which belongs to the entry from which one comes."""
    get = request.GET.copy()
    kind, _, key = str(get.pop(FOR)[0]).partition(".")
    known = kind in registry.dictionary().kinds
    if choice := registry.chosen_for(name, matter, kind, key) if known else "":
        get[registry.chosen_by(name)] = choice
    return f"{request.path}?{get.urlencode()}" if get else request.path


def with_query(url: str, query: Mapping[str, str]) -> str:
    """An address with what is chosen on its form."""
    return f"{url}?{urlencode(query)}" if query else url
