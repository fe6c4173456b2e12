"""The record as a Django app."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """卷宗底账: streams, entries, the agencies' logs."""

    name = "liuhen.ledger"
    label = "ledger"
    verbose_name = "底账"
    default_auto_field = "django.db.models.BigAutoField"
