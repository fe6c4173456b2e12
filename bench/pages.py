"""Pages as the server makes them, for somebody signed in, at 100 and at 10,000 cases of his agency in one run.

Every case is his own and has work left to do: no office is as hard on a worklist as this. The sizes are visited in
turns, so that whatever else the machine does meets both alike. By name alone: `pages-postgres`, `pages-100k`,
`pages-postgres-100k`, `pages-verified`.
"""

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

from bench.durable import durable_postgres, durable_sqlite
from bench.registry import Figure, measures
from bench.timing import percentile, samples_ms

SIZES = {"100": 100, "10k": 10_000}
LARGE = {"100": 100, "100k": 100_000}
ROUNDS, VISITS, WARM_UP = 5, 40, 5
PAGES = ("case", "worklist", "list", "search")
SEARCHED = 200
"""So many parties are searched for in turn, and so many cases opened."""

Settings = Mapping[str, Mapping[str, Any]]
Visits = Mapping[str, Callable[[], object]]
Place = Callable[[], AbstractContextManager[Path]]


@dataclass(frozen=True)
class Office:
    """One database with its cases: how to reach it, and how its pages are visited."""

    settings: Settings
    visits: Visits


@dataclass
class Taken:
    """What each visit took by the clock, and all together of this process's own time: whatever else ran beside it."""

    wall_ms: list[float] = field(default_factory=list)
    cpu_ms: float = 0.0


def _names(prefix: str, sizes: Mapping[str, int]) -> list[str]:
    return [
        f"{prefix}.{page}.{what}.{size}" for what in ("p95_ms", "cpu_ms") for page in PAGES for size in sizes
    ]


@measures(*_names("page", SIZES))
def pages() -> Iterator[Figure]:
    """On SQLite as it is installed (WAL, synchronous=FULL)."""
    yield from _measured("page", SIZES, durable_sqlite)


@measures(*_names("page.postgres", SIZES), called="pages-postgres")
def pages_postgres() -> Iterator[Figure]:
    """The same on PostgreSQL."""
    yield from _measured("page.postgres", SIZES, durable_postgres)


@measures(*_names("page", {"100k": 100_000}), called="pages-100k")
def pages_large() -> Iterator[Figure]:
    """At 100,000 cases: some 20 GB and a quarter of an hour."""
    yield from _measured("page", LARGE, durable_sqlite)


@measures(*_names("page.postgres", {"100k": 100_000}), called="pages-postgres-100k")
def pages_postgres_large() -> Iterator[Figure]:
    """The same on PostgreSQL."""
    yield from _measured("page.postgres", LARGE, durable_postgres)


@measures("page.verify.s.10k", "page.rebuild.s.10k", called="pages-verified")
def pages_verified() -> Iterator[Figure]:
    """What was cloned is whole: `ledger verify` and `rebuild --check` find nothing in 10,000 cases."""
    with ExitStack() as open_:
        _office(open_, durable_sqlite, SIZES["10k"])
        from liuhen import ledger  # noqa: PLC0415 (needs Django set up)
        from liuhen.acts import rebuild  # noqa: PLC0415

        for agency in ledger.unpublished():
            ledger.publish_checkpoint(agency, time.time_ns() // 1_000_000)
        for name, check in (("verify", ledger.verify), ("rebuild", rebuild.check)):
            begin = time.perf_counter()
            if found := list(check()):
                raise AssertionError(f"{name}: {len(found)}, {found[0]}")
            yield Figure(f"page.{name}.s.10k", time.perf_counter() - begin, "s", 1)


def _measured(prefix: str, sizes: Mapping[str, int], place: Place) -> Iterator[Figure]:
    """Through Django's test client: middleware, session, view, template, the reading noted on the disk."""
    with ExitStack() as open_:
        offices = {size: _office(open_, place, cases) for size, cases in sizes.items()}
        from liuhen.config.wiring import settle  # noqa: PLC0415 (needs Django set up)

        settle()  # as the server does once it is up
        for page in PAGES:
            taken = {size: Taken() for size in sizes}
            for _ in range(ROUNDS):
                for size, office in offices.items():
                    _round(office.settings, office.visits[page], taken[size])
            for size, each in taken.items():
                n = len(each.wall_ms)
                yield Figure(f"{prefix}.{page}.p95_ms.{size}", percentile(each.wall_ms, 95), "ms", n)
                yield Figure(f"{prefix}.{page}.cpu_ms.{size}", each.cpu_ms / n, "ms", n)


def _round(settings: Settings, visit: Callable[[], object], taken: Taken) -> None:
    from tests.databases import handed_out  # noqa: PLC0415 (needs Django set up)

    with handed_out(settings):
        samples_ms(visit, WARM_UP, warm_up=0)
        begin = time.process_time()
        taken.wall_ms += samples_ms(visit, VISITS, warm_up=0)
        taken.cpu_ms += (time.process_time() - begin) * 1000


def _office(open_: ExitStack, place: Place, cases: int) -> Office:
    """A database of its own with so many cases: one played, the others cloned from it."""
    open_.enter_context(place())
    from django.db import connections  # noqa: PLC0415 (needs Django set up)

    from tests.factories import clones, matters, template  # noqa: PLC0415

    matters.make_stage()
    one = template.template_of(matters.play_case(matters.DECIDED), matters.PARTY)
    begin = time.perf_counter()
    made = clones.clone(one, cases - 1)
    seconds = time.perf_counter() - begin
    entries = len(made) * len(one.entries)
    print(f"{cases} 件：{entries} 条，{entries / seconds:.0f} 条/秒", file=sys.stderr)
    settings = {alias: dict(connections[alias].settings_dict) for alias in ("default", "portal")}
    return Office(settings, _visits(made))


def _visits(made: Sequence[str]) -> Visits:
    """One call a page; cases and searches differ from visit to visit."""
    from django.test import Client  # noqa: PLC0415 (needs Django set up)

    from liuhen.accounts.models import Officer  # noqa: PLC0415
    from liuhen.cases.models import CaseRow  # noqa: PLC0415

    client = Client()
    client.force_login(
        Officer.objects.get(username="zhang.qingxi"), "django.contrib.auth.backends.ModelBackend"
    )

    def get(path: str) -> None:
        if (status := client.get(path).status_code) != 200:
            raise AssertionError(f"{path}: {status}")

    some = made[:: max(1, len(made) // SEARCHED)]
    cases = cycle(some)
    names = cycle(list(CaseRow.objects.filter(stream__in=some).values_list("party_name", flat=True)))
    return {
        "case": lambda: get(f"/cases/{next(cases)}/"),
        "worklist": lambda: get("/"),
        "list": lambda: get("/cases/"),
        "search": lambda: get(f"/cases/?q={next(names)}"),
    }
