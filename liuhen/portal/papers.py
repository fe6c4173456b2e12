"""已制发的文书 on the public site: the inside puts digests here; a visitor who holds the paper asks by its code."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from liuhen.kernel.papers import paper_digest
from liuhen.portal.models import Paper

REPLACED, VOID = "replaced", "void"
CODES_A_QUERY = 500


@dataclass(frozen=True)
class Issued:
    """One document issued, as the inside knows it. `issued_ms` in milliseconds UTC."""

    code: str
    number: str
    seal: str
    issued_ms: int


@dataclass(frozen=True)
class Answer:
    """What the public site says of a paper; `number`, `seal`: None where nothing was asked."""

    issued_ms: int
    ended: str
    ended_ms: int | None
    number: bool | None
    seal: bool | None


class Known(NamedTuple):
    """What stands here of one document, by digests; `ended` is empty while it stands."""

    number: str
    seal: str
    issued_ms: int
    ended: str = ""
    ended_ms: int | None = None


def digested(one: Issued) -> tuple[str, Known]:
    """The digest of a document's code, and what stands under it once it is issued."""
    number, seal = paper_digest(one.code, "number", one.number), paper_digest(one.code, "seal", one.seal)
    return paper_digest(one.code), Known(number, seal, one.issued_ms)


def put_papers(papers: Iterable[Issued]) -> None:
    """Make documents known. Safe to repeat: what is known stays as it is."""
    rows = [
        Paper(code=code, number=known.number, seal=known.seal, issued_ms=known.issued_ms)
        for code, known in map(digested, papers)
    ]
    Paper.objects.bulk_create(rows, ignore_conflicts=True)


def known(codes: Iterable[str]) -> dict[str, Known]:
    """What stands under these digests of codes."""
    wanted, found = list(codes), dict[str, Known]()
    for start in range(0, len(wanted), CODES_A_QUERY):
        rows = Paper.objects.filter(code__in=wanted[start : start + CODES_A_QUERY])
        found |= {row[0]: Known(*row[1:]) for row in rows.values_list("code", *Known._fields)}
    return found


def codes() -> Iterator[str]:
    """Every digest of a code that stands here."""
    return Paper.objects.values_list("code", flat=True).iterator()


def count() -> int:
    """How many documents stand here."""
    return Paper.objects.count()


def end_papers(codes: Iterable[str], why: str, at_ms: int) -> None:
    """Say of documents that they no longer stand; a void is the last word."""
    rows = Paper.objects.filter(code__in=[paper_digest(code) for code in codes]).exclude(ended=VOID)
    rows.exclude(ended=why).update(ended=why, ended_ms=at_ms)


def ask(code: str, number: str = "", seal: str = "") -> Answer | None:
    """Whether a document of this code was issued, and whether number and 校验码 are its own. None: never issued."""
    row = Paper.objects.filter(code=paper_digest(code)).first()
    if row is None:
        return None
    return Answer(
        issued_ms=row.issued_ms,
        ended=row.ended,
        ended_ms=row.ended_ms,
        number=row.number == paper_digest(code, "number", number) if number else None,
        seal=row.seal == paper_digest(code, "seal", seal.lower()) if seal else None,
    )
