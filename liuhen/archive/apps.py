"""The archive as a Django app."""

from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    """档案."""

    name = "liuhen.archive"
    label = "archive"
    verbose_name = "档案"
