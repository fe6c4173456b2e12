"""What `make bench ONLY=…` runs: a group, a module, one figure; what takes long only by its own name."""

from collections.abc import Iterator

import pytest

from bench.registry import Figure, Measure


def run() -> Iterator[Figure]:
    """Nothing is measured here."""
    yield Figure("page.case.p95_ms.100", 1.0, "ms", 1)


run.__module__ = "bench.pages"
QUICK = Measure(("page.case.p95_ms.100", "page.list.p95_ms.100"), run)
LONG = Measure(("page.case.p95_ms.100k",), run, called="pages-100k")


@pytest.mark.parametrize(
    ("only", "quick", "long"),
    [
        ("", True, False), ("page", True, False), ("pages", True, False), ("page.case", True, False),
        ("page.case.p95_ms.100", True, False), ("page.case.p95_ms.100k", False, True),
        ("pages-100k", False, True), ("law", False, False), ("pag", False, False),
    ],
)  # fmt: skip
def test_what_takes_long_runs_by_its_own_name_alone(only: str, quick: bool, long: bool) -> None:
    assert (QUICK.asked(only), LONG.asked(only)) == (quick, long)


def test_one_figure_is_shown_alone_and_a_group_whole() -> None:
    shown = {
        only: [name for name in QUICK.names if QUICK.shows(only, name)] for only in ("page.list", "pages")
    }
    assert shown == {"page.list": ["page.list.p95_ms.100"], "pages": list(QUICK.names)}
    assert QUICK.shows("page.list", "disk.commits.per_second")
    assert LONG.shows("pages-100k", "page.case.p95_ms.100")
