"""The officers' site as a WSGI application; refuses to start on a database that may lose records."""

import os

from django.core.wsgi import get_wsgi_application

from liuhen.config.storage import require_safe_storage

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liuhen.config.settings")
application = get_wsgi_application()
require_safe_storage("default", "portal")
