"""以前的同类文书: the words of an earlier document as a start for a new one, without what it says of another party.

Whatever the earlier matter's record names (parties, places, officers, numbers) is left out, every line is marked to be
confirmed, and the door takes nothing in while a mark is left.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from liuhen import ledger
from liuhen.acts.act import fields_of
from liuhen.acts.payload import UNCONFIRMED
from liuhen.kernel.clock import format_local
from liuhen.law.dictionary import Dictionary
from liuhen.ledger import Entry

OFFERED = 12
"""Earlier documents offered at once."""

_FIGURES = re.compile(r"[0-9０-９][0-9０-９,，.．]*")
_IN_WORDS = re.compile(
    r"(?<![第〇零一二三四五六七八九十百千万亿两几数])[〇零一二三四五六七八九十百千万亿两]+(?:余|多)?"
    r"(?=人|次|笔|张|册|本|份|台|个|项|页|盒|间|名|件|例|套|支|箱|瓶|床|段|条|处|家|位|种|枚|包|袋|片|粒|针|"
    r"元|角|分钱|万|亿|年|月|日|天|周|小时|分钟|时许|点|岁|号|成(?!立))"
)
"""Figures in Chinese characters, before what they count; which article or which time of a list stays."""
_BLANK = "＿＿"
_SHORTEST = 2
_PEOPLE = frozenset({"officers", "signatures"})


@dataclass(frozen=True)
class Earlier:
    """One earlier document: where it lies, when it was made, and in whose matter."""

    stream: str
    number: int
    at: str
    about: str


def earlier(agency: str, kind: str, without: Iterable[str]) -> list[Earlier]:
    """The agency's latest entries of a kind in other matters (`without`: the streams of this one)."""
    own = set(without)
    places = [one for one in ledger.latest_of(agency, kind, 4 * OFFERED) if one[0] not in own][:OFFERED]
    entries = ledger.read({stream for stream, _ in places}, parts=[ledger.OPEN])
    by_place = {(entry.stream, entry.number): entry for entry in entries}
    return [
        Earlier(stream, number, format_local(by_place[stream, number].recorded_ms), _about(stream, entries))
        for stream, number in places
    ]


def text_of(
    entry: Entry, field: str, told: Iterable[Entry], here: Iterable[Entry], dictionary: Dictionary
) -> str:
    """The words of one field of an earlier entry, marked line by line.

    `told`: the entries of its matter, whose names and figures are left out; `here`: those of the present one, whose
    names may stay.
    """
    text = str(fields_of(entry).get(field) or "")
    kept = set(_named(here, dictionary))
    for value, label in sorted(_named(told, dictionary).items(), key=lambda one: -len(one[0])):
        if value not in kept:
            text = text.replace(value, f"〔{label}〕")
    text = _IN_WORDS.sub(_BLANK, _FIGURES.sub(_BLANK, text))
    return "\n".join(f"{UNCONFIRMED}{line.strip()}" for line in text.split("\n") if line.strip())


def _about(stream: str, entries: Sequence[Entry]) -> str:
    """Whose matter it is, as its first entries say."""
    for entry in entries:
        if entry.stream == stream:
            words = [entry.open.get(name) for name in ("party_name", "suspect", "cause")]
            if said := "　".join(str(word) for word in words if word):
                return said
    return ""


def _named(entries: Iterable[Entry], dictionary: Dictionary) -> Mapping[str, str]:
    """What a matter's record names in short fields: the words, and the label under which they stand."""
    found: dict[str, str] = {}
    for entry in entries:
        fields = dictionary.kinds[entry.kind].fields
        for name, value in fields_of(entry).items():
            for word in _words(fields[name].type, value) if name in fields else ():
                if len(word) >= _SHORTEST:
                    found.setdefault(word, fields[name].label)
    return found


def _words(type: str, value: Any) -> Iterable[str]:
    if type == "text" and isinstance(value, str):
        yield value.strip()
    elif type in _PEOPLE:
        for one in value or ():
            yield str(one.get("name") or "")
