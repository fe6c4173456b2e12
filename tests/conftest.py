"""Fixtures of the whole suite.

`database`        a test that reads and writes; rolled back; runs on SQLite and on PostgreSQL
`fresh_database`  a test that commits, uses threads or needs what follows a commit; its own copy
`people`          who is in both from the start; overridden where people are needed
`durable_database` SQLite with the settings of a real installation
`db`, `django_db` pytest-django's own: SQLite alone, rolled back
`page`            a page of a real browser, Chinese fonts included (mark the test `browser`)
"""

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.plugin import DjangoDbBlocker

from liuhen.kernel.process import settled
from tests.databases import (
    People,
    PostgresDatabases,
    Settings,
    SqliteDatabases,
    folders,
    handed_out,
    rolled_back,
)
from tools import browser as chromium

# Playwright's loop runs in the thread that also uses the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

# How long an example takes says how busy the machine is; speed is measured in the benchmarks.
hypothesis.settings.register_profile("suite", deadline=None)
hypothesis.settings.load_profile("suite")

ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """The tests are collected and stand for good: the garbage collector need not go through them again and again."""
    settled()


@pytest.fixture(scope="session")
def worker(request: pytest.FixtureRequest) -> str:
    """The name of this worker: gw0, gw1, … or main."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> SqliteDatabases:
    """Copies of a prepared pair of SQLite files."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    with django_db_blocker.unblock():
        return SqliteDatabases(shared, own)


@pytest.fixture(scope="session")
def postgres(worker: str, django_db_blocker: DjangoDbBlocker) -> PostgresDatabases:
    """Copies of a prepared PostgreSQL database."""
    with django_db_blocker.unblock():
        return PostgresDatabases(os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid())), worker)


@pytest.fixture(scope="session")
def django_db_setup(sqlite: SqliteDatabases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """pytest-django's own fixtures work on this worker's SQLite copy."""
    with handed_out(sqlite.of_worker()), folders(tmp_path_factory.mktemp("home")):
        yield


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Each engine in turn."""
    name: str = request.param
    return name


@pytest.fixture
def people() -> People | None:
    """Who is in the database from the start: nobody. A file or folder whose tests need people says which."""
    return None


@pytest.fixture
def databases(engine: str, request: pytest.FixtureRequest) -> SqliteDatabases | PostgresDatabases:
    """Where an engine's databases come from."""
    found: SqliteDatabases | PostgresDatabases = request.getfixturevalue(
        "sqlite" if engine == "sqlite" else "postgres"
    )
    return found


@pytest.fixture
def database(
    engine: str,
    databases: SqliteDatabases | PostgresDatabases,
    people: People | None,
    tmp_path: Path,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[str]:
    """The worker's database of an engine; what the test writes is rolled back. Gives the engine's name."""
    with django_db_blocker.unblock():
        settings = databases.of_worker(people)
        databases.bring_home(people, tmp_path)
        with handed_out(settings), folders(tmp_path), rolled_back():
            yield engine


@pytest.fixture
def fresh_database(
    databases: SqliteDatabases | PostgresDatabases,
    people: People | None,
    tmp_path: Path,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Settings]:
    """A copy for this test alone, in which it commits. Gives its settings, for other processes."""
    with django_db_blocker.unblock():
        settings = databases.fresh(people=people)
        databases.bring_home(people, tmp_path)
        with handed_out(settings), folders(tmp_path):
            yield settings
    databases.drop(settings)


@pytest.fixture
def durable_database(
    sqlite: SqliteDatabases, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> Iterator[Settings]:
    """A SQLite copy with the settings of a real installation: every commit is on the disk."""
    with django_db_blocker.unblock(), handed_out(settings := sqlite.fresh("FULL")), folders(tmp_path):
        yield settings


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The installed Chromium, else the one that `make test` put into the checkout."""
    program = chromium.executable()
    if program is None:
        pytest.fail("没有浏览器：请先运行 python tools/browser.py（make test 会自动完成）")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=program,
            args=["--no-sandbox", "--disable-dev-shm-usage"],
            env={**chromium.environment()},
        )
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """A fresh page of an office computer: Chinese, Beijing time, 1366 by 768."""
    context = browser.new_context(
        locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": 1366, "height": 768}
    )
    yield context.new_page()
    context.close()
