"""Acts through the door, each on the disk before it is answered, beside what the disk does in bare commits.

Matters of some 40 entries, the national procedure and the province's measures in force, projections and owed rows
written. Clients are processes of their own; those on SQLite take turns as in a real installation.
"""

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.clients import connected, ready, settings_file, talk
from bench.durable import bare_commits_per_second, durable_postgres, durable_sqlite
from bench.registry import Figure, measures
from bench.timing import percentile

SECONDS = 8.0
CLIENTS = 8
MATTERS = 900
"""More than all clients get through at a few acts a matter."""
WARM_UP = 8


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
    return float(sum(len(one["ms"]) / one["seconds"] for one in clients))


def _prepared(number: int) -> list[str]:
    """The case streams of cloned matters that stand before their decision."""
    from tests.factories import clones, matters, template  # noqa: PLC0415 (needs Django set up)

    matters.make_stage()
    one = matters.play_case(matters.DELIBERATED)
    return clones.clone(template.template_of(one, matters.PARTY), number)


def _whole() -> None:
    """Fast is nothing if the record or the rows came out wrong."""
    from liuhen import ledger  # noqa: PLC0415 (needs Django set up)

    for agency in ledger.agencies():
        ledger.publish_checkpoint(agency, time.time_ns() // 1_000_000)
    if found := ledger.verify():
        raise AssertionError(f"the record does not verify: {found[0]}")


def _run(shares: list[list[str]]) -> list[dict[str, Any]]:
    """One process a share of the cases; all begin at once and end after the same time."""
    with settings_file() as settings:
        return talk("bench.acts", [{"cases": share, "settings": settings} for share in shares])


def client() -> None:
    """One client: does acts on its cases until the time is over, tells how long each took."""
    told = json.loads(sys.stdin.readline())
    with connected(told["settings"]):
        from liuhen.config.wiring import settle  # noqa: PLC0415 (needs Django set up)
        from tests.factories import office  # noqa: PLC0415 (needs Django set up)

        work = office.clerk(told["cases"])
        for _ in range(WARM_UP):
            next(work)
        settle()
        start, cpu = ready()
        taken: list[float] = []
        while time.perf_counter() - start < SECONDS:
            before = time.perf_counter()
            if next(work, None) is None:
                break
            taken.append((time.perf_counter() - before) * 1000)
        seconds, used = time.perf_counter() - start, (time.process_time() - cpu) * 1000
    print(json.dumps({"ms": taken, "seconds": seconds, "cpu_ms": used}), flush=True)


if __name__ == "__main__":
    client()
