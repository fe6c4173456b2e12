"""Settings of a scratch run: databases, files and keys in a temporary folder that goes when the process ends."""

import secrets
from pathlib import Path
from tempfile import TemporaryDirectory

from liuhen.config.database import database
from liuhen.config.settings_officers import *  # noqa: F403

_FOLDER = TemporaryDirectory(prefix="liuhen-scratch-")
_ROOT = Path(_FOLDER.name)

SECRET_KEY = secrets.token_urlsafe(48)
ALLOWED_HOSTS: list[str] = []
DATABASES = {
    "default": database(f"sqlite://{_ROOT / 'officers.sqlite3'}", durability="OFF"),
    "portal": database(f"sqlite://{_ROOT / 'public.sqlite3'}", durability="OFF"),
}
LEDGER_FILES = _ROOT / "files"
LEDGER_KEYS = _ROOT / "keys"
"""Nothing here outlives the process: quick is enough, and nobody signs in."""
