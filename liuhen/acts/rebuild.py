"""Rows made again from the entries: after the law changed, or to prove that they say what the entries say."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from liuhen import ledger
from liuhen.acts import projections, registry
from liuhen.acts.act import Matter
from liuhen.acts.matter import law_of, load_matter
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
        for stream in all_streams():
            yield from _check_matter(stream, agency)
    except DAMAGE as error:
        yield _unreadable("", "ledger_stream", error)
    for projection in registry.projections():
        try:
            yield from _rows_of_nothing(projection)
        except DAMAGE as error:
            yield _unreadable("", projection.table, error)


def _check_matter(stream: str, agency: str | None) -> Iterator[Difference]:
    try:
        if agency is not None and ledger.heads([stream])[stream].agency != agency:
            return
        matter = load_matter(stream)
        kept = _JUDGED if _keeps_old_verdicts(matter) else frozenset()
    except DAMAGE as error:
        yield _unreadable(stream, "ledger_entry", error)
        return
    for projection in registry.projections():
        if projection.table in kept:
            continue
        try:
            for table, what, row in projections.differences(matter, projection):
                yield Difference(stream, table, what, row)
        except DAMAGE as error:
            yield _unreadable(stream, projection.table, error)


def _unreadable(stream: str, table: str, error: Exception) -> Difference:
    return Difference(stream, table, UNREADABLE, {"原因": f"{type(error).__name__}：{error}"})


def _keeps_old_verdicts(matter: Matter) -> bool:
    kept = JudgedMatter.objects.filter(matter=matter.stream, keeps=True)
    return kept.exclude(digest=law_of(matter.agency).digest).exists()


def rebuild() -> int:
    """Write every matter's rows again; how many matters."""
    done = 0
    for stream in all_streams():
        _rewrite(stream)
        done += 1
    return done


def judge_stale(limit: int = BATCH) -> int:
    """Judge matters whose agency's law has changed since they were judged (待重新判断); how many were done.

    Archived matters keep the verdicts that they were archived with.
    """
    done = 0
    for agency in ledger.agencies():
        digest = law_of(agency).digest
        stale = JudgedMatter.objects.filter(agency=agency, keeps=False).exclude(digest=digest)
        for matter in stale.values_list("matter", flat=True)[: limit - done]:
            _rewrite(matter)
            done += 1
    return done


def _rewrite(stream: str) -> None:
    with ledger.write_turn(), transaction.atomic():
        ledger.lock([stream])
        projections.write(load_matter(stream))


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
