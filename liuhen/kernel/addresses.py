"""What an address of the sites may hold: ids, digests, names of documents; anything else is no page."""


class _Plain:
    regex = ""

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


class IdConverter(_Plain):
    """An identifier of `kernel.ids`."""

    regex = "[0-9a-f]{32}"


class DigestConverter(_Plain):
    """SHA-256, hexadecimal."""

    regex = "[0-9a-f]{64}"


class DocumentConverter(_Plain):
    """`<form>@<stream>.<number>`."""

    regex = r"[a-z0-9_-]{1,64}@[0-9a-f]{32}\.[0-9]{1,9}"
