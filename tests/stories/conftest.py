"""Stories: acts through the door in a database that has the demonstration's agencies and people."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from liuhen.oversight.scenarios import prepare
from tests.databases import Settings, SqliteDatabases, handed_out


@pytest.fixture(scope="session")
def founded(
    sqlite: SqliteDatabases, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> tuple[Settings, Path]:
    """SQLite files with agencies and people, and the folder of their keys; made once, only copied from."""
    home = tmp_path_factory.mktemp("founded")
    with django_db_blocker.unblock(), handed_out(settings := sqlite.fresh()), _folders(home):
        prepare()
        connections.close_all()
    return settings, home


@pytest.fixture
def stage(
    founded: tuple[Settings, Path],
    sqlite: SqliteDatabases,
    tmp_path: Path,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Path]:
    """SQLite with agencies and people, for this test alone; it commits. Gives its folder."""
    kept, home = founded
    settings = sqlite.fresh()
    for alias, own in settings.items():
        shutil.copy(kept[alias]["NAME"], own["NAME"])
    shutil.copytree(home, tmp_path, dirs_exist_ok=True)
    with django_db_blocker.unblock(), handed_out(settings), _folders(tmp_path):
        yield tmp_path


@pytest.fixture
def both_stages(engine: str, request: pytest.FixtureRequest) -> str:
    """The same on each engine in turn. Gives the engine's name."""
    if engine == "sqlite":
        request.getfixturevalue("stage")
    else:
        request.getfixturevalue("fresh_database")
        prepare()
    return engine


def _folders(home: Path) -> override_settings:
    return override_settings(LEDGER_FILES=home / "files", LEDGER_KEYS=home / "keys")
