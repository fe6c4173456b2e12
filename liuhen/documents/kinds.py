"""文书目录: the kinds of documents of the field, the forms each is printed with, and what each form must show.

The same table checks the shipped forms in the tests and an agency's own form before it is used.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ruamel.yaml import YAML

from liuhen.documents.figures import with_figures
from liuhen.documents.forms import Form, parse_ref

_WORDS, _LINE = "文字：", "签名处："


@dataclass(frozen=True)
class DocumentKind:
    """One kind of document: its place in the list, its title, and by form the contents asked of it."""

    number: int
    title: str
    forms: Mapping[str, Mapping[str, str]]


@cache
def document_kinds() -> tuple[DocumentKind, ...]:
    """The list, in its order."""
    text = files("liuhen.documents").joinpath("kinds.yaml").read_text(encoding="utf-8")
    content = YAML(typ="safe", pure=True).load(text)
    return tuple(DocumentKind(number, one["title"], one["forms"]) for number, one in content.items())


@cache
def contents(form_id: str) -> Mapping[str, str]:
    """What a form must show, by name: where it comes from. Empty for a form that the list does not name."""
    found: dict[str, str] = {}
    for kind in document_kinds():
        found |= kind.forms.get(form_id, {})
    return found


def lost(form: Form) -> list[str]:
    """The contents that the list asks of this form and that it does not show."""
    return [name for name, source in contents(form.id).items() if not shows(form, source)]


def shows(form: Form, source: str) -> bool:
    """Whether a form shows one content: a field, fixed words, a place to sign, or one of its own places."""
    if source.startswith(_WORDS):
        words = with_figures(source.removeprefix(_WORDS))
        return any(words in with_figures(block.text) for block in form.blocks)
    if source.startswith(_LINE):
        place = source.removeprefix(_LINE)
        return any(place in block.places for block in form.blocks)
    if source in _PLACES:
        return _PLACES[source](form)
    shown = {(kind or form.kind, name) for ref in form.printed() for kind, name in ref.paths}
    return any((kind or form.kind, name) in shown for kind, name in parse_ref(source).paths)


_PLACES: dict[str, Callable[[Form], bool]] = {
    "$seal": lambda form: form.seal,
    "$number": lambda form: form.number is not None,
    "$to": lambda form: form.to is not None,
    "$footer": lambda form: bool(form.footer) and form.footer_sign is not None,
    "$date": lambda form: form.seal,
}
