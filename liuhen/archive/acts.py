"""Acts of the archive (立卷归档)."""

from liuhen.acts import registry
from liuhen.acts.act import Act
from liuhen.archive.casefile import suggested_index


def register() -> None:
    """Make the acts of this room known to the door."""
    registry.register(Act("archived", on=frozenset({"case"})))
    registry.register_suggestion("archive_case", suggested_index)
