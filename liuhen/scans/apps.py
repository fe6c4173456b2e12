"""Scans as a Django app."""

from django.apps import AppConfig


class ScansConfig(AppConfig):
    """扫描件."""

    name = "liuhen.scans"
    label = "scans"
    verbose_name = "扫描件"
