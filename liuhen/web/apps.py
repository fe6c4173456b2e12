"""The officers' site as a Django application; it keeps no tables."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """执法人员使用的网站."""

    name = "liuhen.web"
    label = "web"
