"""Disclosure as a Django app."""

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """公示."""

    name = "liuhen.disclosure"
    label = "disclosure"
    verbose_name = "公示"
