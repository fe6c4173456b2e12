"""The disclosure desk's rows, read out of a posting's entries."""

from typing import Any

from liuhen.acts import registry
from liuhen.acts.act import Matter, fields_of
from liuhen.acts.registry import Projection, Row
from liuhen.disclosure import figures
from liuhen.disclosure.texts import ITEM_TITLES, SHOWN, shown_since, since, sort_of, text_of
from liuhen.ledger import Entry

STATUSES = {
    "prepared": "待审核",
    "reviewed": "待批准",
    "refused": "审查未通过",
    "approved": "待发布",
    "posted": "已公示",
    "taken_down": "已撤下",
}
COLUMNS = (
    "stream", "agency", "sort", "decision", "title", "number", "party_name", "status", "channels", "digest", "address",
    "prepared_ms", "posted_ms",
)  # fmt: skip


def status_of(matter: Matter) -> str:
    """Where a posting stands: the text as last prepared, whatever was shown before it."""
    text = text_of(matter)
    if text is None:
        return "prepared"
    if since(matter, "taken_down", text):
        return "taken_down"
    if shown_since(matter, text):
        return "posted"
    if since(matter, "publish_approved", text):
        return "approved"
    reviews = [since(matter, kind, text) for kind in ("disclosure_reviewed", "secrecy_reviewed")]
    agreed = [entry.open.get("agree") if entry else None for entry in reviews]
    if False in agreed:
        return "refused"
    return "reviewed" if agreed == [True, True] else "prepared"


def posting_rows(matter: Matter) -> list[Row]:
    """The row of `disclosure_posting`; what is shown now, or was shown last, stands in digest, address and time."""
    text = text_of(matter)
    if text is None:
        return []
    fields = fields_of(text)
    shown = max(
        (entry for kind in SHOWN for entry in matter.all(kind)), key=lambda entry: entry.index, default=None
    )
    return [
        {
            "stream": matter.stream,
            "agency": matter.agency,
            "sort": sort_of(text),
            "decision": fields.get("decision", ""),
            "title": _title(text, fields),
            "number": fields.get("number", ""),
            "party_name": fields.get("party_name") or fields.get("target", ""),
            "status": status_of(matter),
            "channels": "、".join(matter.value("publish_approved", "channels") or []),
            "digest": shown.open.get("digest", "") if shown else "",
            "address": shown.open.get("address", "") if shown else "",
            "prepared_ms": text.recorded_ms,
            "posted_ms": shown.recorded_ms if shown else None,
        }
    ]


def _title(text: Entry, fields: dict[str, Any]) -> str:
    """What the posting is called on the desk."""
    sort = sort_of(text)
    if sort == "annual":
        return f"{fields['year']}年度行政执法总体情况"
    if sort == "result":
        return f"对{fields['target']}的检查结果"
    return str(fields.get("title") or fields.get("subject") or ITEM_TITLES[text.kind])


def register() -> None:
    """Make the projections known."""
    registry.register_projection(
        Projection(
            "disclosure_posting", "stream", ("stream",), COLUMNS, posting_rows, frozenset({"publication"})
        )
    )
    registry.register_projection(
        Projection(
            "disclosure_counted",
            "matter",
            ("id",),
            figures.COLUMNS,
            figures.counted_rows,
            frozenset(
                kind.stream for kind in registry.dictionary().kinds.values() if kind.name in figures.KINDS
            ),
            bears=figures.counts,
            since=figures.counted_since,
        )
    )
