"""An installation's folder: secrets of its own, readable by nobody else, never replaced."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from liuhen.config.cli import FINDINGS, FINE, main
from liuhen.config.home import CHECKOUT, Home, home


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


def test_a_command_before_any_installation_says_what_to_do(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    environment |= {"LIUHEN_HOME": str(tmp_path), "PYTHONPATH": str(CHECKOUT)}
    command = [sys.executable, "-m", "liuhen.config", "worker"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert (done.returncode, done.stdout) == (FINDINGS, "")
    assert done.stderr == f"{tmp_path} 还没有安装：请先运行 liuhen init（演示：make run）\n"
    shown = subprocess.run([*command, "--help"], capture_output=True, text=True, check=False, env=environment)
    assert shown.returncode == FINE
    assert "后台作业" in shown.stdout
