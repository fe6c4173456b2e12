"""Putting up and taking down. The inside calls these through the alias `portal`; both are safe to repeat."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import router, transaction

from liuhen.portal import models
from liuhen.portal.snapshot import Snapshot

Row = dict[str, Any]
RENEWED = "内容已更新"
"""Why an older content of a posting is no longer shown."""
POSTINGS_A_QUERY = 500
"""So many postings are named in one statement at most."""


@dataclass(frozen=True)
class Posted:
    """What the portal has: the address below the site's root, the digest, since when (milliseconds UTC)."""

    address: str
    digest: str
    posted_ms: int


def put(snapshot: Snapshot, posted_ms: int) -> Posted:
    """Show a snapshot (公示). Once for its digest: put again, the first answer comes back.

    A newer digest of the same posting takes the older one's place, which stays in the table as replaced.
    """
    digest = snapshot.digest
    with transaction.atomic(using=router.db_for_write(models.Snapshot)):
        rows = models.Snapshot.objects.filter(posting=snapshot.posting)
        shown = rows.filter(digest=digest, withdrawn_ms=None).first()
        if shown is None:
            rows.filter(withdrawn_ms=None).update(withdrawn_ms=posted_ms, withdrawn_reason=RENEWED)
            shown = _show(snapshot, digest, posted_ms)
    return Posted(f"p/{snapshot.posting}/", digest, shown.posted_ms)


def date(posting: str, digest: str, posted_ms: int) -> None:
    """Let a snapshot that was put up but not yet confirmed bear the instant at which it is confirmed."""
    rows = models.Snapshot.objects.filter(posting=posting)
    with transaction.atomic(using=router.db_for_write(models.Snapshot)):
        for row in rows.filter(digest=digest, withdrawn_ms=None):
            renewed = rows.filter(withdrawn_ms=row.posted_ms, withdrawn_reason=RENEWED)
            renewed.update(withdrawn_ms=posted_ms)
            rows.filter(id=row.id).update(posted_ms=posted_ms)


def undo(posting: str, digest: str) -> None:
    """Remove what was put up and then not confirmed: the record holds no posting of it. What it replaced is back."""
    rows = models.Snapshot.objects.filter(posting=posting)
    with transaction.atomic(using=router.db_for_write(models.Snapshot)):
        for row in rows.filter(digest=digest, withdrawn_ms=None):
            row.delete()
            renewed = rows.filter(withdrawn_ms=row.posted_ms, withdrawn_reason=RENEWED)
            renewed.update(withdrawn_ms=None, withdrawn_reason="")


def withdraw(posting: str, reason: str, withdrawn_ms: int) -> bool:
    """Take a posting down (撤下), with the reason its address shows from then on. False: nothing there."""
    shown = models.Snapshot.objects.filter(posting=posting, withdrawn_ms=None)
    return bool(shown.update(withdrawn_ms=withdrawn_ms, withdrawn_reason=reason))


def digests() -> dict[str, str]:
    """The digest shown for each posting: what the inside compares with its entries."""
    return dict(models.Snapshot.objects.filter(withdrawn_ms=None).values_list("posting", "digest"))


def shown_among(postings: Collection[str]) -> list[str]:
    """Which of these postings are shown now; the caller asks for so many at a time as a statement takes."""
    shown = models.Snapshot.objects.filter(posting__in=postings, withdrawn_ms=None)
    return list(shown.values_list("posting", flat=True))


def count_shown(agency: str) -> int:
    """How many of an agency's postings are shown now."""
    return models.Snapshot.objects.filter(agency=agency, withdrawn_ms=None).count()


def rows_of(postings: Collection[str]) -> Iterator[Row]:
    """Every row of these postings, as it stands."""
    found = models.Snapshot.objects.filter(posting__in=postings).order_by("posting", "posted_ms")
    yield from (dict(row) for row in found.values())


def postings(agency: str | None = None) -> Iterator[str]:
    """The names of all postings of all agencies or one, each once, a batch at a time."""
    found = models.Snapshot.objects.order_by("posting")
    if agency is not None:
        found = found.filter(agency=agency)
    last = ""
    while batch := list(
        found.filter(posting__gt=last).values_list("posting", flat=True).distinct()[:POSTINGS_A_QUERY]
    ):
        yield from batch
        last = batch[-1]


def columns_of(snapshot: Snapshot) -> Row:
    """What a row holds besides its digest and its times: all of it follows from the snapshot."""
    words = [
        snapshot.title,
        snapshot.number,
        snapshot.agency_name,
        snapshot.kind,
        *(text for _, text in snapshot.fields),
    ]
    return {
        "content": snapshot.content().decode(),
        "category": snapshot.category,
        "agency": snapshot.agency,
        "agency_name": snapshot.agency_name,
        "kind": snapshot.kind,
        "title": snapshot.title,
        "number": snapshot.number,
        "decided_on": snapshot.decided_on,
        "text": "\n".join(words),
    }


def _show(snapshot: Snapshot, digest: str, posted_ms: int) -> models.Snapshot:
    times = {"posted_ms": posted_ms, "withdrawn_ms": None, "withdrawn_reason": ""}
    row, _ = models.Snapshot.objects.update_or_create(
        posting=snapshot.posting, digest=digest, defaults=columns_of(snapshot) | times
    )
    return row
