"""The documents as a Django app."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """官方文书: counters of document numbers, and drafts."""

    name = "liuhen.documents"
    label = "documents"
    verbose_name = "文书"
    default_auto_field = "django.db.models.BigAutoField"
