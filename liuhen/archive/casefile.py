"""案卷 of a matter in this installation: its index for the archive's form, and the whole file as one PDF."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

from django.conf import settings

from liuhen import ledger
from liuhen.acts.act import Matter
from liuhen.acts.registry import Suggested
from liuhen.archive.binding import Binder, bind, volumes
from liuhen.archive.dossier import archived_index
from liuhen.documents.fonts import load_fonts
from liuhen.documents.witness import issuer

BOUND_FILE_MAX = 32 * 1024 * 1024
"""A larger attachment is listed in the bound file and not laid in: binding holds each attachment in memory."""


def bound_file(matter: Matter, withhold: Collection[str]) -> bytes:
    """The whole file as one bookmarked PDF; guarded parts in `withhold` are left blank."""
    return bind(matter.entries, _binder(matter, withhold))


def suggested_index(matter: Matter) -> Suggested:
    """卷内目录 for the archive's form: every document, piece of evidence and recording, with its pages."""
    bound = volumes(matter.entries, _binder(matter, ()))
    rows = archived_index([(volume.volume, volume.pieces) for volume in bound])
    return {"index": (rows, "全部文书、证据和音像")}


def _binder(matter: Matter, withhold: Collection[str]) -> Binder:
    cache: Any = getattr(settings, "DOCUMENT_CACHE", None)
    return Binder(
        issuer(matter.agency),
        load_fonts(getattr(settings, "FONT_DIR", None)),
        withhold=withhold,
        contents=_contents,
        cache=Path(cache) if cache else None,
    )


def _contents(sha256: str) -> bytes | None:
    store = ledger.file_store()
    if store.size(sha256) > BOUND_FILE_MAX:
        return None
    return b"".join(store.read(sha256))
