"""What an address of the interface may hold; anything else is no address."""


class _Plain:
    regex = ""

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


class StreamConverter(_Plain):
    """The number of a matter, as `kernel.ids` makes them."""

    regex = "[0-9a-f]{32}"


class PaperConverter(_Plain):
    """A document: `<form>@<stream>.<number>`."""

    regex = r"[a-z0-9_-]{1,64}@[0-9a-f]{32}\.[0-9]{1,9}"
