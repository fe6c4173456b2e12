"""The database itself refuses to change what is recorded, on both engines.

Refused: UPDATE, DELETE (and TRUNCATE on PostgreSQL) of what is recorded; an INSERT that is not the next one, which
also stops SQLite's INSERT OR REPLACE; anything laid under an index that the log's head already covers.
"""

from typing import Any

from django.db import migrations

FIXED = ("entry", "adoption", "receipt", "checkpoint", "cosignature", "file", "read", "destruction")
KEPT = (*FIXED, "part", "log", "stream")

# Which inserted row is refused, and why; the same conditions on both engines.
SEALED = (
    "NEW.{column} < COALESCE((SELECT size FROM ledger_log WHERE agency = NEW.agency), 9223372036854775807)"
)
NO_ENTRY = "NOT EXISTS (SELECT 1 FROM ledger_entry WHERE agency = NEW.agency AND idx = NEW.idx)"
INSERT_REFUSED = {
    "entry": [
        (
            "NEW.idx <> COALESCE((SELECT MAX(idx) + 1 FROM ledger_entry WHERE agency = NEW.agency), 0)",
            "底账：条目序号必须紧接上一条",
        ),
        (
            "NEW.number <> COALESCE((SELECT MAX(number) + 1 FROM ledger_entry WHERE stream = NEW.stream), 1)",
            "底账：卷流编号必须紧接上一条",
        ),
        (
            "NOT EXISTS (SELECT 1 FROM ledger_stream WHERE id = NEW.stream AND agency = NEW.agency)",
            "底账：条目所在的卷流不存在或不属于本机关",
        ),
    ],
    "part": [
        (SEALED.format(column="idx"), "底账：已入日志的条目不得再添内容"),
        (NO_ENTRY, "底账：内容所属的条目不存在"),
    ],
    "adoption": [
        (SEALED.format(column="idx"), "底账：已入日志的条目不得再并卷"),
        (NO_ENTRY, "底账：并卷的条目不存在"),
    ],
    "receipt": [(SEALED.format(column="first"), "底账：回执只能与条目同时产生")],
    "destruction": [(SEALED.format(column="by_idx"), "底账：销毁只能与销毁条目同时登记")],
    "checkpoint": [
        (
            "NEW.size <= COALESCE((SELECT MAX(size) FROM ledger_checkpoint WHERE agency = NEW.agency), -1)",
            "底账：检查点只能比上一个长",
        ),
        (
            "NEW.size > COALESCE((SELECT size FROM ledger_log WHERE agency = NEW.agency), -1)",
            "底账：检查点不能超过日志长度",
        ),
    ],
    "cosignature": [
        (
            "EXISTS (SELECT 1 FROM ledger_cosignature WHERE agency = NEW.agency AND size = NEW.size"
            " AND witness = NEW.witness)",
            "底账：见证签名不得替换",
        ),
        (
            "NOT EXISTS (SELECT 1 FROM ledger_checkpoint WHERE agency = NEW.agency AND size = NEW.size)",
            "底账：见证的检查点不存在",
        ),
    ],
    "read": [
        (
            "NEW.number <> COALESCE((SELECT MAX(number) + 1 FROM ledger_read WHERE agency = NEW.agency), 1)",
            "底账：查阅记录编号必须紧接上一条",
        )
    ],
    "file": [
        ("EXISTS (SELECT 1 FROM ledger_file WHERE sha256 = NEW.sha256)", "底账：文件登记不得替换"),
        (SEALED.format(column="idx"), "底账：文件只能与条目同时登记"),
    ],
    "log": [
        (
            "EXISTS (SELECT 1 FROM ledger_log WHERE agency = NEW.agency OR origin = NEW.origin)",
            "底账：机关日志不得替换",
        ),
        ("NEW.size <> 0", "底账：机关日志从零开始"),
    ],
    "stream": [
        ("EXISTS (SELECT 1 FROM ledger_stream WHERE id = NEW.id)", "底账：卷流不得替换"),
        ("NEW.length <> 0", "底账：卷流从零开始"),
    ],
}
UPDATE_REFUSED = {
    "log": [
        (
            "NEW.agency <> OLD.agency OR NEW.origin <> OLD.origin OR NEW.vkey <> OLD.vkey OR NEW.size < OLD.size",
            "底账：日志只增长，名称与公钥不变",
        )
    ],
    "stream": [
        (
            "NEW.id <> OLD.id OR NEW.agency <> OLD.agency OR NEW.type <> OLD.type OR NEW.length < OLD.length",
            "底账：卷流只增长，归属与类型不变",
        )
    ],
    "part": [
        (
            "NEW.salt IS NOT NULL OR NEW.body IS NOT NULL"
            " OR NEW.agency <> OLD.agency OR NEW.idx <> OLD.idx OR NEW.name <> OLD.name"
            " OR NOT EXISTS (SELECT 1 FROM ledger_destruction d"
            " WHERE d.agency = OLD.agency AND d.idx = OLD.idx AND d.name = OLD.name)",
            "底账：内容只增不改；依法销毁须先有销毁条目",
        )
    ],
}
CHANGE_REFUSED = "底账：只增不改，不得修改、删除；更正请另作一条"


