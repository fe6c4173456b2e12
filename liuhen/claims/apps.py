"""Claims as a Django app."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """违规明细."""

    name = "liuhen.claims"
    label = "claims"
    verbose_name = "违规明细"
