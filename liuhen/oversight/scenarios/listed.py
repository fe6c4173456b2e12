"""列表 as a person turns its pages: what is counted is what is listed, every row once, on whatever page."""

from collections.abc import Callable, Iterator, Mapping

from liuhen.acts import Actor
from liuhen.cases import lists

LISTS: Mapping[str, Callable[[Actor, int], lists.Page]] = {
    "leads": lambda viewer, page: lists.leads(viewer, page=page),
    "cases": lambda viewer, page: lists.cases(viewer, lists.CaseFilter(), page),
}
"""The lists by their names in a scenario."""
TITLES = {"leads": "案源列表", "cases": "案件列表"}


def turned(name: str, viewer: Actor) -> tuple[int, int]:
    """How many the list says that it holds, and how many one meets turning its pages to the last."""
    pages = list(_pages(LISTS[name], viewer))
    return pages[0].total, len({row["stream"] for page in pages for row in page.rows})


def _pages(read: Callable[[Actor, int], lists.Page], viewer: Actor) -> Iterator[lists.Page]:
    first = read(viewer, 1)
    yield first
    for number in range(2, first.pages + 1):
        yield read(viewer, number)
