"""Putting up and taking down. The inside calls these through the alias `portal`; both are safe to repeat."""

from dataclasses import dataclass

from django.db import router, transaction

from liuhen.portal import models
from liuhen.portal.snapshot import Snapshot


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
            rows.filter(withdrawn_ms=None).update(withdrawn_ms=posted_ms, withdrawn_reason="内容已更新")
            shown = _show(snapshot, digest, posted_ms)
    return Posted(f"p/{snapshot.posting}/", digest, shown.posted_ms)


def withdraw(posting: str, reason: str, withdrawn_ms: int) -> bool:
    """Take a posting down (撤下), with the reason its address shows from then on. False: nothing there."""
    shown = models.Snapshot.objects.filter(posting=posting, withdrawn_ms=None)
    return bool(shown.update(withdrawn_ms=withdrawn_ms, withdrawn_reason=reason))


def digests() -> dict[str, str]:
    """The digest shown for each posting: what the inside compares with its entries."""
    return dict(models.Snapshot.objects.filter(withdrawn_ms=None).values_list("posting", "digest"))


def _show(snapshot: Snapshot, digest: str, posted_ms: int) -> models.Snapshot:
    words = [
        snapshot.title,
        snapshot.number,
        snapshot.agency_name,
        snapshot.kind,
        *(text for _, text in snapshot.fields),
    ]
    row, _ = models.Snapshot.objects.update_or_create(
        posting=snapshot.posting,
        digest=digest,
        defaults={
            "content": snapshot.content().decode(),
            "category": snapshot.category,
            "agency": snapshot.agency,
            "agency_name": snapshot.agency_name,
            "kind": snapshot.kind,
            "title": snapshot.title,
            "number": snapshot.number,
            "decided_on": snapshot.decided_on,
            "text": "\n".join(words),
            "posted_ms": posted_ms,
            "withdrawn_ms": None,
            "withdrawn_reason": "",
        },
    )
    return row
