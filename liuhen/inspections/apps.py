"""Inspections as a Django app."""

from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    """检查."""

    name = "liuhen.inspections"
    label = "inspections"
    verbose_name = "检查"
