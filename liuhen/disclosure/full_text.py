"""决定书全文的公示: the decision's own words, without what of a person must not be public; looked over by people."""

from collections.abc import Mapping
from typing import Any

from liuhen.acts import registry
from liuhen.acts.act import Doing, Matter, fields_of
from liuhen.acts.registry import Suggested
from liuhen.disclosure.places import PUBLICATION
from liuhen.disclosure.restricted import homes_of, of_the_case, private_numbers
from liuhen.documents.in_words import in_words
from liuhen.documents.queries import content_of, documents_of
from liuhen.documents.witness import issuer
from liuhen.law.dictionary import Dictionary

FIELD, CHOSEN, WHOLE = "full_text", "form", "decision"
OMITTED = "（略）"
_DECISIONS = ("decided", "on_spot_decided")
_FROM = "决定书，已隐去不宜公开的内容"


def suggested(_agency: str, typed: Mapping[str, Any], matter: Matter | None) -> Suggested:
    """The whole text, once somebody chose to publish the decision itself."""
    if typed.get(CHOSEN) != WHOLE or matter is None or matter.type in PUBLICATION:
        return {}
    return {FIELD: (whole_text(matter), _FROM)}


def whole_text(matter: Matter) -> str:
    """What the decision of a case says, as it may be public; empty before there is one.

    A natural person is named by his family name alone; guarded values, telephones, identity numbers and where a
    person lives are left out.
    """
    found = [entry for kind in _DECISIONS if (entry := matter.last(kind)) is not None]
    if not found:
        return ""
    decided, agency = found[0], issuer(matter.agency)
    papers = [one for one in documents_of(matter.entries, agency) if one.entry_id == decided.id]
    paper = next((one for one in papers if one.reach == "outer" and one.number), None)
    if paper is None:
        return ""
    _, content = content_of(paper, matter.entries, agency, withhold=_guarded(registry.dictionary()))
    text = in_words(content)
    fields = fields_of(decided)
    if fields.get("party_kind") == "citizen":
        text = text.replace(
            fields["party_name"], f"{fields['party_name'][:1]}{'某' * (len(fields['party_name']) - 1)}"
        )
    private = [one.value for one in of_the_case(matter)] + private_numbers(text)
    for value in private + homes_of(matter).standing_in(text):
        text = text.replace(value, OMITTED)
    return text


def _guarded(dictionary: Dictionary) -> frozenset[str]:
    """The parts of entries that not everybody may read."""
    parts = {field.part for kind in dictionary.kinds.values() for field in kind.fields.values()}
    return frozenset(parts - {"open"})


def whole_or_abstract(doing: Doing) -> Mapping[str, str]:
    """Whoever publishes the decision gives its text, and whoever publishes an abstract gives none."""
    given = str(doing.payload.get(FIELD) or "").strip()
    if doing.payload.get(CHOSEN) == WHOLE and not given:
        return {
            FIELD: "决定书全文：公示形式是“决定书”的必填，已按决定书填好、隐去不宜公开的内容，请核对；"
            "只公示要点的，公示形式改选“摘要”"
        }
    if doing.payload.get(CHOSEN) != WHOLE and given:
        return {FIELD: "决定书全文：公示形式是“摘要”的不公示全文，请清空；要公示全文的，公示形式改选“决定书”"}
    return {}
