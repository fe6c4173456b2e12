"""Agencies and people as a Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """机关和人员."""

    name = "liuhen.accounts"
    label = "accounts"
    verbose_name = "机关和人员"