def install(apps: Any, schema_editor: Any) -> None:
    """Write the guards for the engine at hand."""
    statements = _postgres() if schema_editor.connection.vendor == "postgresql" else _sqlite()
    for statement in statements:
        schema_editor.execute(statement, params=None)


def remove(apps: Any, schema_editor: Any) -> None:
    """Take the guards away (going back before the first release only)."""
    postgres = schema_editor.connection.vendor == "postgresql"
    for table in KEPT:
        for event in ("insert", "update", "delete", "truncate"):
            name = f"ledger_{table}_no_{event}"
            if postgres:
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {name} ON ledger_{table}", params=None)
                schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}()", params=None)
            else:
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}", params=None)


def _rules(table: str) -> dict[str, list[tuple[str, str]]]:
    always = [("TRUE", CHANGE_REFUSED)]
    return {
        "insert": INSERT_REFUSED[table],
        "update": always if table in FIXED else UPDATE_REFUSED[table],
        "delete": always,
    }


def _sqlite() -> list[str]:
    statements = []
    for table in KEPT:
        for event, refused in _rules(table).items():
            body = " ".join(f"SELECT RAISE(ABORT, '{say}') WHERE {when};" for when, say in refused)
            name = f"ledger_{table}_no_{event}"
            statements.append(
                f"CREATE TRIGGER {name} BEFORE {event.upper()} ON ledger_{table} BEGIN {body} END"
            )
    return statements


def _postgres() -> list[str]:
    statements = []
    for table in KEPT:
        for event, refused in _rules(table).items():
            checks = " ".join(
                f"IF {when} THEN RAISE EXCEPTION '{say}' USING ERRCODE = 'integrity_constraint_violation'; END IF;"
                for when, say in refused
            )
            statements += _pg_trigger(
                table, event, "ROW", checks + (" RETURN NEW;" if event != "delete" else " RETURN OLD;")
            )
        say = f"RAISE EXCEPTION '{CHANGE_REFUSED}' USING ERRCODE = 'integrity_constraint_violation'; RETURN NULL;"
        statements += _pg_trigger(table, "truncate", "STATEMENT", say)
    return statements


def _pg_trigger(table: str, event: str, per: str, body: str) -> list[str]:
    name = f"ledger_{table}_no_{event}"
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN {body} END $guard$",
        f"CREATE TRIGGER {name} BEFORE {event.upper()} ON ledger_{table} FOR EACH {per} EXECUTE FUNCTION {name}()",
        f"ALTER TABLE ledger_{table} ENABLE ALWAYS TRIGGER {name}",
    ]


class Migration(migrations.Migration):
    """Guards on every table of record."""

    dependencies = [("ledger", "0001_tables")]

    operations = [migrations.RunPython(install, remove)]
