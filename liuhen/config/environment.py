"""What an administrator may set from outside, read in one place.

LIUHEN_HOME             the installation's folder (default: var/ in the checkout)
LIUHEN_DATABASE_URL     the officers' database (default: officers.sqlite3 in the home)
LIUHEN_PUBLIC_DATABASE_URL  the public site's database (default: public.sqlite3 in the home)
LIUHEN_HOSTS            host names served besides this machine's own, by comma
LIUHEN_PUBLIC_URL       where people reach the public site (default: http://127.0.0.1:8001/)
LIUHEN_TIMESTAMP_URL    the time-stamp authority (RFC 3161) asked when a document is sealed (default: none)
LIUHEN_SEAL_SERVICE     a program that has a document sealed by a service: PDF in, PDF out (default: none)
LIUHEN_DICTATION        a program that makes speech into text: sound in, text out (default: none)
LIUHEN_HTTPS            1 when served behind HTTPS: cookies are then sent over it alone
"""

import os
import shlex

from liuhen.config.home import home

LOCAL_HOSTS = ["127.0.0.1", "localhost", "[::1]"]


def hosts() -> list[str]:
    """Host names that are answered."""
    given = os.environ.get("LIUHEN_HOSTS", "")
    return [*LOCAL_HOSTS, *filter(None, (name.strip() for name in given.split(",")))]


def https() -> bool:
    """Whether people reach the site over HTTPS."""
    return os.environ.get("LIUHEN_HTTPS") == "1"


def trusted_origins() -> list[str]:
    """Origins whose forms are taken, where a proxy ends the HTTPS."""
    return [f"https://{name}" for name in hosts() if name not in LOCAL_HOSTS] if https() else []


def officers_database() -> str:
    """The address of the officers' database."""
    return os.environ.get("LIUHEN_DATABASE_URL") or f"sqlite://{home().officers_database}"


def public_database() -> str:
    """The address of the public site's database."""
    return os.environ.get("LIUHEN_PUBLIC_DATABASE_URL") or f"sqlite://{home().public_database}"


def public_url() -> str:
    """The root of the public site, as people type it."""
    return os.environ.get("LIUHEN_PUBLIC_URL", "http://127.0.0.1:8001/").rstrip("/") + "/"


def timestamp_url() -> str:
    """The time-stamp authority; empty where none is set."""
    return os.environ.get("LIUHEN_TIMESTAMP_URL", "").strip()


def dictation() -> list[str]:
    """The command that makes speech into text; empty where none is set."""
    return shlex.split(os.environ.get("LIUHEN_DICTATION", ""))


def seal_service() -> list[str]:
    """The command that has a document sealed by a government's service; empty where none is set."""
    return shlex.split(os.environ.get("LIUHEN_SEAL_SERVICE", ""))


def officers_secret() -> str:
    """The officers' site's secret key; empty (which Django refuses) before there is an installation."""
    return home().secret("officers") or ""


def public_secret() -> str:
    """The public site's secret key; empty (which Django refuses) before there is an installation."""
    return home().secret("public") or ""
