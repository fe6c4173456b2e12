"""A scratch database: made ready once, put back to that state before each scenario. Embedded database only."""

import shutil
from pathlib import Path

from django.core.management import call_command
from django.db import connections

from liuhen.ledger.signed import forget_signed
from liuhen.oversight.scenarios import prepare

ALIASES = ("default", "portal")


class Scratch:
    """The databases of the settings in use, with agencies and people; `renew` undoes whatever was played."""

    def __init__(self) -> None:
        for alias in ALIASES:
            call_command("migrate", database=alias, verbosity=0, interactive=False)
        prepare()
        connections.close_all()
        for file in self._files():
            shutil.copy(file, _kept(file))

    def renew(self) -> None:
        """Back to how it was made."""
        connections.close_all()
        for file in self._files():
            for left in file.parent.glob(f"{file.name}-*"):
                left.unlink()
            shutil.copy(_kept(file), file)
        forget_signed()  # what the last scenario signed is no part of this one

    def _files(self) -> list[Path]:
        return [Path(str(connections[alias].settings_dict["NAME"])) for alias in ALIASES]


def _kept(file: Path) -> Path:
    return file.with_suffix(".prepared")
