"""An installation's folder: secrets of its own, readable by nobody else, never replaced."""

import stat
from pathlib import Path

import pytest

from liuhen.config.cli import FINDINGS, FINE, main
from liuhen.config.home import Home, home


def test_secrets_are_made_once_and_kept(tmp_path: Path) -> None:
    house = Home(tmp_path / "var")
    assert house.kind is None
    assert house.secret("officers") is None
    house.found("real")
    first = house.secret("officers"), house.secret("public")
    house.found("demo")
    assert (house.secret("officers"), house.secret("public")) == first
    assert len(set(first)) == 2
    assert all(len(secret or "") > 40 for secret in first)
    assert house.kind == "real"


def test_only_the_owner_reads_them(tmp_path: Path) -> None:
    house = Home(tmp_path / "var")
    house.found("real")
    assert stat.S_IMODE((house.path / "secret-officers").stat().st_mode) == 0o600
    assert stat.S_IMODE(house.path.stat().st_mode) == stat.S_IMODE(house.keys.stat().st_mode) == 0o700


def test_the_folder_can_be_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LIUHEN_HOME", str(tmp_path))
    assert home().path == tmp_path


def test_a_demonstration_does_not_become_real(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LIUHEN_HOME", str(tmp_path))
    home().found("demo")
    assert main(["init"]) == FINDINGS != FINE
    assert "演示环境" in capsys.readouterr().err
