"""The public site as a WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

from liuhen.config.storage import require_safe_storage

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liuhen.config.settings_public")
application = get_wsgi_application()
require_safe_storage("default")
