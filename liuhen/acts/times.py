"""时间: nothing is reported from the future or from before the matter began; days and times of a form agree.

What each field says of itself stands in the dictionary: `not_future`, `not_past` (against when the act happened) and
`not_before` (another field of the form, or `matter`: when the matter began).
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from liuhen import ledger
from liuhen.acts import registry
from liuhen.acts.act import Matter, fields_of
from liuhen.acts.correcting import standing
from liuhen.acts.form import AT
from liuhen.kernel.clock import MS_PER_MINUTE, format_date, format_local, local_date
from liuhen.law.dictionary import MATTER, Field, Kind


def wrong(
    kind: Kind, values: Mapping[str, Any], happened: int, since: int | None, now_ms: int
) -> dict[str, str]:
    """Messages by field about times that cannot be. `since`: when the matter began."""
    found = _span(kind, values, happened, since, now_ms)
    for name, field in kind.fields.items():
        value = values.get(name)
        if value is None or name in found:
            continue
        message = _field(field, value, values, happened, now_ms) or _other(kind, field, value, values, since)
        if message:
            found[name] = f"{field.label}：{message}"
    return found


def began(matter: Matter | None, corrected: ledger.Entry | None = None) -> int | None:
    """When the matter began, in milliseconds; None for what begins now.

    What opened it counts as it stands now, and from its own beginning. Where that is `corrected`, it is held against
    what it was recorded on instead.
    """
    if matter is None or not matter.entries:
        return None
    first = matter.entries[0]
    opened = standing(first, matter.entries)
    if corrected is not None and corrected.id == opened.id:
        return _began_above(first)
    span = registry.dictionary().kinds[opened.kind].span
    return int(fields_of(opened)[span[0]]) if span else opened.happened_ms


def _began_above(opening: ledger.Entry) -> int | None:
    """The beginning of what had been recorded where a stream was opened; None for what began from nothing."""
    act = registry.dictionary().kinds[opening.kind].act
    if act is None or not registry.act(act).on:
        return None
    above = ledger.adopters({opening.stream}) - {opening.stream}
    earlier = [entry for entry in ledger.read(above) if entry.index < opening.index] if above else []
    return min((entry.happened_ms for entry in earlier), default=None)


def _span(
    kind: Kind, values: Mapping[str, Any], happened: int, since: int | None, now_ms: int
) -> dict[str, str]:
    """When it happened, from its beginning to its end."""
    found: dict[str, str] = {}
    name = kind.span[1] if kind.span else AT
    if happened > now_ms:
        found[name] = (
            f"{_label(kind, name)}：{format_local(happened)} 晚于现在（{format_local(now_ms)}），请按实际时间填写"
        )
    elif since is not None and happened < since:
        found[name] = f"{_label(kind, name)}：{_early(happened, since)}"
    first = values.get(kind.span[0]) if kind.span else None
    if kind.span is None or first is None:
        return found
    if first > happened:
        found[kind.span[0]] = f"{_label(kind, kind.span[0])}：晚于结束时间，请核对"
    elif since is not None and first // MS_PER_MINUTE < since // MS_PER_MINUTE:
        found[kind.span[0]] = f"{_label(kind, kind.span[0])}：{_early(first, since)}"
    return found


def _label(kind: Kind, name: str) -> str:
    return kind.fields[name].label if name in kind.fields else "发生时间"


def _early(at: int, since: int) -> str:
    return f"{format_local(at)} 早于本事项开始的时间（{format_local(since)}），请核对"


def _field(field: Field, value: Any, values: Mapping[str, Any], happened: int, now_ms: int) -> str:
    """Against now, or against when the act happened."""
    if field.not_future and _earlier(now_ms, value):
        return f"{_shown(value)} 还没有到（现在是{format_local(now_ms)}），请按实际填写"
    if field.not_past and _earlier(value, happened):
        return f"{_shown(value)} 已经过去（本次办理是在{format_local(happened)}），请改定以后的日期"
    return ""


def _other(kind: Kind, field: Field, value: Any, values: Mapping[str, Any], since: int | None) -> str:
    """Against another field of the form, or the beginning of the matter."""
    for name in field.not_before:
        other = since if name == MATTER else values.get(name)
        if other is not None and _earlier(value, other):
            what = "本事项开始的时间" if name == MATTER else kind.fields[name].label
            return f"{_shown(value)} 早于{what}（{_shown(other)}），请核对"
    return ""


def _earlier(one: Any, two: Any) -> bool:
    """Whether one lies before two: by the minute, or by the day where either is a day."""
    if isinstance(one, int) and isinstance(two, int):
        return one // MS_PER_MINUTE < two // MS_PER_MINUTE
    return _day(one) < _day(two)


def _day(value: Any) -> date:
    return local_date(value) if isinstance(value, int) else date.fromisoformat(str(value))


def _shown(value: Any) -> str:
    return format_local(value) if isinstance(value, int) else format_date(_day(value))
