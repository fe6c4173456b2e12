"""The program refuses a database that may lose what was answered, and names what is wrong."""

import pytest
from django.db import connection

from liuhen.config.refusal import UnsafeStorage
from liuhen.config.storage import require_safe_storage, storage_faults
from tests.databases import Settings


@pytest.mark.parametrize(
    ("weaker", "named"),
    [
        ("PRAGMA synchronous=NORMAL", "synchronous 为 NORMAL"),
        ("PRAGMA synchronous=OFF", "synchronous 为 OFF"),
        ("PRAGMA journal_mode=DELETE", "journal_mode 为 delete"),
        ("PRAGMA foreign_keys=OFF", "foreign_keys 为 0"),
        ("PRAGMA recursive_triggers=OFF", "recursive_triggers 为 0"),
        ("PRAGMA trusted_schema=ON", "trusted_schema 为 1"),
    ],
)
def test_each_weakness_is_named(durable_database: Settings, weaker: str, named: str) -> None:
    require_safe_storage("default", "portal")
    with connection.cursor() as cursor:
        cursor.execute(weaker)
    assert [fault for fault in storage_faults() if named in fault]
    with pytest.raises(UnsafeStorage, match="拒绝启动"):
        require_safe_storage("default")


def test_deferred_transactions_are_named(durable_database: Settings) -> None:
    connection.settings_dict["OPTIONS"] = {
        **connection.settings_dict["OPTIONS"],
        "transaction_mode": "DEFERRED",
    }
    assert "transaction_mode" in storage_faults()[0]


def test_the_suite_itself_runs_on_what_an_installation_refuses(fresh_database: Settings) -> None:
    needed = "synchronous" if connection.vendor == "sqlite" else "fsync"
    assert any(needed in fault for fault in storage_faults())
