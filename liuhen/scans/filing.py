"""归位: every sheet to the page of its document, or aside with why and what to do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from liuhen import ledger
from liuhen.acts.act import Matter
from liuhen.documents.codes import code_of
from liuhen.documents.queries import DocumentRef, documents_of
from liuhen.documents.witness import issuer
from liuhen.kernel.papers import shown
from liuhen.scans.readings import Readings, Sheet, readings

MAX_SHEETS = 1_500
"""Of one filing, over all its files."""
_NO_CODE = (
    "没有读到核验码",
    "用150dpi以上重新扫描，页脚要完整、不反光；不是本系统打印的材料，作为附件另行登记",
)
_TWO = ("一幅里有几页的核验码", "每页单独扫描，再归位一次")
_BROKEN = "重新扫描这一页，再归位一次"


@dataclass(frozen=True, slots=True)
class Filed:
    """一幅 found to be a page of a document; `nth`: which of the files sent."""

    nth: int
    file: str
    sheet: int
    ref: DocumentRef
    code: str
    page: int


@dataclass(frozen=True, slots=True)
class Aside:
    """一幅 kept aside: why, and what to do."""

    nth: int
    file: str
    sheet: int
    why: str
    remedy: str


def read_file(file: Mapping[str, Any]) -> Readings:
    """The readings of a file of the record, as an entry refers to it."""
    return readings(file["sha256"], file["media_type"], lambda: ledger.file_store().read(str(file["sha256"])))


def codes_of(matter: Matter) -> dict[str, DocumentRef]:
    """The documents of a case by the codes that their pages bear."""
    leaves = {entry.id: entry.leaf_hash for entry in matter.entries}
    return {
        code_of(leaves[ref.entry_id], ref.form, ref.form_version): ref
        for ref in documents_of(matter.entries, issuer(matter.agency))
    }


def sort_out(
    read: Iterable[tuple[str, Readings]], documents: Mapping[str, DocumentRef]
) -> tuple[Sequence[Filed], Sequence[Aside]]:
    """Sheets of files (each with its name), filed and aside."""
    filed: list[Filed] = []
    aside: list[Aside] = []
    for nth, (name, found) in enumerate(read, 1):
        for sheet in found.sheets:
            one = _place(nth, name, sheet, documents)
            if isinstance(one, Filed):
                filed.append(one)
            else:
                aside.append(one)
    return filed, aside


def _place(nth: int, name: str, sheet: Sheet, documents: Mapping[str, DocumentRef]) -> Filed | Aside:
    if sheet.problem:
        return Aside(nth, name, sheet.number, sheet.problem, _BROKEN)
    if not sheet.seen:
        return Aside(nth, name, sheet.number, *_NO_CODE)
    if len(sheet.seen) > 1:
        return Aside(nth, name, sheet.number, *_TWO)
    (seen,) = sheet.seen
    ref = documents.get(seen.code)
    if ref is None:
        why = f"核验码 {shown(seen.code)} 第{seen.page}页，不是本案的文书"
        return Aside(nth, name, sheet.number, why, "到它自己的案件里归位；确属本案的，核对是不是拿错了卷")
    return Filed(nth, name, sheet.number, ref, seen.code, seen.page)
