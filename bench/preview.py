"""How soon a keystroke is seen in the preview of a document, in a real browser: `preview`, by name alone.

From the browser's own input event to the new pages decoded and in their place: the pause while one types, the request,
the whole document set anew, its pictures. `cpu_ms` is this process's own time (the server, and what drives the
browser), whatever else the machine does. Needs the browser that `make test` puts into the checkout.
"""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from statistics import median
from typing import TYPE_CHECKING, Any

from bench.durable import durable_sqlite
from bench.registry import Figure, measures
from bench.timing import percentile

if TYPE_CHECKING:
    from playwright.sync_api import Page

FORMS = {"inspect": "findings", "serve_notice": "facts", "draft_decision": "facts"}
"""Acts whose documents are written at length, and the column that is typed into."""
_THROUGH = "deliberation"
_KEYS, _WARM_UP, _PATIENCE_S = 20, 3, 20.0
_WATCH = """() => {
  const box = document.querySelector("[data-preview]"), pages = document.querySelector("[data-preview-pages]");
  window.took = []; let typed = 0;
  document.querySelector("form[data-act-form]").addEventListener("input", () => { typed = performance.now(); }, true);
  new MutationObserver(() => {
    const begun = typed;
    Promise.all(Array.from(pages.querySelectorAll("img"), (page) => page.decode()))
      .then(() => { if (begun) window.took.push(performance.now() - begun); typed = 0; });
  }).observe(pages, { childList: true, subtree: true });
  box.open = true;
}"""


@measures(
    "documents.preview.keystroke.median_ms",
    "documents.preview.keystroke.p95_ms",
    "documents.preview.keystroke.cpu_ms",
    called="preview",
)
def preview() -> Iterator[Figure]:
    """Three long forms on a case near its decision; every keystroke changes the text."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = (
        "1"  # the browser's loop runs in the thread that uses the database
    )
    with ExitStack() as open_:
        open_.enter_context(durable_sqlite())
        from tests.factories import matters  # noqa: PLC0415 (needs Django set up)

        matters.make_stage()
        case = matters.play_case(_THROUGH).case
        page = open_.enter_context(_signed_in(open_.enter_context(_serving())))
        took, begun = list[float](), time.process_time()
        for act, column in FORMS.items():
            took += _typed(page, f"/do/{act}/{case}/", column)
        own_ms = (time.process_time() - begun) * 1000
    yield Figure("documents.preview.keystroke.median_ms", median(took), "ms", len(took))
    yield Figure("documents.preview.keystroke.p95_ms", percentile(took, 95), "ms", len(took))
    yield Figure(
        "documents.preview.keystroke.cpu_ms", own_ms / (len(took) + _WARM_UP * len(FORMS)), "ms", len(took)
    )


def _typed(page: "Page", path: str, column: str) -> list[float]:
    """What each keystroke took, in milliseconds, once it is warm."""
    page.goto(page.url.split("/do/")[0].rstrip("/") + path)
    page.evaluate(_WATCH)
    _until(page, 0)
    field = page.locator(f"#id_{column}")
    field.click()
    field.press("Control+End")
    for number in range(1, _KEYS + _WARM_UP + 1):
        page.keyboard.press(str(number % 10))
        _until(page, number)
    return [float(each) for each in page.evaluate("window.took")][_WARM_UP:]


def _until(page: "Page", many: int) -> None:
    """Wait for so many previews; for the first one where none was typed for."""
    begun = time.perf_counter()
    seen = (
        "window.took.length" if many else "document.querySelectorAll('[data-preview-pages] img').length - 1"
    )
    while int(page.evaluate(seen)) < many:
        if time.perf_counter() - begun > _PATIENCE_S:
            raise AssertionError(f"{page.url}：{_PATIENCE_S:.0f} 秒没有新的预览")
        page.wait_for_timeout(20)


@contextmanager
def _serving() -> Iterator[str]:
    """The application in a thread of its own; its address."""
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler  # noqa: PLC0415
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415
    from django.test import override_settings  # noqa: PLC0415

    class Quiet(WSGIRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    with override_settings(ROOT_URLCONF="liuhen.config.urls"):
        server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
        server.set_app(get_wsgi_application())
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        server.server_close()
        thread.join(5)


@contextmanager
def _signed_in(address: str) -> Iterator["Page"]:
    """A page of an office computer, somebody signed in."""
    from django.conf import settings  # noqa: PLC0415 (needs Django set up)
    from django.test import Client  # noqa: PLC0415
    from playwright.sync_api import ViewportSize, sync_playwright  # noqa: PLC0415

    from liuhen.accounts.models import Officer  # noqa: PLC0415
    from tools import browser as chromium  # noqa: PLC0415

    program = chromium.executable()
    if program is None:
        raise RuntimeError("没有浏览器：请先运行 python tools/browser.py（make test 会自动完成）")
    client = Client()
    zhang = Officer.objects.get(username="zhang.qingxi")
    client.force_login(zhang, "django.contrib.auth.backends.ModelBackend")
    name = settings.SESSION_COOKIE_NAME
    with sync_playwright() as playwright:
        args = ["--no-sandbox", "--disable-dev-shm-usage"]
        browser = playwright.chromium.launch(
            executable_path=program, args=args, env={**chromium.environment()}
        )
        context = browser.new_context(locale="zh-CN", viewport=ViewportSize(width=1366, height=768))
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])
        page = context.new_page()
        page.goto(address)
        yield page
        browser.close()
