"""Stories: acts through the door in a database that has the demonstration's agencies and people."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.databases import People, SqliteDatabases, folders, handed_out
from tests.factories.people import STAGE


@pytest.fixture
def stage(sqlite: SqliteDatabases, tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Path]:
    """SQLite with agencies and people, for this test alone; it commits. Gives its folder."""
    with django_db_blocker.unblock():
        settings = sqlite.fresh(people=STAGE)
        sqlite.bring_home(STAGE, tmp_path)
        with handed_out(settings), folders(tmp_path):
            yield tmp_path
    sqlite.drop(settings)


@pytest.fixture
def people() -> People:
    """The same where a story is told on each engine."""
    return STAGE


@pytest.fixture
def both_stages(engine: str, fresh_database: object) -> str:
    """A stage on each engine in turn. Gives the engine's name."""
    return engine
