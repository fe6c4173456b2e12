"""The officers' site of one installation."""

from liuhen.config import environment
from liuhen.config.database import database
from liuhen.config.home import home
from liuhen.config.settings_officers import *  # noqa: F403

SECRET_KEY = environment.officers_secret()
ALLOWED_HOSTS = environment.hosts()
CSRF_TRUSTED_ORIGINS = environment.trusted_origins()
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = environment.https()
DATABASES = {
    "default": database(environment.officers_database()),
    "portal": database(environment.public_database()),
}
LEDGER_FILES = home().files
LEDGER_KEYS = home().keys
LAW_LIBRARY = home().path / "library"
FONT_DIR = home().fonts
DOCUMENT_CACHE = home().path / "cache" / "documents"
