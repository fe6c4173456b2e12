"""核验码: the code in the footer of every page (document, version, page), and how it is drawn. Pure.

The code is made of the entry's leaf hash, the form and its version: whoever holds the paper can ask the public site
whether it was issued, and who has not seen the paper cannot guess it (80 bits).
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

import segno

from liuhen.kernel.papers import written

_PLAIN = re.compile(r"[0-9A-Z $%*+\-./:]*")


def code_of(leaf_hash: bytes, form_id: str, version: int) -> str:
    """The code of one document in one version of its form: 16 letters and digits."""
    digest = hashlib.sha256(b"liuhen document\0" + leaf_hash + f"\0{form_id}\0{version}".encode()).digest()
    return written(int.from_bytes(digest[:10], "big"))


def page_address(site: str, code: str, page: int) -> str:
    """Where the code of a page leads; in capitals where that is the same address, for a smaller picture."""
    return f"{site.upper() if site.count('/') == 3 else site}{'D' if site.count('/') == 3 else 'd'}/{code}/{page}/"


@lru_cache(maxsize=4096)
def picture(address: str) -> str:
    """The QR code of an address as SVG, without a margin: one path of dark runs."""
    mode = "alphanumeric" if _PLAIN.fullmatch(address) else None
    made = segno.make_qr(address, error="m", mask=3, boost_error=False, mode=mode)
    rows: Sequence[Sequence[int]] = made.matrix
    runs = "".join(f"M{x} {y}.5h{length}" for y, row in enumerate(rows) for x, length in _runs(row))
    size = len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}">'
        f'<path d="{runs}" stroke="#000" fill="none"/></svg>'
    )


def _runs(row: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where dark runs begin, and their lengths."""
    x = 0
    for dark, cells in groupby(row):
        length = len(list(cells))
        if dark:
            yield x, length
        x += length
