"""截取画面: the recordings of a case that stills are cut from, each with what a caption says of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from liuhen import ledger
from liuhen.acts import Matter
from liuhen.acts.act import fields_of
from liuhen.ledger.entry import file_references
from liuhen.recordings.clock import RECORDED, Began, began
from liuhen.web.entries import file_url
from liuhen.web.forms import Control

ACT, FIELD = "lay_pictures", "files"


@dataclass(frozen=True)
class Clip:
    """One video of the record; `began`: when it begins, and by what that is known."""

    name: str
    url: str
    sha256: str
    began: Began
    place: str
    maker: str

    @property
    def said(self) -> str:
        """Name and beginning, as it is offered, and by what that is known."""
        return f"{self.name}（{self.began.said}）"


def with_clips(made: Sequence[Control], act: str, matter: Matter | None) -> list[Control]:
    """The controls of the form; that of the pictures offers the videos of the case."""
    if act != ACT or matter is None:
        return list(made)
    found = clips(matter)
    return [replace(control, clips=found) if control.name == FIELD else control for control in made]


def clips(matter: Matter) -> list[Clip]:
    """Every video that the case and its recordings hold openly, once each."""
    recorded = {entry.stream: fields_of(entry) for entry in matter.entries if entry.kind == RECORDED}
    found: dict[str, Clip] = {}
    for entry in matter.entries:
        about = recorded.get(entry.stream, {})
        for file in file_references(entry.parts.get(ledger.OPEN) or {}):
            if str(file["media_type"]).startswith("video/"):
                people = about.get("officers") or ()
                clip = Clip(
                    str(file["name"]),
                    file_url(entry, dict(file)),
                    str(file["sha256"]),
                    began(matter, str(file["sha256"])),
                    str(about.get("place") or ""),
                    "、".join(str(one["name"]) for one in people),
                )
                found.setdefault(clip.sha256, clip)
    return list(found.values())
