"""The public site as a Django application."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """公示网站."""

    name = "liuhen.portal"
    label = "portal"
    verbose_name = "公示"
