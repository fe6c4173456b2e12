"""The locks are in step with pyproject.toml and hold no host; the check sees when they are not."""

import shutil
from pathlib import Path

import pytest

from tools import locks

LOCKS = ("runtime", "dev")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of what is compared."""
    shutil.copy(locks.ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(locks.ROOT / "requirements", tmp_path / "requirements")
    return tmp_path


def test_locks_are_in_step() -> None:
    assert locks.findings() == []


@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        ("pyproject.toml", '"Django>=5.2.19,<5.3"', '"Django>=6"', "满足"),
        ("pyproject.toml", '  "Pillow>=12",\n', "", "无人需要"),
        ("pyproject.toml", '  "Pillow>=12",\n', '  "Pillow>=12",\n  "numpy>=2",\n', "numpy"),
        ("requirements/runtime.txt", "rfc8785==0.1.4", "rfc8785==0.1.3", "同一版本"),
        ("requirements/dev.txt", "asgiref==", "--index-url https://mirror.example/\nasgiref==", "主机名"),
    ],
)
def test_each_slip_is_named(copy: Path, file: str, old: str, new: str, named: str) -> None:
    text = (copy / file).read_text()
    assert old in text
    (copy / file).write_text(text.replace(old, new))
    assert [one for one in locks.findings(copy) if named in one]


def test_the_browser_lock_holds_digests_and_no_host() -> None:
    text = (locks.ROOT / "tools" / "browser" / "package-lock.json").read_text()
    assert "resolved" not in text
    assert "://" not in text
    assert text.count('"integrity"') >= 19
