"""Whether a database keeps what it was told: an act that is answered must survive a power cut."""

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from liuhen.config.refusal import UnsafeStorage

_SYNC_LEVELS = {"0": "OFF", "1": "NORMAL", "2": "FULL", "3": "EXTRA"}
_SQLITE_NEEDS: dict[str, set[str]] = {
    "journal_mode": {"wal"},
    "synchronous": {"FULL", "EXTRA"},
    "foreign_keys": {"1"},
    "recursive_triggers": {"1"},
    "trusted_schema": {"0"},
}
_POSTGRESQL_NEEDS: dict[str, set[str]] = {
    "fsync": {"on"},
    "full_page_writes": {"on"},
    "synchronous_commit": {"on", "remote_write", "remote_apply"},
    "default_transaction_isolation": {"read committed"},
}


def storage_faults(alias: str = "default") -> list[str]:
    """What is set too weakly on a database, one Chinese sentence each; nothing when all holds."""
    connection = connections[alias]
    needs = _SQLITE_NEEDS if connection.vendor == "sqlite" else _POSTGRESQL_NEEDS
    faults = []
    for name, good in needs.items():
        value = _setting(connection, name)
        if value not in good:
            faults.append(f"数据库“{alias}”的 {name} 为 {value}，应为 {' 或 '.join(sorted(good))}")
    if (
        connection.vendor == "sqlite"
        and connection.settings_dict["OPTIONS"].get("transaction_mode") != "IMMEDIATE"
    ):
        faults.append(f"数据库“{alias}”的 transaction_mode 应为 IMMEDIATE")
    return faults


def require_safe_storage(*aliases: str) -> None:
    """Refuse to go on with a database that may lose what was answered. Raises `UnsafeStorage`."""
    faults = [fault for alias in aliases for fault in storage_faults(alias)]
    if faults:
        raise UnsafeStorage("；".join(faults) + "。为免已确认的记录丢失，拒绝启动")


def _setting(connection: BaseDatabaseWrapper, name: str) -> str:
    statement = f"PRAGMA {name}" if connection.vendor == "sqlite" else f"SHOW {name}"
    with connection.cursor() as cursor:
        cursor.execute(statement)
        row: tuple[Any, ...] | None = cursor.fetchone()
    value = str(row[0]) if row else ""
    return _SYNC_LEVELS.get(value, value) if name == "synchronous" else value
