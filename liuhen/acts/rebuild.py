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
STALE = "待重新判断"
_DIGEST = "digest"
"""The column that tells under which law a matter was judged."""


@dataclass(frozen=True)
class Difference:
    """What a table says otherwise than the entries: 缺少 (missing), 多出 (too much), or 读不出 (cannot be read).

    待重新判断 is no alteration: one for all matters that were judged under a law since changed (`text` says so).
    """

    matter: str
    table: str
    what: str
    row: Row

    @property
    def text(self) -> str:
        """What is said of matters that are to be judged again."""
        return (
            f"{self.row['matters']} 件事项是按改变以前的规定判断的，不是改动："
            "运行 liuhen rebuild 即按现行规定重新判断（后台进程也会陆续做完）。"
            "规定改变，是程序更新换了规则包，或者机关采用了办法、改了数额标准或者节假日安排；"
            "所有机关的事项一齐如此的，是换了规则包以后还没有启动后台进程"
        )


@dataclass
class _Stale:
    """How many matters were met that are to be judged again."""

    matters: int = 0


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

    Safe while acts go on: where a matter differs it is looked at once more with its stream locked, so that an act
    between the reading of its entries and of its rows is no difference.

    What was judged under a law since changed is not compared with today's: an archived matter keeps the verdicts of
    its day, of the others it is said in one line how many there are. What cannot be read is named, and the next matter
    follows.
    """
    stale = _Stale()
    try:
        for batch in batches(all_streams(), TOGETHER):
            yield from _check_matters(batch, agency, stale)
    except DAMAGE as error:
        yield _unreadable("", "ledger_stream", error)
    if stale.matters:
        yield Difference("", "acts_judged", STALE, {"matters": stale.matters})
    for projection in registry.projections():
        try:
            yield from _rows_of_nothing(projection)
        except DAMAGE as error:
            yield _unreadable("", projection.table, error)


def _check_matters(streams: list[str], agency: str | None, stale: _Stale) -> list[Difference]:
    """Matters read together; where that fails, one by one, so that what cannot be read is named."""
    with one_law():
        try:
            matters = list(load_matters(streams))
            earlier = _judged_earlier(matters)
        except DAMAGE as error:
            if len(streams) == 1:
                return [_unreadable(streams[0], "ledger_entry", error)]
            return [found for stream in streams for found in _check_matters([stream], agency, stale)]
        ours = [matter for matter in matters if agency in (None, matter.agency)]
        stale.matters += sum(not earlier.get(matter.stream, True) for matter in ours)
        return [found for matter in ours for found in _check_steady(matter, matter.stream in earlier)]


def _check_steady(matter: Matter, judged_earlier: bool) -> list[Difference]:
    """What differs in one matter, and still does when nobody can act on it."""
    found = list(_check_matter(matter, judged_earlier))
    if not found:
        return found
    try:
        with ledger.write_turn(), transaction.atomic(), one_law():
            ledger.lock([matter.stream])
            (again,) = load_matters([matter.stream])
            return list(_check_matter(again, again.stream in _judged_earlier([again])))
    except DAMAGE:  # damaged, or a copy that is not to be written: what was seen first stands
        return found


def _check_matter(matter: Matter, judged_earlier: bool) -> Iterator[Difference]:
    for projection in registry.projections():
        if judged_earlier and projection.judged:
            continue
        try:
            found = projections.differences(matter, projection)
        except DAMAGE as error:
            yield _unreadable(matter.stream, projection.table, error)
            continue
        if judged_earlier and projection.placed and _but_for_the_law(found):
            continue
        for table, what, row in found:
            yield Difference(matter.stream, table, what, row)


def _but_for_the_law(found: list[tuple[str, str, Row]]) -> bool:
    """Whether rows differ in nothing but the law under which the matter was judged."""
    missing, beyond = (
        [{**row, _DIGEST: None} for _table, what, row in found if what == side] for side in ("缺少", "多出")
    )
    return missing == beyond


def _judged_earlier(matters: list[Matter]) -> dict[str, bool]:
    """Which of these were judged under a law since changed, and whether they keep its verdicts (archived)."""
    held = JudgedMatter.objects.filter(matter__in=[matter.stream for matter in matters])
    return {
        stream: bool(keeps)
        for stream, agency, digest, keeps in held.values_list("matter", "agency", _DIGEST, "keeps")
        if digest != law_of(agency).digest
    }


def _unreadable(stream: str, table: str, error: Exception) -> Difference:
    return Difference(stream, table, UNREADABLE, {"原因": f"{type(error).__name__}：{error}"})


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
