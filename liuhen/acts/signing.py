"""签名: drawn on a screen with time points, dated, by somebody who was there, of the very text that he was shown."""

import json
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from liuhen.acts.act import fields_of
from liuhen.kernel.clock import MS_PER_MINUTE, day_start_ms, format_local, local_date
from liuhen.law.dictionary import Kind
from liuhen.law.reading import role_titles
from liuhen.ledger import Entry, canonical

SIDE = 1000
"""A signature is drawn in a box this wide; points are whole numbers within it."""

_POINTS_MAX, _POINTS_MIN, _STROKES_MAX = 4000, 8, 60
_MS_MAX = 10 * 60_000
_PAGES_MAX = 60
_NOT_SHOWN = frozenset({"signatures", "files"})


class BadSignature(ValueError):
    """手写签名不能接受. The message is Chinese."""


def read_drawn(text: str) -> list[list[list[int]]]:
    """Strokes of points [x, y, milliseconds since the first], as the screen sends them. Raises `BadSignature`."""
    try:
        strokes = json.loads(text)
        read = [[[int(value) for value in point] for point in stroke] for stroke in strokes]
    except (ValueError, TypeError, RecursionError) as error:
        raise BadSignature("手写签名没有传完整，请重新签名") from error
    points = [point for stroke in read for point in stroke]
    if any(len(point) != 3 for point in points) or len(read) > _STROKES_MAX or len(points) > _POINTS_MAX:
        raise BadSignature("手写签名没有传完整，请重新签名")
    if len(points) < _POINTS_MIN:
        raise BadSignature("手写签名太短，请重新签名")
    times = [point[2] for point in points]
    inside = all(0 <= x <= SIDE and 0 <= y <= SIDE for x, y, _ in points)
    if not inside or times != sorted(times) or not 0 <= times[0] <= times[-1] <= _MS_MAX:
        raise BadSignature("手写签名的笔画不正确，请重新签名")
    return read


def read_pages(text: str) -> list[list[list[list[int]]]]:
    """The signatures of one person under each page, in the order of the pages. Raises `BadSignature`."""
    try:
        pages = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadSignature("逐页签名没有传完整，请重新签名") from error
    if not isinstance(pages, list) or not 1 <= len(pages) <= _PAGES_MAX:
        raise BadSignature("逐页签名没有传完整，请重新签名")
    return [read_drawn(json.dumps(page)) for page in pages]


def shown_digest(kind: Kind, given: Mapping[str, Any]) -> str:
    """SHA-256 of what a signer is shown: all that was typed, signatures and files aside.

    A line ends alike however it was sent: a form posts CR LF, a script LF.
    """
    text = {
        name: _lines(given[name])
        for name, field in kind.fields.items()
        if field.type not in _NOT_SHOWN and given.get(name) not in (None, "", [])
    }
    return sha256(canonical(text)).hexdigest()


def _lines(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    if isinstance(value, Mapping):
        return {name: _lines(one) for name, one in value.items()}
    return [_lines(one) for one in value] if isinstance(value, list | tuple) else value


def wrong(
    kind: Kind,
    given: Mapping[str, Any],
    values: Mapping[str, Any],
    happened_ms: int,
    now_ms: int,
    matter_ms: int | None = None,
    corrected: Entry | None = None,
) -> dict[str, str]:
    """Messages by field about signatures that cannot be: of another text, before the text, by somebody not there.

    `matter_ms`: when the matter began; what is entered as it happens was signed some time since. `corrected`: the entry
    in whose place this one comes; where it was signed on the screen there is no paper that could bear an old signature.
    """
    found: dict[str, str] = {}
    digest = shown_digest(kind, given) if _drawn(kind, values) else ""
    begun = _begun(kind, values, happened_ms, now_ms, matter_ms)
    for name, field in kind.fields.items():
        if field.type != "signatures":
            continue
        rows = values.get(name) or ()
        said = [_wrong(kind, row, values, digest, begun, now_ms) for row in rows]
        said += [_put_back(row, corrected, name) for row in rows] if corrected else []
        if said := list(filter(None, said)):
            found[name] = f"{field.label}：{'；'.join(said)}"
    return found


def _drawn(kind: Kind, values: Mapping[str, Any]) -> bool:
    """Whether anybody signed on the screen."""
    names = (name for name, field in kind.fields.items() if field.type == "signatures")
    return any(row.get("drawn") for name in names for row in values.get(name) or ())


def _begun(
    kind: Kind, values: Mapping[str, Any], happened_ms: int, now_ms: int, matter_ms: int | None
) -> int:
    """Before this nobody can have signed: the beginning of what is recorded, by the minute.

    What happened just now, by the clock of the door, was begun earlier today: filling a form in takes its time.
    """
    if kind.span:
        begun = int(values.get(kind.span[0], happened_ms))
    elif kind.time == "reported" and happened_ms == now_ms:
        begun = max(day_start_ms(local_date(now_ms)), matter_ms or 0)
    else:
        begun = happened_ms if kind.time == "reported" else matter_ms or 0
    return begun - begun % MS_PER_MINUTE


def _wrong(
    kind: Kind, row: Mapping[str, Any], values: Mapping[str, Any], digest: str, begun: int, now_ms: int
) -> str:
    who, at = row["name"], row.get("at")
    if row.get("drawn") and row.get("shown") != digest:
        return f"{who}签名以后内容又有改动，请让本人看过现在的内容重新签名"
    if isinstance(at, int) and at < begun:
        return f"{who}的签名时间（{format_local(at)}）早于所签内容的时间（{format_local(begun)}），不能先签名后记录"
    if isinstance(at, int) and at > now_ms:
        return f"{who}的签名时间（{format_local(at)}）还没有到，请按实际签名的时间填写"
    there = [
        one["name"]
        for name in _present().get(str(row.get("who")), ())
        if name in kind.fields
        for one in values.get(name) or ()
        if isinstance(one, Mapping)
    ]
    if there and who not in there and not row.get("refused"):
        signs_as = role_titles()[str(row["who"])]
        return f"{who}不在所写的{signs_as}（{'、'.join(there)}）之中，不在场的人不能签名；以别的身份签名的，改选身份"
    return ""


def _put_back(row: Mapping[str, Any], corrected: Entry, name: str) -> str:
    """What is signed otherwise than on the screen, and dated before what is corrected was even recorded."""
    before, at = fields_of(corrected).get(name) or (), row.get("at")
    if row.get("drawn") or row in before or not any(one.get("drawn") for one in before):
        return ""
    recorded = corrected.recorded_ms - corrected.recorded_ms % MS_PER_MINUTE
    if not isinstance(at, int) or at > recorded:
        return ""
    return (
        f"{row['name']}的签名时间（{format_local(at)}）不晚于原记录登记的时间（{format_local(recorded)}），"
        "更正后的内容须由本人重新签名"
    )


def present_as(role: str) -> list[str]:
    """The fields whose people sign in this role."""
    return list(_present().get(role, ()))


@cache
def _present() -> Mapping[str, list[str]]:
    loaded: Mapping[str, list[str]] = YAML(typ="safe").load(Path(__file__).with_name("present.yaml"))
    return loaded
