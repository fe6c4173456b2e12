"""案卷 of a matter in this installation: its index for the archive's form, and the whole file as one PDF."""

import tempfile
from collections.abc import Collection, Iterator
from typing import BinaryIO

from liuhen import ledger
from liuhen.acts.act import Matter
from liuhen.acts.registry import Suggested
from liuhen.archive.binding import Binder, bind, volumes
from liuhen.archive.dossier import archived_index
from liuhen.archive.spool import Spool
from liuhen.documents.forms import Volume
from liuhen.documents.installed import cache_folder, fonts
from liuhen.documents.witness import issuer

BOUND_FILE_MAX = 200 * 1024 * 1024
"""A larger attachment is listed in the bound file and not laid in."""
WHOLE: tuple[Volume, ...] = ("main", "sub")
FOR_PARTY: tuple[Volume, ...] = ("main",)
"""What a party may be given to read."""


def bound_file(matter: Matter, withhold: Collection[str], kept: tuple[Volume, ...] = WHOLE) -> BinaryIO:
    """The whole file as one bookmarked PDF, an open file at its beginning; parts in `withhold` are left blank."""
    out = tempfile.TemporaryFile()  # noqa: SIM115 - handed to the reader
    bind(matter.entries, _binder(matter, withhold, kept), out)
    out.seek(0)
    return out


def suggested_index(matter: Matter) -> Suggested:
    """卷内目录 for the archive's form: every document, piece of evidence and recording, with its pages."""
    with Spool() as spool:
        bound = volumes(matter.entries, _binder(matter, (), WHOLE), spool)
    rows = archived_index([(volume.volume, volume.pieces) for volume in bound])
    return {"index": (rows, "全部文书、证据和音像")}


def _binder(matter: Matter, withhold: Collection[str], kept: tuple[Volume, ...]) -> Binder:
    return Binder(
        issuer(matter.agency),
        fonts(),
        withhold=withhold,
        contents=_contents,
        cache=cache_folder(),
        kept=kept,
    )


def _contents(sha256: str) -> Iterator[bytes] | None:
    store = ledger.file_store()
    try:
        return store.read(sha256) if store.size(sha256) <= BOUND_FILE_MAX else None
    except ledger.FileMissing:
        return None
