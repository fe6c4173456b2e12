"""The record: durable appends beside what the disk does, reading a matter, verification."""

import statistics
import time
from collections.abc import Iterator

from bench.durable import bare_commits_per_second, durable_sqlite
from bench.registry import Figure, measures
from bench.timing import median_ms

APPENDS = 1500
MATTER = 40


@measures(
    "disk.commits.per_second",
    "ledger.append.per_second",
    "ledger.append.cpu_ms",
    "ledger.read.ms",
    "ledger.proof.ms",
    "ledger.verify.per_second",
)
def record() -> Iterator[Figure]:
    """One stream after another of 40 entries, each entry its own act with an open part and a judgement."""
    with durable_sqlite() as folder:
        from liuhen import ledger  # noqa: PLC0415 (needs Django set up)

        yield Figure("disk.commits.per_second", bare_commits_per_second(folder, 2000), "1/s", 2000)
        agency = "a" * 32
        ledger.create_log(agency, "liuhen.example/zfjl/bench")
        start = time.perf_counter()
        cpu, stream = _append_all(agency)
        taken = time.perf_counter() - start
        yield Figure("ledger.append.per_second", APPENDS / taken, "1/s", APPENDS)
        yield Figure("ledger.append.cpu_ms", statistics.median(cpu), "ms", APPENDS)
        yield Figure("ledger.read.ms", median_ms(lambda: ledger.read([stream]), 200), "ms", 200)
        ledger.publish_checkpoint(agency, 1_790_000_000_000)
        yield Figure("ledger.proof.ms", median_ms(lambda: ledger.inclusion_proof(agency, 77), 100), "ms", 100)
        start = time.perf_counter()
        if ledger.verify():
            raise AssertionError("verification found what nobody altered")
        yield Figure("ledger.verify.per_second", APPENDS / (time.perf_counter() - start), "1/s", APPENDS)


def _append_all(agency: str) -> tuple[list[float], str]:
    """CPU milliseconds of each append, and the last whole stream."""
    from django.db import transaction  # noqa: PLC0415 (needs Django set up)

    from liuhen import ledger  # noqa: PLC0415 (needs Django set up)

    cpu, streams = [], [""]
    for number in range(APPENDS):
        if number % MATTER == 0:
            streams.append(ledger.create_stream(agency, "case"))
        draft = ledger.EntryDraft(streams[-1], "inspected", 1, number, _payload(number))
        with ledger.write_turn(), transaction.atomic():
            held = ledger.lock([draft.stream])
            before = time.process_time_ns()
            ledger.append(
                agency,
                [draft],
                act="inspect",
                key=f"key-{number}",
                actor="officer-1",
                recorded_ms=number,
                pack_digest="ab" * 32,
                heads=held,
            )
            cpu.append((time.process_time_ns() - before) / 1e6)
    return cpu, streams[-2]


def _payload(number: int) -> dict[str, dict[str, object]]:
    officer = {
        "id": "1",
        "name": "张三",
        "certificate": "13010001",
        "valid_to": "2027-01-01",
        "roles": ["handler"],
    }
    return {
        "open": {
            "place": "安居药店",
            "started": number,
            "officers": [officer, officer],
            "note": "现场检查" * 20,
        },
        "judgement": {"engine": "1", "gates": [{"rule": "HN-S-4.reviewed", "verdict": "passed"}] * 5},
    }
