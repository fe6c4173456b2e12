"""A database address as one line, and what the embedded database must hold to.

`sqlite:///path` (or just a path) and `postgresql://user:password@host:port/name?schema=…`;
a Unix socket is `?host=/folder`.
"""

from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qs, unquote, urlsplit

from liuhen.config.refusal import WrongAddress

Durability = Literal["FULL", "OFF"]

LOCK_WAIT_SECONDS = 20
LOG_PAGES = 16_000
"""So long (64 MB) the write-ahead log gets before it is worked into the embedded database: rarely, many at once."""
PAGES_KEPT_KB = 16_000
"""Of the embedded database, kept in memory by each connection: what a few hundred matters need."""
POOL = {"min_size": 1, "max_size": 8, "timeout": 10}


def database(address: str, *, durability: Durability = "FULL") -> dict[str, Any]:
    """Django's setting for an address. Raises `WrongAddress` for one it does not know."""
    scheme = address.split(":", 1)[0] if ":" in address else "sqlite"
    if scheme in ("postgresql", "postgres"):
        return _postgresql(address)
    if scheme != "sqlite":
        raise WrongAddress(
            f"数据库地址“{scheme}:…”不认识：请写 sqlite:///路径 或 postgresql://用户:密码@主机/库名"
        )
    return _sqlite(address.removeprefix("sqlite://").removeprefix("sqlite:"), durability)


def _sqlite(path: str, durability: Durability) -> dict[str, Any]:
    pragmas = ["journal_mode=WAL", f"synchronous={durability}", "recursive_triggers=ON", "trusted_schema=OFF"]
    pragmas += [f"cache_size=-{PAGES_KEPT_KB}", f"wal_autocheckpoint={LOG_PAGES}"]
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(Path(path)),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": LOCK_WAIT_SECONDS,
            "init_command": ";".join(f"PRAGMA {pragma}" for pragma in ["foreign_keys=ON", *pragmas]),
        },
    }


def _postgresql(address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    options: dict[str, Any] = {}
    if schema := query.pop("schema", None):
        options["options"] = f"-c search_path={schema}"
    if query.pop("pool", "yes") != "no":
        options["pool"] = dict(POOL)
    host = query.pop("host", None) or parts.hostname or ""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(host),
        "PORT": str(parts.port or ""),
        "OPTIONS": {**options, **query},
    }
