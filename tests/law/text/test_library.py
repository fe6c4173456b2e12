"""The library keeps each text once, under its digest, and answers with the official wording of an article."""

from pathlib import Path

import pytest

from liuhen.law.text import Altered, Library, NotKept
from tests.law.text import samples

NOTICE = samples.ANNEXES.encode()


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library")


def test_an_article_of_an_annex_is_found_by_its_measure(library: Library) -> None:
    digest = library.keep(NOTICE, "通知.txt").digest
    library.assign("QX-J", digest, "青溪县公园记录办法")
    assert library.article("QX-J", 2) == "记录保存一年。"
    assert library.measures()["QX-J"]["digest"] == digest


def test_measures_are_assigned_by_the_titles_of_their_packs(library: Library) -> None:
    digest = library.keep(NOTICE, "通知.txt").digest
    titles = {"QX-X": "青溪县 公园巡查办法", "QX-J": "青溪县公园记录办法", "WD": "另一个办法"}
    assert library.assign_by_title(titles, digest) == ["QX-X", "QX-J"]
    assert library.article("QX-X", 1) == "公园每日巡查。"


def test_the_same_text_is_kept_once_and_comes_back_byte_for_byte(library: Library, tmp_path: Path) -> None:
    first, again = library.keep(NOTICE, "通知.txt"), library.keep(NOTICE, "副本.txt")
    assert first.digest == again.digest
    assert library.bytes(first.digest) == NOTICE
    assert [card["name"] for card in library.cards()] == ["通知.txt"]
    assert not list(tmp_path.rglob(".new-*"))


def test_a_newer_text_takes_the_measure_and_the_older_one_stays(library: Library) -> None:
    old = library.keep(samples.PLAIN.encode(), "旧.md").digest
    new = library.keep(samples.PLAIN.replace("免费", "全年").encode(), "新.md").digest
    library.assign("QX", old)
    library.assign("QX", new)
    assert library.article("QX", 2, 1) == "公园应当全年开放。"
    assert {card["digest"] for card in library.cards()} == {old, new}


def test_a_text_changed_on_disk_is_named(library: Library, tmp_path: Path) -> None:
    digest = library.keep(NOTICE, "通知.txt").digest
    (tmp_path / "library" / "texts" / digest).write_bytes(NOTICE + b" ")
    with pytest.raises(Altered, match=digest):
        Library(tmp_path / "library").text(digest)


def test_what_is_not_kept_is_said_in_chinese(library: Library) -> None:
    with pytest.raises(NotKept, match="还没有 WD 的正式文本"):
        library.article("WD", 1)
    digest = library.keep(NOTICE, "通知.txt").digest
    with pytest.raises(NotKept, match="青溪县公园巡查办法、青溪县公园记录办法"):
        library.assign("QX", digest)
    library.assign("QX", digest, "青溪县公园巡查办法")
    with pytest.raises(NotKept, match="没有第 9 条"):
        library.article("QX", 9)


@pytest.mark.parametrize("prefix", ["../x", "", "a/b", "..", "法"])
def test_a_prefix_cannot_leave_the_folder(library: Library, prefix: str) -> None:
    digest = library.keep(samples.PLAIN.encode(), "x.md").digest
    with pytest.raises(ValueError, match="前缀"):
        library.assign(prefix, digest)


def test_what_holds_no_regulation_is_not_kept(library: Library) -> None:
    with pytest.raises(ValueError, match="PDF"):
        library.keep(b"%PDF-1.4", "x.pdf")
    assert library.cards() == []
