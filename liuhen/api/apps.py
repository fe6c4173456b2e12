"""The JSON interface as a Django app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """接口."""

    name = "liuhen.api"
    label = "api"
    verbose_name = "接口"
