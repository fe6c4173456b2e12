"""What a verification found altered, and where."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One alteration. `what` is the table's part of the record; `column` the value; `where` names the row."""

    what: str
    where: str
    column: str
    text: str
    agency: str = ""
    index: int | None = None
    stream: str = ""
    number: int | None = None
    kind: str = ""
    about: str = ""
    """What it belongs to, as people name it: the document, the matter, the entry."""

    def __str__(self) -> str:
        return f"{self.about}：{self.text}（{self.where}）" if self.about else f"{self.where}：{self.text}"


def blob(value: object) -> bytes:
    """A binary column's value; nothing in place of a value of another type (which matches no digest)."""
    return bytes(value) if isinstance(value, bytes | memoryview) else b""
