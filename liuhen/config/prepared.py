"""Whether an installation was already prepared by this very program: then a start need not look at it again.

What stands in `prepared.json` of the home: a digest of the program's files, and one of the migrations that each
embedded database says were applied to it. A database brought back from a backup, or another program, is prepared anew.
"""

import json
import os
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from liuhen.config.home import CHECKOUT, Home

_NAME = "prepared.json"
_PROGRAM = Path(__file__).resolve().parent.parent
_LOCK = CHECKOUT / "requirements" / "runtime.txt"
_ELSEWHERE = ("LIUHEN_DATABASE_URL", "LIUHEN_PUBLIC_DATABASE_URL")


def is_prepared(house: Home) -> bool:
    """Whether nothing has changed since `note`. Never for databases elsewhere than in the home."""
    try:
        noted = json.loads((house.path / _NAME).read_text())
    except (OSError, ValueError):
        return False
    return _now(house) is not None and noted == _now(house)


def note(house: Home) -> None:
    """The installation has just been prepared."""
    now = _now(house)
    if now is not None:
        (house.path / _NAME).write_text(json.dumps(now) + "\n")


def _now(house: Home) -> dict[str, str] | None:
    if any(os.environ.get(name) for name in _ELSEWHERE):
        return None
    try:
        databases = {file.name: _applied(file) for file in (house.officers_database, house.public_database)}
    except sqlite3.Error:
        return None
    return {"program": _program(), **databases}


def _program() -> str:
    """The program's files by place, size and time of change, and the packages that it is locked to."""
    found = sha256(_LOCK.read_bytes() if _LOCK.exists() else b"")
    for path in sorted(_PROGRAM.rglob("*.py")):
        told = path.stat()
        found.update(f"{path.relative_to(_PROGRAM)} {told.st_size} {told.st_mtime_ns}\n".encode())
    return found.hexdigest()


def _applied(file: Path) -> str:
    """The migrations that a database says it has. Raises `sqlite3.Error` where it cannot be read."""
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        rows = connection.execute("SELECT app, name FROM django_migrations ORDER BY app, name").fetchall()
    return sha256(json.dumps(rows).encode()).hexdigest()
