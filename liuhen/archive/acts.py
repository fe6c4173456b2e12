"""Acts of the archive (立卷归档)."""

from liuhen.acts import registry
from liuhen.acts.act import Act


def register() -> None:
    """Make the acts of this room known to the door."""
    registry.register(Act("archived", on=frozenset({"case"})))
