"""事实、证据、依据对照表 as shown: fact by fact, each piece of evidence opening to its page or its second."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse

from liuhen.acts import Matter
from liuhen.cases import matrix
from liuhen.cases.matrix import Line
from liuhen.cases.proofs import DRAWN, Proof, numbered, place_of
from liuhen.ledger import OPEN, Entry
from liuhen.ledger.entry import file_references
from liuhen.review.marks import LOOKED, MARKS
from liuhen.web.entries import EntryView, file_url, matter_url, views
from liuhen.web.forms import Control

DRAW, EVIDENCE = "draw_matrix", "evidence"
"""The act, and the column of its table in which the evidence is chosen."""
_BESIDE = frozenset(
    {
        "report_investigation", "serve_notice", "draft_decision", "submit_review", "receive_review", "give_opinion",
        "deliberate", "decide", "answer_remedy",
    }
)  # fmt: skip
"""Acts whose forms are written, read or signed with the table in sight."""
_STORED, _CLAIMS = "recording_stored", "claims_imported"


@dataclass(frozen=True)
class Opened:
    """A file of a piece of evidence, opening where the row says."""

    name: str
    url: str


@dataclass(frozen=True)
class Row:
    """One row: `first` of its fact."""

    line: Line
    url: str
    files: Sequence[Opened]
    first: bool


@dataclass(frozen=True)
class MatrixView:
    """The table as it stands. `url`: its own page."""

    rows: Sequence[Row]
    drawn: EntryView
    url: str


def shown(matter: Matter | None) -> MatrixView | None:
    """The table of a case; None where none was drawn."""
    drawn = matter.last(DRAWN) if matter else None
    if matter is None or drawn is None:
        return None
    stored = _stored(matter)
    rows, before = [], None
    for line in matrix.by_fact(matrix.lines(matter)):
        rows.append(Row(line, _url(matter, line.proof), _files(line, stored), line.fact != before))
        before = line.fact
    (view,) = views([drawn], frozenset())
    return MatrixView(rows, view, reverse("matrix", args=[matter.stream]))


def beside(act: str, matter: Matter) -> MatrixView | None:
    """The table for the forms that go by it."""
    return shown(matter) if act in _BESIDE else None


def fitted(made: list[Control], act: str, matter: Matter | None) -> list[Control]:
    """The table's form offers the evidence of the case; an opinion's marks stand only where there are rows to mark."""
    if matter is None or matter.type != "case":
        return made
    if act == DRAW:
        labels = [proof.label for proof in numbered(matter)]
        return [replace(one, offers=(EVIDENCE, labels)) if one.name == matrix.ROWS else one for one in made]
    if matter.last(DRAWN) is None:
        return [one for one in made if one.name != MARKS]
    return [
        replace(one, offers=("looked", LOOKED), required=True) if one.name == MARKS else one for one in made
    ]


def _url(matter: Matter, proof: Proof | None) -> str:
    """Where a piece of evidence is: the list of claims, else its place in the record."""
    if proof is None:
        return ""
    if proof.entry.kind == _CLAIMS:
        return reverse("claims", args=[matter.stream, proof.key])
    return f"{matter_url(matter.type, matter.stream)}?tab=record#e{proof.entry.index}"


def _stored(matter: Matter) -> Mapping[str, Sequence[Entry]]:
    """The entries that hold the files of a recording, by recording."""
    found: dict[str, list[Entry]] = {}
    for entry in matter.all(_STORED):
        found.setdefault(str(entry.open.get("recording")), []).append(entry)
    return found


def _files(line: Line, stored: Mapping[str, Sequence[Entry]]) -> list[Opened]:
    if line.proof is None or line.proof.entry.kind == _CLAIMS:
        return []
    entries = [line.proof.entry, *stored.get(line.proof.key, ())]
    place = place_of(line.place)
    return [
        Opened(
            str(file["name"]),
            file_url(entry, file) + _at(str(file["media_type"]), place.pages, place.seconds),
        )
        for entry in entries
        for file in file_references(entry.parts[OPEN] or {})
    ]


def _at(media: str, pages: Sequence[int], seconds: Sequence[int]) -> str:
    """The part of an address that opens a paper at its page, a recording at its second."""
    if media == "application/pdf" and pages:
        return f"#page={pages[0]}"
    if media.startswith(("video/", "audio/")) and seconds:
        return f"#t={seconds[0]}"
    return ""
