"""判断事项 on the screens: what the law leaves to judgement, put to whoever must answer, each with its own form."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from liuhen import law
from liuhen.acts import Matter, form_of, judgement, registry
from liuhen.acts.form import known_key
from liuhen.acts.waiting import ANSWER, acts_ahead
from liuhen.kernel.ids import new_id
from liuhen.law.values import Ask
from liuhen.web import roles
from liuhen.web.me import Me


@dataclass(frozen=True)
class Asked:
    """One question: by whom it is answered, whether by him, and the number under which his answer is sent."""

    ask: str
    text: str
    article: str
    subject: str
    who: str
    mine: bool
    key: str
    url: str


@dataclass(frozen=True)
class Questions:
    """Those put to him, and those that others answer."""

    mine: Sequence[Asked] = ()
    others: Sequence[Asked] = ()


def asked(questions: Iterable[law.Question], me: Me, matter: Matter | None) -> Questions:
    """The questions as the page puts them; none where they cannot be answered."""
    if matter is None or ANSWER not in registry.acts() or matter.type not in registry.act(ANSWER).on:
        return Questions()
    url = reverse("act-on", args=[ANSWER, matter.stream])
    barred = bool(registry.may(registry.act(ANSWER), me.actor, matter))
    once = {(one.id, one.subject or ""): one for one in questions}
    made = [
        Asked(
            one.id,
            one.text,
            one.article,
            one.subject or "",
            roles.named(one.who, "或者"),
            not barred and roles.put_to(one.who, me.roles),
            new_id(),
            url,
        )
        for one in once.values()
    ]
    return Questions([one for one in made if one.mine], [one for one in made if not one.mine])


def open_questions(matter: Matter, needed: Iterable[tuple[Ask, law.Owed]]) -> list[law.Question]:
    """What is to be judged now: before the acts that come next, and for what is owed (`needed`)."""
    found = []
    for name in acts_ahead(matter):
        act = registry.act(name)
        form = form_of(act, matter)
        known = {field: source.value for field, source in form.filled.items()} | known_key(form, matter)
        found += judgement.questions(act, matter, known)
    return [*found, *(_of(ask, owed) for ask, owed in needed)]


def _of(ask: Ask, owed: law.Owed) -> law.Question:
    return law.Question(ask.id, ask.article, ask.text, ask.who, subject_of(ask, owed))


def subject_of(ask: Ask, owed: law.Owed) -> str | None:
    """What the answer is about: the entry that began the obligation, if the question is put of its kind."""
    kind = registry.dictionary().kinds.get(owed.trigger_kind)
    value = owed.fact.fields.get(kind.key) if kind and owed.trigger_kind in ask.of else None
    return str(value) if value else None
