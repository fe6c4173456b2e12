"""The form of what is published (公示内容): pure data, canonical bytes, one digest."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

CATEGORIES = {"before": "事前公开", "during": "事中公示", "after": "事后公开", "annual": "年度数据"}
PARTY_LABELS = ("行政相对人名称", "检查对象")
"""Under which label a publication says of whom it is."""
MAX_BYTES = 2_000_000


class SnapshotError(ValueError):
    """A snapshot that cannot be published; the message is Chinese."""


@dataclass(frozen=True)
class Snapshot:
    """One publication as the public sees it.

    `posting` names the publication for good (its address); `fields` are label and text in the order shown;
    `decided_on` is an ISO date or empty. Nothing that is not meant for everybody may stand in here.
    """

    posting: str
    agency: str
    agency_name: str
    category: str
    kind: str
    title: str
    fields: tuple[tuple[str, str], ...]
    number: str = ""
    decided_on: str = ""
    remedy: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.category not in CATEGORIES:
            raise SnapshotError(f"公示类别“{self.category}”不认识：应为{'、'.join(CATEGORIES)}之一")
        missing = [
            name
            for name in ("posting", "agency", "agency_name", "kind", "title")
            if not getattr(self, name).strip()
        ]
        if missing:
            raise SnapshotError(f"公示内容缺少：{'、'.join(missing)}")
        if not self.fields:
            raise SnapshotError("公示内容没有任何一栏，请至少填写一栏")

    def content(self) -> bytes:
        """The canonical bytes: the same snapshot gives the same bytes, always."""
        body: dict[str, Any] = {
            "agency": self.agency,
            "agency_name": self.agency_name,
            "category": self.category,
            "decided_on": self.decided_on,
            "extra": dict(self.extra),
            "fields": [list(pair) for pair in self.fields],
            "kind": self.kind,
            "number": self.number,
            "posting": self.posting,
            "remedy": self.remedy,
            "title": self.title,
        }
        text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        if len(text) > MAX_BYTES:
            raise SnapshotError("公示内容超过2MB，请公示摘要")
        return text

    @property
    def party(self) -> str:
        """Of whom it is, as it is published; empty for what is of nobody."""
        return next((text for label, text in self.fields if label in PARTY_LABELS), "")

    @property
    def digest(self) -> str:
        """SHA-256 of the content, hexadecimal."""
        return sha256(self.content()).hexdigest()


def from_content(content: bytes | str) -> Snapshot:
    """The snapshot that canonical bytes describe."""
    body = json.loads(content)
    body["fields"] = tuple((label, text) for label, text in body["fields"])
    return Snapshot(**body)
