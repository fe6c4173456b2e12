"""照片上页: pictures of the record made small enough for a page, upright, and without what else their files tell.

A photograph says in its own file where and with what it was taken; on paper stands what its caption says.
"""

import base64
import io
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from liuhen import ledger

_LONGEST = 1100
"""Pixels of the longer side: 250 to the inch where a picture is half a page wide."""
_POINTS_MAX = 80_000_000
_EACH = 100_000_000
_QUALITY = 80
_NEVER_OPENED = 2 * (Image.MAX_IMAGE_PIXELS or 0) / _EACH
"""Hundred millions of points from which the library opens nothing."""


def cannot_be_shown(file: Mapping[str, Any]) -> str:
    """Why the picture of a file reference cannot stand on a page, with what to do; empty where it can. In Chinese."""
    store, staged = ledger.file_store(), str(file.get("staged") or "")
    try:
        chunks = store.read_staged(staged) if staged else store.read(str(file["sha256"]))
        with _opened(chunks) as opened:
            points = opened.width * opened.height
    except ledger.LedgerError:
        return ""  # not at hand here: who keeps the files says so
    except Image.DecompressionBombError:  # so many that it is not even opened
        return _too_many(f"有{_NEVER_OPENED:.1f}亿以上的")
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError):
        return "打不开，可能没有传完整或者已经损坏：请重新导出后再传"
    if points > _POINTS_MAX:
        return _too_many(f"有{points / _EACH:.1f}亿")
    return ""


def _too_many(points: str) -> str:
    return (
        f"{points}点，超过{_POINTS_MAX / _EACH:.1f}亿点，印不到证据页上："
        "请另存一幅小的放在这里，原图用“收集证据”作为附件登记"
    )


@contextmanager
def _opened(chunks: Iterable[bytes]) -> Iterator[Image.Image]:
    """A picture whose points are not decoded yet."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        with Image.open(io.BytesIO(b"".join(chunks)), formats=("JPEG", "PNG")) as opened:
            yield opened


def drawn(file: Mapping[str, Any]) -> str:
    """The picture of a file reference as SVG around a JPEG; empty where it is not at hand or cannot be read."""
    return _drawn(str(file["sha256"]), str(file.get("staged") or ""))


@lru_cache(maxsize=64)
def _drawn(sha256: str, staged: str) -> str:
    store = ledger.file_store()
    try:
        picture = _small(store.read_staged(staged) if staged else store.read(sha256))
    except (
        ledger.LedgerError, OSError, UnidentifiedImageError, ValueError, SyntaxError, Image.DecompressionBombError
    ):  # fmt: skip
        return ""
    if picture is None:
        return ""
    width, height, jpeg = picture
    encoded = base64.b64encode(jpeg).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"><image width="{width}"'
        f' height="{height}" href="data:image/jpeg;base64,{encoded}"/></svg>'
    )


def _small(chunks: Iterable[bytes]) -> tuple[int, int, bytes] | None:
    """Width, height and bytes; None for a picture of too many points, which is not decoded."""
    with _opened(chunks) as opened:
        if opened.width * opened.height > _POINTS_MAX:
            return None
        opened.draft("RGB", (_LONGEST, _LONGEST))
        upright = ImageOps.exif_transpose(opened)
        flat = Image.new("RGB", upright.size, "white")
        layer = upright.convert("RGBA")
        flat.paste(layer, mask=layer.getchannel("A"))
    flat.thumbnail((_LONGEST, _LONGEST), Image.Resampling.BICUBIC)
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=_QUALITY)
    return flat.width, flat.height, out.getvalue()
