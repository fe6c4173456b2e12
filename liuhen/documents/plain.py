"""通用样式: a plain registration sheet of an entry kind that has no form of its own. Pure.

All its fields in the dictionary's order, so that every fact can be put on paper.
"""

import re
from collections.abc import Iterator
from datetime import date

from liuhen.documents.forms import PLAIN, Block, Form, Ref
from liuhen.law.dictionary import Dictionary, Field, Kind

WITHOUT_PAPER = frozenset(
    (
        "adopted",
        "answered",
        "amount_set",
        "template_set",
        "own_form_set",
        "terms_set",
        "year_announced",
        "measure_adopted",
        "reading_signed",
        "watch_begun",
        "committee_set",
        "custodian_named",
        "reads_sealed",
        "recording_linked",
        "returned",
        "scans_filed",
        "question_set_kept",
        "phrases_kept",
        "original_shelved",
        "original_lent",
        "original_returned",
    )
)
"""Settings, links and answers: facts that no paper is made of."""

_SINCE = date(2020, 1, 1)
_ORDER = 1900
_LONG = ("longtext",)
_TABLE = ("items", "files")
_HIDDEN = ("key", "keys", "draft")
_WHOLE_ROW = ("officers", "money", "choices", "person", "party")


_HINT = re.compile(r"（[^（）]*[如写填选][^（）]*）$")
"""At the end of a label: what whoever fills in the form is told, and nobody who reads the paper."""


def on_paper(label: str) -> str:
    """A label as it stands on paper."""
    return _HINT.sub("", label)


def plain_forms(dictionary: Dictionary) -> Iterator[Form]:
    """A plain form for every kind that is put on paper."""
    for kind in dictionary.kinds.values():
        if kind.name not in WITHOUT_PAPER:
            yield _plain_form(kind)


def _plain_form(kind: Kind) -> Form:
    number = next((field.name for field in kind.fields.values() if field.numbered), None)
    return Form(
        id=f"{PLAIN}{kind.name}",
        version=kind.version,
        since=_SINCE,
        title=f"{kind.title}登记表",
        kind=kind.name,
        layout="table",
        reach="inner",
        volume="sub",
        order=_ORDER,
        blocks=tuple(_blocks(kind)),
        guarded=frozenset(field.part for field in kind.fields.values() if field.part != "open"),
        number=Ref((("", number),)) if number else None,
    )


def _blocks(kind: Kind) -> Iterator[Block]:
    rows: list[tuple[Ref, ...]] = []
    half: Ref | None = None
    rest: list[Block] = []
    for field in kind.fields.values():
        if field.type in _HIDDEN or field.numbered:
            continue
        ref = Ref((("", field.name),), on_paper(field.label))
        if (block := _large(field, ref)) is not None:
            rest.append(block)
        elif field.type in _WHOLE_ROW:
            rows.append((ref,))
        elif half is None:
            half = ref
        else:
            rows.append((half, ref))
            half = None
    if half is not None:
        rows.append((half,))
    yield Block(
        "rows", rows=((Ref((("", "$happened"),), "时间"), Ref((("", "$recorded"),), "登记时间")), *rows)
    )
    yield from rest


def _large(field: Field, ref: Ref) -> Block | None:
    if field.type in _LONG:
        return Block("long", label=ref.label, ref=ref)
    if field.type in _TABLE:
        return Block("table", label=ref.label, ref=ref)
    return Block("sign", label=ref.label, sign=ref) if field.type == "signatures" else None
