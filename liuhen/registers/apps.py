"""Registers as a Django app."""

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    """名录."""

    name = "liuhen.registers"
    label = "registers"
    verbose_name = "名录"
