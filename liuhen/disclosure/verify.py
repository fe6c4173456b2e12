"""Verification of the public site against the record: what it shows is what entries published, byte for byte."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from typing import Any

from django.db import connection

from liuhen import ledger
from liuhen.acts import Matter, registry
from liuhen.acts.matter import load_matter
from liuhen.disclosure.publishing import PORTAL
from liuhen.disclosure.snapshots import snapshot_of
from liuhen.disclosure.texts import shown_since, since, text_of
from liuhen.ledger import Finding
from liuhen.ledger.verify_damage import DAMAGE, unreadable
from liuhen.portal import store
from liuhen.portal.snapshot import from_content


def check_portal(agency: str | None = None) -> Iterator[Finding]:
    """Every posting shown, withdrawn or missing on the public site; rows that no entry published."""
    for streams in _publications(agency):
        standing: dict[str, list[store.Row]] = {stream: [] for stream in streams}
        for row in store.rows_of(streams):
            standing[row["posting"]].append(row)
        for stream, rows in standing.items():
            try:
                yield from _check_posting(load_matter(stream), rows)
            except DAMAGE as error:
                yield unreadable("public", f"公示 {stream}", error)
    for posting in store.postings(agency):
        if not _is_publication(posting):
            yield _finding(posting, "posting", "没有任何条目发布过这一内容：被添加，或者公示编号被改动")


def _check_posting(matter: Matter, rows: Sequence[store.Row]) -> Iterator[Finding]:
    posted = [entry for entry in matter.entries if _put_on_portal(entry)]
    by_digest = {row["digest"]: row for row in rows}
    if not posted:
        yield from _check_unconfirmed(matter, rows)
        return
    later = sorted([*posted, *matter.all("taken_down")], key=lambda entry: entry.index)
    again = {
        entry.open["digest"]: entry for entry in posted
    }  # the same content shown twice: the row is the last's
    for entry in posted:
        if again[entry.open["digest"]] is not entry:
            continue
        row = by_digest.pop(entry.open["digest"], None)
        if row is None:
            yield _finding(
                matter.stream, "digest", f"条目第{entry.number}号发布的内容不在公示网站：被删除或改动"
            )
            continue
        yield from _check_row(row, entry, _gone(entry, later))
    for digest, row in by_digest.items():
        if not _on_its_way(matter, row):
            yield _finding(matter.stream, "digest", f"摘要值 {digest} 的内容没有条目发布过：被添加或改动")


def _gone(entry: ledger.Entry, later: Sequence[ledger.Entry]) -> tuple[int, str] | None:
    """When and why what an entry published is no longer shown; None while it is."""
    after = next((one for one in later if one.index > entry.index), None)
    if after is None:
        return None
    taken = after.kind == "taken_down"
    return after.recorded_ms, after.open.get("reason", "") if taken else store.RENEWED


def _on_its_way(matter: Matter, row: store.Row) -> bool:
    """Whether this is an approved text put up a moment ago, whose entry is still to come."""
    text = text_of(matter)
    approved = text is not None and since(matter, "publish_approved", text) and not shown_since(matter, text)
    return bool(approved) and row["content"] == snapshot_of(matter).content().decode()


def _put_on_portal(entry: ledger.Entry) -> bool:
    """Whether this entry says that the public site has something: it bears its digest."""
    return entry.kind in _published_kinds() and entry.open.get("channel", PORTAL) == PORTAL


@cache
def _published_kinds() -> Mapping[str, str]:
    """The kinds of entry that name an address and a digest of what was published there, and their streams."""
    kinds = registry.dictionary().kinds.values()
    return {kind.name: kind.stream for kind in kinds if {"address", "digest"} <= set(kind.fields)}


def _check_unconfirmed(matter: Matter, rows: Sequence[store.Row]) -> Iterator[Finding]:
    """Between putting up and entering lies a moment; what then stands is what was approved."""
    for row in rows:
        if matter.last("publish_approved") is None:
            if matter.last("draw_approved") is None:
                yield _finding(matter.stream, "posting", "尚未批准公示，公示网站却有这一内容：被添加")
        elif row["content"] != snapshot_of(matter).content().decode() or row["withdrawn_ms"] is not None:
            yield _finding(matter.stream, "content", "公示网站的内容与批准的不符：被改动")


def _check_row(row: store.Row, entry: ledger.Entry, gone: tuple[int, str] | None) -> Iterator[Finding]:
    posting, content = row["posting"], row["content"]
    if sha256(str(content).encode()).hexdigest() != entry.open["digest"]:
        yield _finding(posting, "content", "公示的内容被改动，与条目中的摘要值不符")
        return
    for column, value in store.columns_of(from_content(content)).items():
        if row[column] != value:
            yield _finding(posting, column, f"公示列表的 {column} 被改动，与公示的内容不符")
    if row["posted_ms"] != entry.recorded_ms:
        yield _finding(posting, "posted_ms", "公示时间被改动，与条目不符")
    if gone is None and row["withdrawn_ms"] is not None:
        yield _finding(posting, "withdrawn_ms", "条目并未撤下，公示网站却已撤下")
    elif gone is not None and row["withdrawn_ms"] is None:
        yield _finding(posting, "withdrawn_ms", "条目已撤下，公示网站仍在显示（后台作业应在数秒内撤下）")
    elif gone is not None and (row["withdrawn_ms"], row["withdrawn_reason"]) != gone:
        yield _finding(posting, "withdrawn_ms", "撤下的时间或者理由被改动，与条目不符")
    elif gone is None and row["withdrawn_reason"]:
        yield _finding(posting, "withdrawn_reason", "没有撤下，却有撤下理由：被改动")


def _finding(posting: str, column: str, text: str) -> Finding:
    return Finding("public", f"公示网站的 {posting}", column, text, stream=posting)


def _publications(agency: str | None) -> Iterator[list[str]]:
    """The streams of which something may be published, so many at a time."""
    types = sorted(set(_published_kinds().values()))
    only, values = ("", []) if agency is None else (" AND agency = %s", [agency])
    last = ""
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id FROM ledger_stream WHERE type IN ({', '.join(['%s'] * len(types))})"
                f" AND length > 0 AND id > %s{only} ORDER BY id LIMIT %s",
                [*types, last, *values, store.POSTINGS_A_QUERY],
            )
            found: list[Any] = [row[0] for row in cursor.fetchall()]
        if not found:
            return
        yield found
        last = found[-1]


def _is_publication(posting: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT type FROM ledger_stream WHERE id = %s", [posting])
        row = cursor.fetchone()
    return row is not None and row[0] in _published_kinds().values()
