"""The program's own files are parsed once; an edited one is read anew, a damaged note of it does no harm."""

import json
from pathlib import Path

import pytest

from liuhen.law import parsed, source
from liuhen.law.problems import PackError

TEXT = "decided:\n  title: 决定\n  days: [1, true, null, '2']\n  # 注\n  rows: {a: {b: 3}}\n"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file as if it were the program's own."""
    monkeypatch.setattr(parsed, "_PROGRAM", tmp_path)
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    path = tmp_path / "kinds.yaml"
    path.write_text(TEXT)
    return path


def note(file: Path) -> Path:
    return file.parent / "__pycache__" / "kinds.yaml.json"


def test_what_was_kept_says_the_same_with_the_same_lines(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = source.read(file, "x/kinds.yaml")
    monkeypatch.setattr(source, "parse", lambda *_: pytest.fail("parsed a second time"))
    assert source.read(file, "x/kinds.yaml") == first
    assert first.value["decided"].value["rows"].place.line == 5
    assert [node.value for node in first.value["decided"].value["days"].value] == [1, True, None, "2"]


def test_an_edited_file_is_read_anew(file: Path) -> None:
    source.read(file)
    file.write_text(TEXT.replace("决定", "处理决定"))
    for _ in range(2):
        assert source.read(file).plain()["decided"]["title"] == "处理决定"  # type: ignore[index,call-overload]


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b"\xff", json.dumps({"of": "0", "said": [1, 2]}).encode()]
)
def test_a_damaged_note_does_no_harm(file: Path, damage: bytes) -> None:
    first = source.read(file)
    note(file).write_bytes(damage)
    assert source.read(file) == first


def test_a_bad_file_is_named_each_time_and_nothing_is_kept_of_it(file: Path) -> None:
    file.write_text("a: 1\na: 2\n")
    for _ in range(2):
        with pytest.raises(PackError, match="写了两次"):
            source.read(file)
    assert not note(file).exists()


def test_files_from_elsewhere_leave_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "facts.yaml").write_text(TEXT)
    source.read(tmp_path / "facts.yaml")
    assert [path.name for path in tmp_path.iterdir()] == ["facts.yaml"]
