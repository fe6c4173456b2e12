"""The wiring as Django's last application: when it is ready, the house is."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.core import checks

from liuhen.config.demo_clock import installed_clock
from liuhen.config.home import home
from liuhen.config.storage import storage_faults

WIRING = "liuhen.config.wiring"


class HouseConfig(AppConfig):
    """Wires the rooms together and watches over the storage."""

    name = "liuhen.config"
    label = "house"

    def ready(self) -> None:
        """Hand down what lower rooms need from higher ones."""
        wiring = import_module(WIRING)  # by name: it reads models, which are there only from here on
        wiring.wire()
        if home().kind is not None:
            wiring.go_by(installed_clock(home()))


@checks.register(checks.Tags.database)
def storage(databases: Sequence[str] | None = None, **kwargs: Any) -> list[checks.Error]:
    """`check --database default` names whatever is set too weakly."""
    return [
        checks.Error(fault, id="liuhen.E001") for alias in databases or [] for fault in storage_faults(alias)
    ]
