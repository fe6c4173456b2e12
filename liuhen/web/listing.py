"""Lists: search, filters and pages, the same on every screen. A count always equals its list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from django.http import HttpRequest, QueryDict

Row = TypeVar("Row")
PER_PAGE = 50


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of a list. `query` is the address's query without the page, ready to be added to.

    `more`: there is more than was counted.
    """

    rows: Sequence[Row]
    count: int
    number: int
    pages: int
    query: str
    more: bool = False

    @property
    def previous(self) -> int | None:
        """The page before, or None."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """The page after, or None."""
        return self.number + 1 if self.number < self.pages else None


def text_of(get: QueryDict, name: str, most: int = 100) -> str:
    """A parameter of the address, safe for any database."""
    return get.get(name, "").strip().replace("\x00", "")[:most]


def number_of(get: QueryDict) -> int:
    """The page asked for; 1 for anything that is not a page."""
    text = get.get("page", "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 8 else 1


def page_of(
    request: HttpRequest, count: int, rows: Callable[[int, int], Sequence[Row]], per_page: int = PER_PAGE
) -> Page[Row]:
    """The page asked for: `rows(start, stop)` reads it. A page beyond the end is the last."""
    pages = max(1, -(-count // per_page))
    number = min(number_of(request.GET), pages)
    query = request.GET.copy()
    query.pop("page", None)
    encoded = f"{query.urlencode()}&" if query else ""
    return Page(rows((number - 1) * per_page, number * per_page), count, number, pages, encoded)


def day_of(get: QueryDict, name: str) -> date | None:
    """A day of the address; None for anything that is not one."""
    try:
        return date.fromisoformat(get.get(name, ""))
    except ValueError:
        return None


@dataclass(frozen=True)
class Head:
    """A column's head: `url` sorts by it (empty: it cannot), `aria` says how the list is sorted by it now."""

    title: str
    url: str
    aria: str


def sortable(request: HttpRequest, columns: Sequence[tuple[str, str]]) -> list[Head]:
    """Heads of a list: a click sorts by the column, another turns the order round."""
    now = text_of(request.GET, "sort", 12)
    return [_head(request, name, title, now) for name, title in columns]


def _head(request: HttpRequest, name: str, title: str, now: str) -> Head:
    if not name:
        return Head(title, "", "")
    query = request.GET.copy()
    query.pop("page", None)
    query["sort"] = f"-{name}" if now == name else name
    aria = {name: "ascending", f"-{name}": "descending"}.get(now, "none")
    return Head(title, f"?{query.urlencode()}", aria)
