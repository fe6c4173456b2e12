"""A database address in one line becomes Django's setting; the embedded one keeps what it is told."""

import pytest

from liuhen.config.database import database


@pytest.mark.parametrize("address", ["sqlite:///var/x.sqlite3", "sqlite:/var/x.sqlite3", "/var/x.sqlite3"])
def test_sqlite(address: str) -> None:
    own = database(address)
    assert own["NAME"] == "/var/x.sqlite3"
    assert own["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "recursive_triggers=ON", "trusted_schema=OFF"):
        assert f"PRAGMA {pragma}" in own["OPTIONS"]["init_command"]


def test_postgresql() -> None:
    own = database("postgresql://li%75:p%40ss@db.example:5433/liuhen?sslmode=require&schema=portal")
    assert (own["NAME"], own["USER"], own["PASSWORD"], own["HOST"], own["PORT"]) == (
        "liuhen", "liu", "p@ss", "db.example", "5433",
    )  # fmt: skip
    assert own["OPTIONS"]["sslmode"] == "require"
    assert own["OPTIONS"]["options"] == "-c search_path=portal"
    assert own["OPTIONS"]["pool"]["max_size"] > 1


def test_a_socket_and_no_pool() -> None:
    own = database("postgresql://postgres@/postgres?host=/tmp/pg&pool=no")
    assert own["HOST"] == "/tmp/pg"  # noqa: S108
    assert "pool" not in own["OPTIONS"]


def test_another_engine_is_refused_in_chinese() -> None:
    with pytest.raises(ValueError, match="不认识"):
        database("mysql://root@localhost/x")
