"""The officers' site as a WSGI application; refuses to start on a database that may lose records."""

import os
import threading

from django.core.wsgi import get_wsgi_application

from liuhen.config.storage import require_safe_storage

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liuhen.config.settings")
application = get_wsgi_application()
require_safe_storage("default", "portal")

from liuhen.config.wiring import settle  # noqa: E402 (needs Django set up)

_SETTLE_AFTER_SECONDS = 10.0
"""When the start is over: what is read in then must not slow it."""

_settling = threading.Timer(_SETTLE_AFTER_SECONDS, settle)
_settling.daemon = True
_settling.start()
