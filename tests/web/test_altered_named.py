"""核验: what was altered is named as people name it: the file, the matter, the entry; a digest alone says nothing."""

from pathlib import Path

from django.conf import settings

from liuhen.acts.matter import load_matter
from liuhen.documents.installed import fonts
from liuhen.documents.kept import check_kept
from liuhen.documents.queries import documents_of, render_document
from liuhen.documents.witness import issuer
from liuhen.ledger.entry import file_references
from liuhen.oversight.altered import named
from liuhen.oversight.verification import verify
from tests.factories.matters import play_case
from tests.web.played import Play


def test_files_entries_and_documents_are_named(play: Play, tmp_path: Path) -> None:
    case = play_case("decision")
    matter = load_matter(case.case)
    number = matter.value("filed", "number")
    entry, file = next(
        (entry, dict(one)) for entry in matter.entries for one in file_references(entry.parts["open"])
    )
    (path,) = Path(settings.LEDGER_FILES).rglob(file["sha256"])
    path.chmod(0o600)
    path.write_bytes(b"another picture")
    own = issuer(matter.agency)
    paper = next(one for one in documents_of(matter.entries, own) if one.form == "decision")
    render_document(paper, matter.entries, own, fonts(), cache=tmp_path)
    (kept,) = tmp_path.rglob("*.pdf")
    kept.write_bytes(kept.read_bytes().replace(b"%PDF", b"%PDX", 1))
    told = [str(one) for one in verify(matter.agency) if one.what == "file"]
    words = (f"附件“{file['name']}”", number, f"第{entry.number}号记录")
    assert any(all(word in one for word in words) for one in told), told
    (document,) = map(str, map(named, check_kept(tmp_path)))
    assert "生成的文书《行政处罚决定书》" in document and number in document and "记录“作出决定”" in document
