"""Verification of the guards: the triggers that refuse to change what is recorded stand and are switched on."""

from collections.abc import Iterator

from django.db import connection

from liuhen.ledger.findings import Finding

_KEPT = (
    *("entry", "adoption", "receipt", "checkpoint", "cosignature", "file", "read", "destruction"),
    *("part", "log", "stream"),
)
"""The tables of record, each with its guards (migration 0002)."""
_EVENTS = {"sqlite": ("insert", "update", "delete"), "postgresql": ("insert", "update", "delete", "truncate")}
_STANDING = {
    "sqlite": "SELECT name, 1, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'ledger_%%'",
    "postgresql": "SELECT t.tgname, CASE t.tgenabled WHEN 'A' THEN 1 ELSE 0 END, p.prosrc FROM pg_trigger t"
    " JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal AND t.tgname LIKE 'ledger_%%'"
    " AND t.tgrelid = to_regclass(split_part(t.tgname, '_no_', 1))",
}


def check_guards() -> Iterator[Finding]:
    """Guards that were dropped, switched off or made harmless."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDING[connection.vendor], [])
        standing = {name: (bool(on), str(text)) for name, on, text in cursor.fetchall()}
    refusing = "RAISE(ABORT" if connection.vendor == "sqlite" else "RAISE EXCEPTION"
    for table in _KEPT:
        for event in _EVENTS[connection.vendor]:
            name = f"ledger_{table}_no_{event}"
            on, text = standing.get(name, (False, ""))
            if not on or refusing not in text:
                said = "被删除" if name not in standing else "被停用或者改动"
                yield Finding("guard", f"表 ledger_{table}", event, f"拒绝改动的触发器 {name} {said}")
