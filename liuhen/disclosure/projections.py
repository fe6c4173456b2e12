"""The disclosure desk's rows, read out of a posting's entries."""

from liuhen.acts import registry
from liuhen.acts.act import Matter, fields_of
from liuhen.acts.registry import Projection, Row

STATUSES = {
    "prepared": "待审核",
    "reviewed": "待批准",
    "refused": "审查未通过",
    "approved": "待发布",
    "posted": "已公示",
    "taken_down": "已撤下",
}
COLUMNS = (
    "stream", "agency", "decision", "title", "number", "party_name", "status", "channels", "digest", "address",
    "prepared_ms", "posted_ms",
)  # fmt: skip


def status_of(matter: Matter) -> str:
    """Where a posting stands."""
    if matter.last("taken_down"):
        return "taken_down"
    if matter.last("posted"):
        return "posted"
    if matter.last("publish_approved"):
        return "approved"
    agreed = [matter.value(kind, "agree") for kind in ("disclosure_reviewed", "secrecy_reviewed")]
    if False in agreed:
        return "refused"
    return "reviewed" if agreed == [True, True] else "prepared"


def posting_rows(matter: Matter) -> list[Row]:
    """The row of `disclosure_posting`."""
    prepared = matter.last("disclosure_prepared")
    if prepared is None:
        return []
    fields = fields_of(prepared)
    posted = matter.last("posted")
    return [
        {
            "stream": matter.stream,
            "agency": matter.agency,
            "decision": fields["decision"],
            "title": fields["title"],
            "number": fields["number"],
            "party_name": fields["party_name"],
            "status": status_of(matter),
            "channels": "、".join(matter.value("publish_approved", "channels") or []),
            "digest": matter.value("posted", "digest") or "",
            "address": matter.value("posted", "address") or "",
            "prepared_ms": prepared.recorded_ms,
            "posted_ms": posted.recorded_ms if posted else None,
        }
    ]


def register() -> None:
    """Make the projection known."""
    registry.register_projection(
        Projection(
            "disclosure_posting", "stream", ("stream",), COLUMNS, posting_rows, frozenset({"publication"})
        )
    )
