"""The public site's process holds the portal and no other room, and answers no other address."""

import json
import os
import subprocess
import sys
from pathlib import Path

from liuhen.config.home import Home
from tests.guards.source import ROOT

ALLOWED = {"portal", "kernel", "config"}
CODE = """
import json, sys
from liuhen.config.wsgi_public import application
from django.conf import settings
from django.urls import get_resolver
get_resolver().url_patterns
rooms = sorted({name.split(".")[1] for name in sys.modules if name.startswith("liuhen.")})
config = sorted(name for name in sys.modules if name.startswith("liuhen.config."))
print(json.dumps({"rooms": rooms, "config": config, "apps": settings.INSTALLED_APPS,
                  "databases": {alias: str(own["NAME"]) for alias, own in settings.DATABASES.items()}}))
"""


def test_no_other_room_is_loaded(tmp_path: Path) -> None:
    Home(tmp_path).found("real")
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    environment |= {"LIUHEN_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", CODE], capture_output=True, text=True, check=False, env=environment, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert set(seen["rooms"]) <= ALLOWED
    assert not {"liuhen.config.wiring", "liuhen.config.rooms", "liuhen.config.urls"} & set(seen["config"])
    assert [app for app in seen["apps"] if app.startswith("liuhen.")] == ["liuhen.portal"]
    assert seen["databases"] == {"default": str(tmp_path / "public.sqlite3")}
