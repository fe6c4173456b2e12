"""Rows made again from the entries: after the law changed, or to prove that they say what the entries say."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from liuhen import ledger
from liuhen.acts import projections
from liuhen.acts.act import Matter
from liuhen.acts.matter import law_of, load_matter
from liuhen.acts.models import JudgedMatter
from liuhen.acts.registry import Row

BATCH = 200
_JUDGED = frozenset({"acts_owed", "acts_judged"})


@dataclass(frozen=True)
class Difference:
    """What a table says otherwise than the entries: 缺少 (missing) or 多出 (too much)."""

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


def check() -> Iterator[Difference]:
    """Compute every matter's rows again and name each difference; nothing is written.

    An archived matter keeps the verdicts of its day: judged under a law since changed, they are not compared.
    """
    for stream in all_streams():
        matter = load_matter(stream)
        kept = _JUDGED if _keeps_old_verdicts(matter) else frozenset()
        for table, what, row in projections.differences(matter):
            if table not in kept:
                yield Difference(stream, table, what, row)
    yield from _rows_of_nothing()


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


def _rows_of_nothing() -> Iterator[Difference]:
    """Judged rows whose stream does not exist."""
    orphans = JudgedMatter.objects.extra(
        where=["NOT EXISTS (SELECT 1 FROM ledger_stream s WHERE s.id = acts_judged.matter)"]
    )
    for row in orphans.values("matter", "agency")[:BATCH]:
        yield Difference(row["matter"], "acts_judged", "多出", row)
