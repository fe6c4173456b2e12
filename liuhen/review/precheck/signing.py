"""执法证和签名: valid on each day of signing; nobody's signature left out."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from liuhen.accounts.models import Certificate
from liuhen.acts import registry
from liuhen.kernel.clock import format_date, local_date
from liuhen.ledger import Entry
from liuhen.review.precheck.found import Finding, Looked, Standing, Unchecked, called, table

_MS_PER_MINUTE = 60_000
_CERTIFICATES, _SIGNATURES = "certificates", "signatures"


def certificates(standing: Standing, now_ms: int) -> Looked:
    """Whoever acted or signed held a certificate on that very day, as frozen then and as the register has it now."""
    held = _held(standing.matter.agency)
    outside: dict[str, None] = {}
    for entry in standing.entries:
        for officer in _officers(entry):
            for day in _days(entry, officer):
                if says := _valid(officer, held.get(officer.get("id", "")), day):
                    yield Finding(
                        _CERTIFICATES,
                        f"{called(entry)}：{officer['name']}{format_date(day)}{says}",
                        (entry.id,),
                    )
            if officer.get("id") not in held and officer.get("certificate"):
                outside[officer["name"]] = None
    if outside:
        yield Unchecked("执法证", f"{'、'.join(outside)}不在本机关名册，证件只按记录里写的核对")


Spans = list[tuple[date, date]]


def _held(agency: str) -> dict[str, Spans]:
    found: dict[str, Spans] = {}
    for one in Certificate.objects.filter(agency_id=agency):
        found.setdefault(one.officer_id, []).append((one.valid_from, one.valid_to))
    return found


def _officers(entry: Entry) -> Iterator[Mapping[str, Any]]:
    kind = registry.dictionary().kinds.get(entry.kind)
    for name in table()["certified"]:
        if kind and name in kind.fields and kind.fields[name].type == "officers":
            yield from entry.open.get(name) or ()


def _days(entry: Entry, officer: Mapping[str, Any]) -> list[date]:
    """The days on which he acted and signed."""
    days = {local_date(entry.happened_ms)}
    for row in _signed(entry):
        if row.get("who") in table()["certified_signers"] and row.get("name") == officer["name"]:
            days |= {local_date(int(row["at"]))} if row.get("at") else set()
    return sorted(days)


def _valid(officer: Mapping[str, Any], held: Spans | None, day: date) -> str:
    if not officer.get("certificate"):
        return "没有执法证"
    if str(officer.get("valid_to", "")) < day.isoformat():
        return f"的执法证已过期（有效至{officer.get('valid_to')}）"
    if held is not None and not any(first <= day <= last for first, last in held):
        return "没有有效的执法证（名册）"
    return ""


def signatures(standing: Standing, now_ms: int) -> Looked:
    """Every officer named in a record signed it, and so did the other side or its refusal is noted."""
    for entry in standing.entries:
        rows = list(_signed(entry))
        if entry.kind in table()["signed_by_officers"]:
            names = {row.get("name") for row in rows}
            lacking = [one["name"] for one in _officers(entry) if one["name"] not in names]
            if lacking:
                yield Finding(_SIGNATURES, f"{called(entry)}缺少{'、'.join(lacking)}的签名", (entry.id,))
        if entry.kind in table()["signed_by_both"]:
            officers = {one["name"] for one in _officers(entry)}
            if not any(row.get("name") not in officers or row.get("refused") for row in rows):
                yield Finding(
                    _SIGNATURES, f"{called(entry)}没有当事人一方的签名，也没有注明拒签", (entry.id,)
                )
        yield from _dated(entry, rows)
    yield Unchecked("纸上的签名", "扫描件上的手写签名：机器不辨认笔迹，只核对登记的签名")


def _dated(entry: Entry, rows: list[Mapping[str, Any]]) -> Iterator[Finding]:
    """Signed after it was entered: a signature filled in later."""
    for row in rows:
        at = row.get("at")
        if isinstance(at, int) and at >= entry.recorded_ms + _MS_PER_MINUTE:
            yield Finding(
                _SIGNATURES, f"{called(entry)}：{row.get('name')}的签名时间晚于登记时间", (entry.id,)
            )


def _signed(entry: Entry) -> Iterator[Mapping[str, Any]]:
    kind = registry.dictionary().kinds.get(entry.kind)
    for name, spec in kind.fields.items() if kind else ():
        if spec.type == "signatures":
            yield from entry.open.get(name) or ()
