"""The installation's own folder (`var/` in the checkout, or $LIUHEN_HOME): databases, files, keys."""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from liuhen.config.refusal import NotInstalled

Kind = Literal["demo", "real"]

CHECKOUT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Home:
    """Where one installation keeps its state. Nothing outside this folder is written to."""

    path: Path

    @property
    def officers_database(self) -> Path:
        """The embedded database of the officers' site."""
        return self.path / "officers.sqlite3"

    @property
    def public_database(self) -> Path:
        """The embedded database of the public site: a file of its own."""
        return self.path / "public.sqlite3"

    @property
    def files(self) -> Path:
        """The content-addressed store."""
        return self.path / "files"

    @property
    def keys(self) -> Path:
        """The keys that sign the agencies' logs; readable by the owner alone."""
        return self.path / "keys"

    @property
    def fonts(self) -> str | None:
        """The folder of an agency's own faces for documents, where somebody has put one here."""
        folder = self.path / "fonts"
        return str(folder) if folder.is_dir() else None

    @property
    def demo_accounts(self) -> Path:
        """What `liuhen run` shows of the demonstration accounts; written by `liuhen demo load`."""
        return self.path / "demo-accounts.txt"

    @property
    def kind(self) -> Kind | None:
        """Whether this is a demonstration or a real installation; None before either was made."""
        marker = self.path / "installation.json"
        if not marker.exists():
            return None
        kind: Kind = json.loads(marker.read_text())["kind"]
        return kind

    def found(self, kind: Kind) -> None:
        """Make the folders, the secrets and the mark of what this installation is. Safe to repeat."""
        for folder in (self.path, self.files, self.keys):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for site in ("officers", "public"):
            write_secret(self.path / f"secret-{site}")
        marker = self.path / "installation.json"
        if not marker.exists():
            marker.write_text(json.dumps({"kind": kind}) + "\n")

    def require(self) -> None:
        """Raises `NotInstalled` before the installation was made."""
        if self.kind is None:
            raise NotInstalled(f"{self.path} 还没有安装：请先运行 liuhen init（演示：make run）")

    def secret(self, site: Literal["officers", "public"]) -> str | None:
        """A site's secret key, or None before the installation was made."""
        file = self.path / f"secret-{site}"
        return file.read_text().strip() if file.exists() else None


def write_secret(file: Path) -> None:
    """A new random secret, readable by the owner alone; one that is there stays."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as out:
        out.write(secrets.token_urlsafe(48) + "\n")


def home() -> Home:
    """The installation that this process serves."""
    given = os.environ.get("LIUHEN_HOME")
    if given:
        return Home(Path(given).resolve())
    base = CHECKOUT if (CHECKOUT / "pyproject.toml").exists() else Path.cwd()
    return Home(base / "var")
