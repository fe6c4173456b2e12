"""已制发的文书 on the public site: the inside puts digests here; a visitor who holds the paper asks by its code."""

from collections.abc import Iterable
from dataclasses import dataclass

from liuhen.kernel.papers import paper_digest
from liuhen.portal.models import Paper

REPLACED, VOID = "replaced", "void"


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


def put_papers(papers: Iterable[Issued]) -> None:
    """Make documents known. Safe to repeat: what is known stays as it is."""
    rows = [
        Paper(
            code=paper_digest(one.code),
            number=paper_digest(one.code, "number", one.number),
            seal=paper_digest(one.code, "seal", one.seal),
            issued_ms=one.issued_ms,
        )
        for one in papers
    ]
    Paper.objects.bulk_create(rows, ignore_conflicts=True)


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
