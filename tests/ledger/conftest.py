"""A bureau with a log, and the acts that tests record in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest
from django.db import connection, transaction

from liuhen import ledger
from liuhen.kernel.ids import new_id

START_MS = 1_790_000_000_000
GUARDED = ("entry", "part", "adoption", "receipt", "checkpoint", "cosignature", "file", "read", "destruction")


@dataclass
class Bureau:
    """An agency with a log, and one stream of each of two types."""

    agency: str
    case: str
    lead: str
    clock: Iterator[int] = field(default_factory=lambda: count(START_MS, 1000))

    def draft(self, stream: str = "", kind: str = "inspected", **options: Any) -> ledger.EntryDraft:
        """An entry of the case (or another stream) with an open part and a guarded one."""
        payload: Mapping[str, Mapping[str, Any]] = options.pop(
            "payload", {"open": {"place": "安居药店", "pages": 3}, "informant": {"name": "王某"}}
        )
        return ledger.EntryDraft(stream or self.case, kind, 1, next(self.clock), payload, **options)

    def act(self, *drafts: ledger.EntryDraft, **options: Any) -> list[ledger.Entry]:
        """Record drafts as one act, in a transaction of its own."""
        with ledger.write_turn(), transaction.atomic():
            ledger.lock([draft.stream for draft in drafts])
            return ledger.append(
                self.agency,
                drafts or [self.draft()],
                act=options.get("act", "inspect"),
                key=options.get("key") or new_id(),
                actor=options.get("actor", "officer-1"),
                recorded_ms=next(self.clock),
                pack_digest="ab" * 32,
                response=options.get("response"),
            )


def new_bureau() -> Bureau:
    """Open a log and begin two streams."""
    agency = new_id()
    with ledger.write_turn(), transaction.atomic():
        ledger.create_log(agency, f"liuhen.example/zfjl/{agency}")
        return Bureau(agency, ledger.create_stream(agency, "case"), ledger.create_stream(agency, "lead"))


@pytest.fixture
def bureau(database: str) -> Bureau:
    """A bureau on each engine; rolled back."""
    return new_bureau()


def run(sql: str, values: list[Any] | None = None) -> list[tuple[Any, ...]]:
    """Raw SQL, beneath the program."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall()) if cursor.description else []


def drop_guards() -> None:
    """What a superuser does first."""
    for table in (*GUARDED, "log", "stream"):
        for event in ("insert", "update", "delete"):
            on = f" ON ledger_{table}" if connection.vendor == "postgresql" else ""
            run(f"DROP TRIGGER ledger_{table}_no_{event}{on}")
