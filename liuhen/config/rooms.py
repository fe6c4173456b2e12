"""The rooms that keep tables, from the bottom up, and where each one's tables live."""

from typing import Any

from django.db.models import Model

PORTAL = "liuhen.portal"
ROOMS = [
    "liuhen.ledger",
    PORTAL,
    "liuhen.acts",
    "liuhen.accounts",
    "liuhen.registers",
    "liuhen.documents",
    "liuhen.recordings",
    "liuhen.inspections",
    "liuhen.claims",
    "liuhen.scans",
    "liuhen.cases",
    "liuhen.review",
    "liuhen.disclosure",
    "liuhen.archive",
    "liuhen.oversight",
    "liuhen.web",
    "liuhen.api",
    "liuhen.config",
]


class PortalRouter:
    """Inside, the portal's tables are reached under the alias `portal`; other tables stay out of it."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        """Where the portal's rows are read."""
        return "portal" if model._meta.app_label == "portal" else None

    def db_for_write(self, model: type[Model], **hints: Any) -> str | None:
        """Where the portal's rows are written."""
        return self.db_for_read(model)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """The portal's tables in its own database and nowhere else."""
        return (app_label == "portal") == (db == "portal")
