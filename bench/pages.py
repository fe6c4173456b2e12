"""Pages as the server makes them, for somebody signed in, at 100 and at 10,000 cases of his agency in one run.

Every case is his own and has work left to do: no office is as hard on a worklist as this.
"""

from collections.abc import Callable, Iterator
from itertools import cycle

from bench.durable import durable_sqlite
from bench.registry import Figure, measures
from bench.timing import percentile, samples_ms

SIZES = {"100": 100, "10k": 10_000}
N = 200
PAGES = ("case", "worklist", "list", "search")
NAMES = tuple(f"page.{page}.p95_ms.{size}" for size in SIZES for page in PAGES)


@measures(*NAMES)
def pages() -> Iterator[Figure]:
    """Through Django's test client: middleware, session, view, template, the reading noted on the disk."""
    with durable_sqlite():
        from tests.factories import clones, matters, template  # noqa: PLC0415 (needs Django set up)

        matters.make_stage()
        one = template.template_of(matters.play_case(matters.DECIDED), matters.PARTY)
        held, made = 1, list[str]()
        for size, cases in SIZES.items():
            made += clones.clone(one, cases - held)
            held = cases
            for page, get in _visits(made).items():
                taken = samples_ms(get, N, warm_up=10)
                yield Figure(f"page.{page}.p95_ms.{size}", percentile(taken, 95), "ms", N)


def _visits(made: list[str]) -> dict[str, Callable[[], object]]:
    """One call a page; cases and searches differ from visit to visit."""
    from django.test import Client  # noqa: PLC0415 (needs Django set up)

    from liuhen.accounts.models import Officer  # noqa: PLC0415
    from liuhen.cases.models import CaseRow  # noqa: PLC0415

    client = Client()
    client.force_login(
        Officer.objects.get(username="zhang.qingxi"), "django.contrib.auth.backends.ModelBackend"
    )

    def get(path: str) -> None:
        if (status := client.get(path).status_code) != 200:
            raise AssertionError(f"{path}: {status}")

    some = made[:: max(1, len(made) // N)]
    cases = cycle(some)
    names = cycle(CaseRow.objects.filter(stream__in=some).values_list("party_name", flat=True))
    return {
        "case": lambda: get(f"/cases/{next(cases)}/"),
        "worklist": lambda: get("/"),
        "list": lambda: get("/cases/"),
        "search": lambda: get(f"/cases/?q={next(names)}"),
    }
