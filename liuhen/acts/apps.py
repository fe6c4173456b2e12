"""The door as a Django app."""

from django.apps import AppConfig


class ActsConfig(AppConfig):
    """办理."""

    name = "liuhen.acts"
    label = "acts"
    verbose_name = "办理"
