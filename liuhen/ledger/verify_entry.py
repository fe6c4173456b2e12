"""Verification of one entry: its header and columns, the chain, its parts, files, adoptions, destruction orders."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection

from liuhen.ledger import merkle
from liuhen.ledger.canonical import canonical
from liuhen.ledger.entry import FORMAT, commitment, file_references
from liuhen.ledger.errors import NotCanonical
from liuhen.ledger.findings import Finding, blob
from liuhen.ledger.verify_rows import Row, Side

_HEADER_OF_COLUMN = {
    "agency": "agency",
    "idx": "index",
    "stream": "stream",
    "number": "number",
    "kind": "kind",
    "happened": "happened",
    "recorded": "recorded",
    "actor": "actor",
}
_TYPES: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("agency", "stream", "stream_type", "kind", "actor", "act", "key"), str),
    **dict.fromkeys(("v", "index", "number", "kind_version", "happened", "recorded"), int),
    **dict.fromkeys(("previous", "pack", "supersedes"), (str, type(None))),
    "parts": dict,
}


def check_header(row: Row) -> tuple[dict[str, Any], bytes, list[Finding]]:
    """The decoded header (empty when it is not one), the leaf that the tree is to take, and what is wrong."""
    header = _decode(row.header)
    computed = merkle.leaf_hash(row.header)
    if computed != row.leaf:
        if _expected_by_successor(row) == computed:
            return header, computed, [row.finding("entry", "leaf", "叶哈希被改动，与首部不符")]
        return {}, row.leaf, [row.finding("entry", "header", "首部被改动，与叶哈希不符")]
    found = []
    if not header:
        found.append(row.finding("entry", "header", "首部不是规范的条目首部"))
    for column, key in _HEADER_OF_COLUMN.items():
        if header and getattr(row, column) != header[key]:
            found.append(row.finding("entry", column, f"{column} 列被改动，与首部的 {key} 不符"))
    if header and (header["previous"] or "") != row.before.hex() and not _previous_explained(row, header):
        found.append(row.finding("entry", "previous", "与本卷流上一条的链接断开：上一条被改动、删除或替换"))
    return header, computed, found


def check_parts(row: Row, header: dict[str, Any], side: Side) -> Iterator[Finding]:
    """Each part is what the header committed to, or was destroyed by an order."""
    stored = side.parts.get(row.idx, {})
    committed = header.get("parts", {})
    if not header:
        return
    for name in stored.keys() - committed.keys():
        yield row.finding("part", "name", f"“{name}”部分不是本条原有的内容")
    for name, digest in committed.items():
        if name not in stored:
            yield row.finding("part", "name", f"“{name}”部分缺失：已被删除或改名")
            continue
        salt, body = stored[name]
        if salt is None and body is None:
            if name not in side.destroyed.get(row.idx, set()):
                yield row.finding("part", "body", f"“{name}”部分已不在，却没有销毁条目")
        elif commitment(blob(salt), blob(body)) != digest:
            yield row.finding("part", "body", f"“{name}”部分的内容或盐被改动，与首部的承诺值不符")
        else:
            yield from _check_references(row, blob(body))


def check_links(row: Row, header: dict[str, Any], side: Side) -> Iterator[Finding]:
    """Adoptions and destruction orders: rows and header say the same."""
    if not header:
        return
    told = {(str(header["stream"]), adopted) for adopted in header.get("adopts", ())}
    for _, adopted in side.adoptions.pop(row.idx, set()) ^ told:
        yield row.finding("adoption", "adopted", f"并入 {adopted} 的登记与条目不符：被改动、删除或添加")
    orders = {(item["entry"], item["part"]) for item in header.get("destroys", ())}
    for target, part in side.orders.pop(row.idx, set()) ^ orders:
        yield row.finding("destruction", "name", f"销毁 {target} 的“{part}”部分的登记与条目不符")


def _decode(data: bytes) -> dict[str, Any]:
    """The header, or nothing when the bytes are not a header in canonical form."""
    try:
        header = json.loads(data)
        return header if _well_formed(header) and canonical(header) == data else {}
    except (ValueError, RecursionError, NotCanonical):
        return {}


def _well_formed(header: Any) -> bool:
    return (
        isinstance(header, dict)
        and all(isinstance(header.get(key, ...), kind) for key, kind in _TYPES.items())
        and header["v"] == FORMAT
        and all(isinstance(digest, str) for digest in header["parts"].values())
        and _all_are(header.get("adopts", []), lambda item: isinstance(item, str))
        and _all_are(header.get("destroys", []), lambda item: set(item) == {"entry", "part"})
    )


def _all_are(values: Any, good: Callable[[Any], bool]) -> bool:
    try:
        return isinstance(values, list) and all(good(item) for item in values)
    except TypeError:
        return False


def _expected_by_successor(row: Row) -> bytes:
    """What the next entry of the stream, or the stream's head, says this entry's leaf hash is."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT header FROM ledger_entry WHERE stream = %s AND number = %s", [row.stream, row.number + 1]
        )
        after = cursor.fetchone()
        if after is not None:
            return _from_hex(_decode(blob(after[0])).get("previous"))
        cursor.execute("SELECT head FROM ledger_stream WHERE id = %s", [row.stream])
        head = cursor.fetchone()
    return blob(head[0]) if head else b""


def _from_hex(text: str | None) -> bytes:
    """The bytes of hexadecimal text; nothing for what is not."""
    try:
        return bytes.fromhex(text or "")
    except ValueError:
        return b""


def _previous_explained(row: Row, header: dict[str, Any]) -> bool:
    """Is it the leaf column of the entry before that was changed (named there), not the chain?"""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT header FROM ledger_entry WHERE stream = %s AND number = %s",
            [header["stream"], header["number"] - 1],
        )
        before = cursor.fetchone()
    return before is not None and merkle.leaf_hash(blob(before[0])).hex() == header["previous"]


def _check_references(row: Row, body: bytes) -> Iterator[Finding]:
    """Every file that a part names is registered with the same SM3 and size."""
    if b'"sha256"' not in body:
        return
    for reference in file_references(json.loads(body)):
        with connection.cursor() as cursor:
            cursor.execute("SELECT sm3, size FROM ledger_file WHERE sha256 = %s", [reference["sha256"]])
            stored = cursor.fetchone()
        name = f"“{reference['name']}”（{reference['sha256']}）"
        if stored is None:
            yield row.finding("file", "sha256", f"所附文件{name}没有登记：登记被删除或改动")
            continue
        for column, value in zip(("sm3", "size"), stored, strict=True):
            if value != reference[column]:
                yield row.finding("file", column, f"所附文件{name}的登记 {column} 被改动，与条目不符")
