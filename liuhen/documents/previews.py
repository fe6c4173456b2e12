"""预览图的暂存: the pages of the documents last looked at, so that a long one is set once and not once a page."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from threading import Lock

MOST_BYTES = 48 * 1024 * 1024

_kept: "OrderedDict[str, list[bytes]]" = OrderedDict()
_lock = Lock()


def pages_of(digest: str, draw: Callable[[], list[bytes]]) -> list[bytes]:
    """The pages under this digest, drawn where they are not at hand. The digest tells what a reader may see, too."""
    with _lock:
        found = _kept.get(digest)
        if found is not None:
            _kept.move_to_end(digest)
            return found
    drawn = draw()
    with _lock:
        _kept[digest] = drawn
        while sum(map(_size, _kept.values())) > MOST_BYTES:
            _kept.popitem(last=False)
    return drawn


def _size(pages: Sequence[bytes]) -> int:
    return sum(map(len, pages))
