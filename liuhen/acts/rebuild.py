"""Rows made again from the entries: after the law changed, or to prove that they say what the entries say."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from liuhen import ledger
from liuhen.acts import projections, registry
from liuhen.acts.act import Matter
from liuhen.acts.matter import TOGETHER, batches, law_of, load_matters, one_law
from liuhen.acts.models import JudgedMatter
from liuhen.acts.registry import Projection, Row
from liuhen.ledger.verify_damage import DAMAGE

BATCH = 200
UNREADABLE = "读不出"
_JUDGED = frozenset({"acts_owed", "acts_judged"})


@dataclass(frozen=True)
class Difference:
    """What a table says otherwise than the entries: 缺少 (missing), 多出 (too much), or 读不出 (cannot be read)."""

    matter: str
    table: str
    what: str
    row: Row


def all_streams() -> Iterator[str]:
    """Every stream that has rows, a batch at a time."""
    last = ""
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id FROM ledger_stream WHERE id > %s AND length > 0 ORDER BY id LIMIT %s",
                [last, BATCH],
            )
            found = [row[0] for row in cursor.fetchall()]
        if not found:
            return
        yield from found
        last = found[-1]


def check(agency: str | None = None) -> Iterator[Difference]:
    """Compute every matter's rows again (of all agencies or one) and name each difference; nothing is written.

    An archived matter keeps the verdicts of its day: judged under a law since changed, they are not compared.
    What cannot be read is named, and the next matter follows.
    """
    try:
        for batch in batches(all_streams(), TOGETHER):
            yield from _check_matters(batch, agency)
    except DAMAGE as error:
        yield _unreadable("", "ledger_stream", error)
    for projection in registry.projections():
        try:
            yield from _rows_of_nothing(projection)
        except DAMAGE as error:
            yield _unreadable("", projection.table, error)


def _check_matters(streams: list[str], agency: str | None) -> list[Difference]:
    """Matters read together; where that fails, one by one, so that what cannot be read is named."""
    with one_law():
        try:
            matters = list(load_matters(streams))
            kept = _keeping_old_verdicts(matters)
        except DAMAGE as error:
            if len(streams) == 1:
                return [_unreadable(streams[0], "ledger_entry", error)]
            return [found for stream in streams for found in _check_matters([stream], agency)]
        return [
            found
            for matter in matters
            if agency in (None, matter.agency)
            for found in _check_matter(matter, _JUDGED if matter.stream in kept else frozenset())
        ]


def _check_matter(matter: Matter, kept: frozenset[str]) -> Iterator[Difference]:
    for projection in registry.projections():
        if projection.table in kept:
            continue
        try:
            for table, what, row in projections.differences(matter, projection):
                yield Difference(matter.stream, table, what, row)
        except DAMAGE as error:
            yield _unreadable(matter.stream, projection.table, error)


def _unreadable(stream: str, table: str, error: Exception) -> Difference:
    return Difference(stream, table, UNREADABLE, {"原因": f"{type(error).__name__}：{error}"})


def _keeping_old_verdicts(matters: list[Matter]) -> set[str]:
    """Which of these were archived and keep the verdicts of a law since changed."""
    held = JudgedMatter.objects.filter(matter__in=[matter.stream for matter in matters], keeps=True)
    return {
        stream
        for stream, agency, digest in held.values_list("matter", "agency", "digest")
        if digest != law_of(agency).digest
    }


def rebuild() -> int:
    """Write every matter's rows again; how many matters."""
    return sum(map(_rewrite, batches(all_streams(), TOGETHER)))


def judge_stale(limit: int = BATCH) -> int:
    """Judge matters whose agency's law has changed since they were judged (待重新判断); how many were done.

    Archived matters keep the verdicts that they were archived with.
    """
    done = 0
    for agency in ledger.agencies():
        digest = law_of(agency).digest
        stale = JudgedMatter.objects.filter(agency=agency, keeps=False).exclude(digest=digest)
        found = stale.values_list("matter", flat=True)[: limit - done]
        done += sum(map(_rewrite, batches(found, TOGETHER)))
    return done


def _rewrite(streams: list[str]) -> int:
    """Write the rows of these matters again, in one transaction; how many."""
    with ledger.write_turn(), transaction.atomic(), one_law():
        ledger.lock(streams)
        for matter in load_matters(streams):
            projections.write(matter)
    return len(streams)


def _rows_of_nothing(projection: Projection) -> Iterator[Difference]:
    """Rows of matters that do not exist, or of such as have no rows in this table."""
    if projection.belongs is None:
        types = sorted(projection.stream_types)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {', '.join(projection.columns)} FROM {projection.table} t WHERE NOT EXISTS"
                f" (SELECT 1 FROM ledger_stream s WHERE s.id = t.{projection.matter_column} AND s.length > 0"
                f" AND s.type IN ({', '.join(['%s'] * len(types))})) LIMIT %s",
                [*types, BATCH],
            )
            rows = cursor.fetchall()
    else:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {', '.join(projection.columns)} FROM {projection.table} t"
                f" WHERE NOT ({projection.belongs}) LIMIT %s",
                [BATCH],
            )
            rows = cursor.fetchall()
    for row in rows:
        shown = dict(zip(projection.columns, row, strict=True))
        yield Difference(str(shown.get(projection.matter_column, "")), projection.table, "多出", shown)
