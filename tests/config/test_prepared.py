"""A start looks at the databases again when anything has changed: the program, a database, where it lies."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from liuhen.config import prepared
from liuhen.config.home import Home


def migrated(file: Path, *names: str) -> None:
    """A database that says which migrations it has."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE IF NOT EXISTS django_migrations (app TEXT, name TEXT)")
        connection.executemany(
            "INSERT INTO django_migrations VALUES ('acts', ?)", [(name,) for name in names]
        )


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """An installation that was prepared by a program of one file."""
    for name in ("LIUHEN_DATABASE_URL", "LIUHEN_PUBLIC_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(prepared, "_PROGRAM", tmp_path / "program")
    (tmp_path / "program").mkdir()
    (tmp_path / "program" / "a.py").write_text("1")
    made = Home(tmp_path / "home")
    made.found("real")
    for file in (made.officers_database, made.public_database):
        migrated(file, "0001")
    prepared.note(made)
    return made


def test_nothing_has_changed(house: Home) -> None:
    assert prepared.is_prepared(house)
    assert not prepared.is_prepared(Home(house.path.parent / "another"))


def test_another_program_looks_again(house: Home, tmp_path: Path) -> None:
    (tmp_path / "program" / "migrations.py").write_text("2")
    assert not prepared.is_prepared(house)


@pytest.mark.parametrize("which", ["officers_database", "public_database"])
def test_another_database_is_looked_at_again(house: Home, which: str) -> None:
    file: Path = getattr(house, which)
    file.unlink()
    assert not prepared.is_prepared(house)
    migrated(file)
    assert not prepared.is_prepared(house), "one from before the migration"


def test_a_database_elsewhere_is_always_looked_at(house: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIUHEN_DATABASE_URL", "postgresql://somewhere/else")
    assert not prepared.is_prepared(house)
    prepared.note(house)
    monkeypatch.delenv("LIUHEN_DATABASE_URL")
    assert prepared.is_prepared(house), "what stood noted of the home still holds"


@pytest.mark.parametrize("damage", ["", "{", "[]", "null"])
def test_a_damaged_note_is_none(house: Home, damage: str) -> None:
    (house.path / "prepared.json").write_text(damage)
    assert not prepared.is_prepared(house)
