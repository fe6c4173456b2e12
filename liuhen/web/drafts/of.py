"""What a draft is of: the act, the matter, the entry that is corrected, and what the form's address names."""

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

OWN_PREFIX = "_"
"""What the form says for itself, not the person, begins with this."""
ABOUT, CONTINUED = "_about", "_draft"
"""What a draft is about, in the form and in the address of a form that goes on with one."""
OF_NOBODY = frozenset({"register", "people"})
"""Streams that are an agency's own: a draft on one is about whom its form names, and about nothing else."""
_CORRECTING, _ABOUT = ".", "~"
_NOT_SUBJECT = frozenset({"next"})
_ABOUT_FORM = re.compile(r"[a-z0-9]{0,16}")
_WHOLE = "0"


@dataclass(frozen=True)
class Of:
    """What is being written: an act, on a matter if it has one; with `number`, the correction of that entry.

    `about`: what of the matter, or which of several that begin from nothing; empty for the matter as a whole.
    """

    act: str
    stream: str | None = None
    number: int | None = None
    about: str = ""

    @staticmethod
    def named(name: str, stream: str) -> "Of":
        """The same from how a draft is kept."""
        named, _, about = name.partition(_ABOUT)
        act, _, number = named.partition(_CORRECTING)
        return Of(act, stream or None, int(number) if number.isdigit() else None, about)

    @property
    def name(self) -> str:
        """Under which it is kept."""
        named = self.act if self.number is None else f"{self.act}{_CORRECTING}{self.number}"
        return f"{named}{_ABOUT}{self.about}" if self.about else named

    @property
    def url(self) -> str:
        """Where the form's typing is sent while it is typed."""
        return self._address({1: "draft", 2: "draft-on", 3: "draft-of"}, ABOUT, self.about)

    @property
    def versions_url(self) -> str:
        """The page of everything that was kept."""
        names = {1: "draft-versions", 2: "draft-versions-on", 3: "draft-versions-of"}
        return self._address(names, ABOUT, self.about)

    @property
    def form(self) -> str:
        """The form itself, going on with this draft."""
        goes_on = "" if self.number is not None else self.about or _WHOLE
        return self._address({1: "act", 2: "act-on", 3: "correct"}, CONTINUED, goes_on)

    def _address(self, names: Mapping[int, str], key: str, value: str) -> str:
        args = [one for one in (self.act, self.stream, self.number) if one is not None]
        address = reverse(names[len(args)], args=args)
        return f"{address}?{urlencode({key: value})}" if value else address


def about_of(get: QueryDict, stream_type: str | None) -> str:
    """What the form at this address is about: what it goes on with, what is chosen in it, or something new."""
    if CONTINUED in get:
        return about_said(get, CONTINUED)
    named = sorted(
        (name, values)
        for name, values in get.lists()
        if not name.startswith(OWN_PREFIX) and name not in _NOT_SUBJECT
    )
    if named:
        return "s" + sha256(json.dumps(named, ensure_ascii=False).encode()).hexdigest()[:12]
    return "n" + secrets.token_hex(6) if stream_type is None or stream_type in OF_NOBODY else ""


def about_said(said: QueryDict, key: str = ABOUT) -> str:
    """The same as a form or an address says it; what is none means the matter as a whole."""
    about = said.get(key, "")
    return about if about != _WHOLE and _ABOUT_FORM.fullmatch(about) else ""
