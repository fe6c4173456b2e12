"""Settings under which the suite runs: databases are handed out by the fixtures, without syncing to disk."""

import os
from pathlib import Path
from tempfile import gettempdir

from liuhen.config.database import database
from liuhen.config.settings_officers import *  # noqa: F403

SECRET_KEY = "a key for tests, worth nothing"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATABASES = {
    "default": database("sqlite::memory:", durability="OFF"),
    "portal": database("sqlite::memory:", durability="OFF"),
}

_SCRATCH = Path(gettempdir()) / f"liuhen-tests-{os.getuid()}"
LEDGER_FILES = _SCRATCH / "files"
LEDGER_KEYS = _SCRATCH / "keys"
