"""核验码: the code in the footer of every page (document, version, page), and how it is drawn. Pure.

The code is made of the entry's leaf hash, the form and its version: whoever holds the paper can ask the public site
whether it was issued, and who has not seen the paper cannot guess it (80 bits).
"""

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache

import segno

from liuhen.kernel.papers import written

_PLAIN = re.compile(r"[0-9A-Z $%*+\-./:]*")
_RUN = re.compile("1+")
_DIGITS = bytes.maketrans(b"\0\1", b"01")


def code_of(leaf_hash: bytes, form_id: str, version: int) -> str:
    """The code of one document in one version of its form: 16 letters and digits."""
    digest = hashlib.sha256(b"liuhen document\0" + leaf_hash + f"\0{form_id}\0{version}".encode()).digest()
    return written(int.from_bytes(digest[:10], "big"))


def page_address(site: str, code: str, page: int) -> str:
    """Where the code of a page leads; in capitals where that is the same address, for a smaller picture."""
    return f"{site.upper() if site.count('/') == 3 else site}{'D' if site.count('/') == 3 else 'd'}/{code}/{page}/"


def pictures(site: str, code: str, pages: int) -> list[str]:
    """The QR codes of a document's pages, as `picture` draws each of them.

    The parity of a QR code is linear: by which dots the codes of two pages differ is the same for every document of a
    site, as long as their addresses are equally long. Only the first such page is worked out whole.
    """
    drawn = []
    whole: dict[int, tuple[int, int]] = {}
    for page in range(1, pages + 1):
        first = 10 ** (len(str(page)) - 1)
        if first not in whole:
            whole[first] = _dots(page_address(site, code, first))
        size, dots = whole[first]
        drawn.append(_drawn(size, dots ^ _between(site, len(code), first, page) if page != first else dots))
    return drawn


@lru_cache(maxsize=4096)
def picture(address: str) -> str:
    """The QR code of an address as SVG, without a margin: one path of dark runs."""
    return _drawn(*_dots(address))


@lru_cache(maxsize=4096)
def _between(site: str, length: int, first: int, page: int) -> int:
    """The dots by which the codes of two pages differ."""
    code = "0" * length
    return _dots(page_address(site, code, first))[1] ^ _dots(page_address(site, code, page))[1]


@lru_cache(maxsize=256)
def _dots(address: str) -> tuple[int, int]:
    """The size of an address's code, and its dots row by row as the digits of a binary number."""
    mode = "alphanumeric" if _PLAIN.fullmatch(address) else None
    made = segno.make_qr(address, error="m", mask=3, boost_error=False, mode=mode)
    rows: Sequence[bytearray] = made.matrix
    return len(rows), int(b"".join(rows).translate(_DIGITS), 2)


def _drawn(size: int, dots: int) -> str:
    digits = format(dots, f"0{size * size}b")
    rows = (digits[at : at + size] for at in range(0, size * size, size))
    runs = "".join(
        f"M{run.start()} {y}.5h{run.end() - run.start()}"
        for y, row in enumerate(rows)
        for run in _RUN.finditer(row)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}">'
        f'<path d="{runs}" stroke="#000" fill="none"/></svg>'
    )
