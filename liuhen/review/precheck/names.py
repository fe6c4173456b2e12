"""当事人名称、代码: spelled one way in every document."""

import re
from collections.abc import Iterator
from unicodedata import normalize

from liuhen.acts import registry
from liuhen.acts.checks import credit_code
from liuhen.ledger import Entry
from liuhen.review.precheck.found import Finding, Looked, Standing, Unchecked, called, table

_CHECK = "names"
_CODE = re.compile(r"(?<![0-9A-Z])[0-9A-HJ-NP-RTUWXY]{2}\d{6}[0-9A-HJ-NP-RTUWXY]{10}(?![0-9A-Z])")
_SHORTEST = 4
_LIKE = 4
"""So many characters of a code may differ for it to be a slip of this one, not another's."""


def look(standing: Standing, now_ms: int) -> Looked:
    """The fields that name the party, the party's name as texts spell it, codes."""
    begun = standing.last("filed") or standing.last("on_spot_decided")
    if begun is None:
        return
    name = str(begun.open.get("party_name") or "")
    yield from _fields(standing, begun, name)
    if len(name) >= _SHORTEST:
        yield from _spelled(standing, name)
    else:
        yield Unchecked("当事人名称", f"名称（{name}）太短，文字里的写法没有逐处核对")
    code = str(begun.open.get("party_code") or "")
    if code:
        yield from _codes(standing, code)
    else:
        yield Unchecked("统一社会信用代码", "立案时没有登记代码，没有核对")


def plain(text: str) -> str:
    """A name without spaces, full width or half."""
    return normalize("NFKC", text).replace(" ", "")


def _fields(standing: Standing, begun: Entry, name: str) -> Iterator[Finding]:
    for entry in standing.entries:
        for field in table()["party_fields"]:
            said = entry.open.get(field)
            if isinstance(said, str) and said and said != name:
                how = "写法不同" if plain(said) == plain(name) else "不是同一名称"
                yield Finding(
                    _CHECK,
                    f"{called(entry)}的{_label(entry, field)}是“{said}”，立案的当事人是“{name}”，{how}",
                    (entry.id, begun.id),
                )


def _spelled(standing: Standing, name: str) -> Iterator[Finding]:
    for entry, _, label, text in standing.texts("longtext"):
        for slip in dict.fromkeys(slips(text, name)):
            yield Finding(
                _CHECK, f"{called(entry)}的“{label}”写作“{slip}”，当事人名称是“{name}”", (entry.id,)
            )


def slips(text: str, name: str) -> Iterator[str]:
    """Spellings that are nearly the name: one character other, or one left out within."""
    rest = text.replace(name, "\0")
    for start in range(len(rest) - len(name) + 1):
        window = rest[start : start + len(name)]
        near = window[:2] == name[:2] or window[-2:] == name[-2:]
        if near and sum(a != b for a, b in zip(window, name, strict=True)) == 1:
            yield window
    for left_out in range(1, len(name) - 1):
        short = name[:left_out] + name[left_out + 1 :]
        if len(short) >= _SHORTEST and short in rest:
            yield short


def _codes(standing: Standing, code: str) -> Iterator[Finding]:
    for entry, _, label, text in standing.texts("longtext", "text"):
        for said in dict.fromkeys(_CODE.findall(text)):
            if said == code:
                continue
            differ = sum(a != b for a, b in zip(said, code, strict=True))
            if differ <= _LIKE or credit_code(said) is not None:
                yield Finding(
                    _CHECK, f"{called(entry)}的“{label}”写的代码{said}，立案登记的是{code}", (entry.id,)
                )


def _label(entry: Entry, field: str) -> str:
    return registry.dictionary().kinds[entry.kind].fields[field].label
