"""`liuhen law read` shows what a text holds, says what is wrong in it, and keeps it when asked."""

import json
from pathlib import Path

import pytest

from liuhen.config.cli import main
from liuhen.law.text import Library
from tests.law.text import samples


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    file = tmp_path / "通知.txt"
    file.write_text(samples.ANNEXES)
    return file


def test_the_table_lists_every_measure_and_article(notice: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "read", str(notice)]) == 0
    shown = capsys.readouterr().out
    assert "青溪县公园巡查办法" in shown
    assert "3 条 3 款 0 项" in shown
    assert "第二条（1款）记录保存一年。" in shown


def test_json_is_the_documented_form(notice: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "read", str(notice), "--format", "json"]) == 0
    shape = json.loads(capsys.readouterr().out)
    assert [len(one["articles"]) for one in shape["regulations"]] == [3, 2]


def test_a_gap_is_named_and_the_exit_code_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "缺.txt"
    file.write_text("公园办法\n第一条 甲。\n第三条\n第四条 丙。\n")
    assert main(["law", "read", str(file)]) == 1
    assert "! 第3行：第三条之前缺第二条" in capsys.readouterr().out


def test_a_text_is_kept_for_its_measures(
    notice: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "library"
    asked = ["--library", str(folder), "--measure", "QX-J=青溪县公园记录办法"]
    assert main(["law", "read", str(notice), *asked]) == 0
    assert "作为 QX-J 的正式文本" in capsys.readouterr().err
    assert Library(folder).article("QX-J", 1) == "巡查应当记录。"


def test_what_cannot_be_read_or_kept_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "read", str(tmp_path / "无.txt")]) == 2
    assert "读不了" in capsys.readouterr().err
    picture = tmp_path / "图.txt"
    picture.write_bytes(b"\x89PNG\r\n")
    assert main(["law", "read", str(picture), "--library", str(tmp_path / "library")]) == 1
    assert "没有存入" in capsys.readouterr().err
    assert not (tmp_path / "library").exists()
