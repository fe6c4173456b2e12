"""The public site: its own process and its own database, and no other room of the house."""

from liuhen.config import environment
from liuhen.config.database import database
from liuhen.config.settings_common import *  # noqa: F403

SECRET_KEY = environment.public_secret()
ALLOWED_HOSTS = environment.hosts()
CSRF_TRUSTED_ORIGINS = environment.trusted_origins()
CSRF_COOKIE_SECURE = environment.https()
CSRF_COOKIE_NAME = "liuhen_public_csrf"
CSRF_COOKIE_HTTPONLY = True
INSTALLED_APPS = ["django.contrib.staticfiles", "csp", "liuhen.portal"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
]
ROOT_URLCONF = "liuhen.config.urls_public"
WSGI_APPLICATION = "liuhen.config.wsgi_public.application"
DATABASES = {"default": database(environment.public_database())}
