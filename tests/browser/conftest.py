"""A running site for the browser: the real application in a thread, on a copy of the database of its own."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.test import override_settings
from django.urls import clear_url_caches
from playwright.sync_api import Page
from pytest_django.plugin import DjangoDbBlocker

from tests.databases import SqliteDatabases, handed_out
from tests.factories.people import PASSWORD

Serve = Callable[[str], str]


class _Quiet(WSGIRequestHandler):
    """Requests are not worth a line each."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def site(sqlite: SqliteDatabases, django_db_blocker: DjangoDbBlocker) -> Iterator[Serve]:
    """Serve an urlconf (`liuhen.config.urls`, `liuhen.config.urls_public`); gives the address."""
    with ExitStack() as stack:
        stack.enter_context(django_db_blocker.unblock())
        stack.enter_context(handed_out(sqlite.fresh()))

        def serve(urlconf: str) -> str:
            stack.enter_context(override_settings(ROOT_URLCONF=urlconf))
            clear_url_caches()
            server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet)
            server.set_app(get_wsgi_application())
            thread = threading.Thread(target=server.serve_forever, daemon=True)
            thread.start()
            stack.callback(thread.join, 5)
            stack.callback(server.server_close)
            stack.callback(server.shutdown)
            return f"http://127.0.0.1:{server.server_port}"

        yield serve


def followed(page: Page, leads: str) -> None:
    """Press what leads to another page, and wait for it: a look right after the press may see the page that is left."""
    with page.expect_navigation():
        page.click(leads)


def sign_in(page: Page, address: str, username: str, password: str = PASSWORD) -> None:
    """Somebody sits down at the desk, whoever sat there before."""
    page.context.clear_cookies()
    page.goto(f"{address}/sign-in/")
    page.fill("#id_username", username)
    page.fill("#id_password", password)
    followed(page, "main button[type=submit]")


_FADED = """Promise.allSettled(
  document.getAnimations().filter(one => one instanceof CSSTransition).map(one => one.finished))"""
"""A colour that is between two others has no contrast yet."""


def faults(page: Page) -> list[str]:
    """What axe finds wrong with the page now shown (WCAG 2.1 A and AA), one line each."""
    page.evaluate(_FADED)
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
    return [
        f"{one['id']}: {node['target']} {node.get('failureSummary', '')}"
        for one in found.response["violations"]
        for node in one["nodes"]
    ]


def shown(page: Page, says: str, picture: str = "", width: int = 1366) -> None:
    """The page now open says this, axe finds nothing, nothing is wider than the screen.

    With SCREENSHOTS=folder it is photographed under the name of the `picture`, for the manual.
    """
    page.set_viewport_size({"width": width, "height": 768})
    page.wait_for_load_state("networkidle")
    where = f"{page.url} at {width}"
    assert says in page.inner_text("main"), where
    assert faults(page) == [], where
    assert page.evaluate("document.documentElement.scrollWidth") <= width, where
    if picture and (folder := os.environ.get("SCREENSHOTS")):
        page.screenshot(path=Path(folder) / f"{picture}.png")
