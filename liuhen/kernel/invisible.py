"""看不见的字符: characters of no width that come along when text is copied from web pages. Pure."""

import re

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")


def without_invisible(text: str) -> str:
    """The text as it is seen: two names that look alike are alike."""
    return text if text.isascii() else _INVISIBLE.sub("", text)
