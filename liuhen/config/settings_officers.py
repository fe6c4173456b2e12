"""The officers' site, whatever its installation: rooms, sign-in, middleware. Names no database."""

from datetime import timedelta

from liuhen.config import environment
from liuhen.config.rooms import ROOMS
from liuhen.config.settings_common import *  # noqa: F403
from liuhen.config.settings_common import TEMPLATES

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    *ROOMS,
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "axes.middleware.AxesMiddleware",
]
PUBLIC_URL = environment.public_url()
TIMESTAMP_URL = environment.timestamp_url()
ROOT_URLCONF = "liuhen.config.urls"
WSGI_APPLICATION = "liuhen.config.wsgi.application"
DATABASE_ROUTERS = ["liuhen.config.rooms.PortalRouter"]
TEMPLATES[0]["OPTIONS"] = {
    "context_processors": [
        "django.template.context_processors.request",
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
        "liuhen.web.context.shell",
    ]
}

AUTH_USER_MODEL = "accounts.Officer"
AUTH_USER_MODEL = "accounts.Officer"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_HTTP_RESPONSE_CODE = 429
AXES_COOLOFF_MESSAGE = "连续多次登录失败，账号已暂时锁定，请15分钟后再试，或者请本机关管理员解锁"
AXES_LOCKOUT_CALLABLE = "liuhen.web.views.sign.locked"
AXES_PERMALOCK_MESSAGE = "连续多次登录失败，账号已锁定，请本机关管理员解锁"

DATA_UPLOAD_MAX_MEMORY_SIZE = (
    10 * 1024**2
)  # a form of long texts, each Chinese character nine bytes on its way
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # two thousand rows of a list

LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
CSRF_FAILURE_VIEW = "liuhen.web.errors.csrf_failed"

SESSION_COOKIE_NAME = "liuhen_session"
SESSION_COOKIE_AGE = 10 * 3600  # a working day
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "liuhen_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
