"""Before the button: what stands in the way of an act, from the very rules that will refuse it; what it will ask."""

from dataclasses import dataclass

from liuhen import law
from liuhen.acts import judgement, registry
from liuhen.acts.act import Act, Actor, Matter
from liuhen.acts.asked import standing_in_the_way
from liuhen.acts.errors import Reason
from liuhen.acts.form import Form, form_of, known_key, out_of_place


@dataclass(frozen=True)
class Preview:
    """What a person would meet: the form, the reasons against it, the judgements still to be given."""

    act: Act
    name: str
    title: str
    form: Form
    barred: tuple[Reason, ...]
    refused: tuple[Reason, ...]
    questions: tuple[law.Question, ...]
    fits: bool

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """All reasons: against this person, then of the law."""
        return (*self.barred, *self.refused)

    @property
    def open(self) -> bool:
        """Whether nothing is known to stand in the way."""
        return self.fits and not self.reasons


def preview(name: str, actor: Actor, matter: Matter | None, now_ms: int, *, listing: bool = False) -> Preview:
    """What would happen if this person performed this act now. Nothing is written. Raises `UnknownAct`.

    `listing`: for a list of many acts the law is not asked about what his roles bar or what does not belong here, nor
    for its questions.
    """
    act = registry.act(name)
    kind = registry.kind_of(act)
    form = form_of(act, matter)
    known = {field: source.value for field, source in form.filled.items()}
    if matter is not None:
        known |= known_key(form, matter)
    barred, fits = tuple(bars(act, actor, matter, now_ms)), _fits(act, form, matter)
    refused: tuple[Reason, ...] = ()
    asked: tuple[law.Question, ...] = ()
    if matter is not None and not (listing and (barred or not fits)):
        fixed = {field for field, source in form.filled.items() if source.fixed}
        refused = tuple(judgement.before(act, matter, now_ms, known, set(form.asked) - fixed))
        refused = refused or tuple(standing_in_the_way(act, matter, known))
    if matter is not None and not listing:
        asked = tuple(judgement.questions(act, matter, known))
    return Preview(act, name, kind.title, form, barred, refused, asked, fits)


def bars(act: Act, actor: Actor, matter: Matter | None, now_ms: int) -> list[Reason]:
    """Why this very person may not do it: the table of roles, or what the law says of what he did before."""
    barred = list(registry.may(act, actor, matter))
    return barred if barred or matter is None else judgement.against(act, actor, matter, now_ms)


_NAMES_AN_INSTANCE = frozenset({"key", "draft"})


def _fits(act: Act, form: Form, matter: Matter | None) -> bool:
    """Whether the act belongs on this stream and has something to be done on.

    Nothing to be done on: no instance that its key can name, none of the kinds it comes after, or a fixed key (the
    decision that is performed) that no entry gives yet.
    """
    if out_of_place(act, matter):
        return False
    if matter is None:
        return True
    if act.over(matter) or not act.preceded(matter):
        return False
    keys = [name for name in act.fixed if form.kind.fields[name].type in _NAMES_AN_INSTANCE]
    if any(name not in form.filled for name in keys):
        return False
    return bool(form.instances) or not act.same or act.new_key
