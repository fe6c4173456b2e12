"""Acts through the door, each on the disk before it is answered, beside what the disk does in bare commits.

Matters of some 40 entries, the national procedure and the province's measures in force, projections and owed rows
written. Clients are processes of their own; those on SQLite take turns as in a real installation.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.durable import bare_commits_per_second, durable_sqlite
from bench.registry import Figure, measures
from bench.timing import percentile

SECONDS = 8.0
CLIENTS = 8
MATTERS = 400
"""More than all clients get through at a few acts a matter."""
ROOT = Path(__file__).resolve().parent.parent


@measures(
    "disk.commits.per_second",
    "acts.sqlite.1.per_second",
    "acts.sqlite.1.cpu_ms",
    "acts.sqlite.8.per_second",
    "acts.sqlite.8.p99_ms",
)
def on_sqlite() -> Iterator[Figure]:
    """WAL with synchronous=FULL, writers in turn."""
    with durable_sqlite() as folder:
        yield Figure("disk.commits.per_second", bare_commits_per_second(folder, 2000), "1/s", 2000)
        yield from _figures("sqlite")


@measures(
    "disk.commits.per_second",
    "acts.postgres.1.per_second",
    "acts.postgres.1.cpu_ms",
    "acts.postgres.8.per_second",
    "acts.postgres.8.p99_ms",
)
def on_postgres() -> Iterator[Figure]:
    """PostgreSQL from its wheel as it comes: fsync on."""
    from bench.durable import durable_postgres  # noqa: PLC0415 (needs Django set up)

    with tempfile.TemporaryDirectory() as name, durable_postgres():
        yield Figure("disk.commits.per_second", bare_commits_per_second(Path(name), 2000), "1/s", 2000)
        yield from _figures("postgres")


def _figures(engine: str) -> Iterator[Figure]:
    cases = _prepared(MATTERS)
    half = len(cases) // 3
    alone = _run([cases[:half]])
    taken = [ms for one in alone for ms in one["ms"]]
    yield Figure(f"acts.{engine}.1.per_second", _per_second(alone), "1/s", len(taken))
    yield Figure(f"acts.{engine}.1.cpu_ms", alone[0]["cpu_ms"] / len(taken), "ms", len(taken))
    rest = cases[half:]
    together = _run([rest[number::CLIENTS] for number in range(CLIENTS)])
    taken = [ms for one in together for ms in one["ms"]]
    yield Figure(f"acts.{engine}.{CLIENTS}.per_second", _per_second(together), "1/s", len(taken))
    yield Figure(f"acts.{engine}.{CLIENTS}.p99_ms", percentile(taken, 99), "ms", len(taken))
    _whole()


def _per_second(clients: list[dict[str, Any]]) -> float:
    return sum(len(one["ms"]) / one["seconds"] for one in clients)


def _prepared(matters: int) -> list[str]:
    """The case streams of cloned matters that stand before their decision."""
    from tests.factories import clones, template  # noqa: PLC0415 (needs Django set up)
    from tests.factories import matters as played

    played.make_stage()
    one = played.play_case(played.DECIDED)
    return clones.clone(template.template_of(one, played.PARTY), matters)


def _whole() -> None:
    """Fast is nothing if the record or the rows came out wrong."""
    from liuhen import ledger  # noqa: PLC0415 (needs Django set up)

    for agency in ledger.agencies():
        ledger.publish_checkpoint(agency, time.time_ns() // 1_000_000)
    if found := ledger.verify():
        raise AssertionError(f"the record does not verify: {found[0]}")


def _run(shares: list[list[str]]) -> list[dict[str, Any]]:
    """One process a share of the cases; all begin at once and end after the same time."""
    with _settings_file() as settings:
        told = [json.dumps({"cases": share, "seconds": SECONDS, "settings": settings}) for share in shares]
        clients = [
            subprocess.Popen(
                [sys.executable, "-m", "bench.acts"],
                cwd=ROOT,
                text=True,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
            for _ in shares
        ]
        try:
            return _talk(clients, told)
        finally:
            for client in clients:
                client.kill()
                client.wait()


def _talk(clients: list["subprocess.Popen[str]"], told: list[str]) -> list[dict[str, Any]]:
    for client, line in zip(clients, told, strict=True):
        assert client.stdin is not None
        print(line, file=client.stdin, flush=True)
    for client in clients:
        assert client.stdout is not None
        if client.stdout.readline().strip() != "ready":
            raise AssertionError("a client did not get ready")
    for client in clients:
        assert client.stdin is not None
        print("go", file=client.stdin, flush=True)
    return [json.loads(client.stdout.readline()) for client in clients if client.stdout is not None]


@contextmanager
def _settings_file() -> Iterator[str]:
    """What another process needs to reach this database, as a file of JSON."""
    from django.conf import settings  # noqa: PLC0415 (needs Django set up)
    from django.db import connections  # noqa: PLC0415 (needs Django set up)

    names = {alias: connections[alias].settings_dict for alias in ("default", "portal")}
    kept = {"databases": names, "files": str(settings.LEDGER_FILES), "keys": str(settings.LEDGER_KEYS)}
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(kept, file, default=str)
        file.flush()
        yield file.name


def client() -> None:
    """One client: does acts on its cases until the time is over, tells how long each took."""
    told = json.loads(sys.stdin.readline())
    work = _clerk(told)
    for _ in range(3):
        next(work)
    print("ready", flush=True)
    sys.stdin.readline()
    taken: list[float] = []
    start, cpu = time.perf_counter(), time.process_time()
    while time.perf_counter() - start < told["seconds"]:
        before = time.perf_counter()
        if next(work, None) is None:
            break
        taken.append((time.perf_counter() - before) * 1000)
    seconds, used = time.perf_counter() - start, (time.process_time() - cpu) * 1000
    print(json.dumps({"ms": taken, "seconds": seconds, "cpu_ms": used}), flush=True)


def _clerk(told: dict[str, Any]) -> Iterator[str]:
    """An officer who works through his cases, some acts each; gives the entry that each act made."""
    import django  # noqa: PLC0415

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liuhen.config.settings_test")
    django.setup()
    from django.test import override_settings  # noqa: PLC0415

    from tests.databases import handed_out  # noqa: PLC0415
    from tests.factories import office  # noqa: PLC0415

    kept = json.loads(Path(told["settings"]).read_text())
    homes = override_settings(LEDGER_FILES=Path(kept["files"]), LEDGER_KEYS=Path(kept["keys"]))
    with handed_out(kept["databases"]), homes:
        yield from office.clerk(told["cases"])


if __name__ == "__main__":
    client()
