"""音像记录: which recordings belong to an act, and whether together they cover it from start to end."""

from collections.abc import Iterable
from operator import attrgetter

from liuhen.kernel.clock import format_local
from liuhen.law.bundle import Bundle
from liuhen.law.counting import Span, Term, count, merge
from liuhen.law.facts import Fact, Matter
from liuhen.law.owed import Owed
from liuhen.law.pack import Pack
from liuhen.law.rules import Record

READS = frozenset({"recording_ended", "recording_linked", "recording_interrupted", "interruption_explained"})
"""The kinds of entries that are looked at besides the act itself."""
_SLACK_MS = 60_000
"""Gaps of less than a minute are not gaps: acts are noted to the minute."""


def judge_recording(row: Owed, rule: Record, matter: Matter, bundle: Bundle) -> None:
    """Whether an act was recorded as its rule asks; sets due date, what met it, and what is missing."""
    start, end = act_span(row.fact, matter)
    row.counted_from = end
    _due(row, rule, matter, bundle)
    if (shown := _by_itself(row.fact, rule)) is not None:
        row.met_fact, row.met_ms = row.fact, shown
        return
    linked = [fact for fact in _linked(row.fact, matter) if _right_medium(fact, rule)]
    missing = _lacking(rule, linked, start, end, matter)
    if missing or not linked:
        row.candidate_fact, row.missing_fields = (linked[-1] if linked else None), missing
        return
    row.met_fact = max(linked, key=_recorded) if len(linked) > 1 else linked[0]
    row.met_ms = row.met_fact.at_ms
    told = [*_explained(linked, start, end, matter)] if rule.must == "whole" and _paused(matter) else []
    told += _corrected(rule, linked, start, end, matter)
    if told:
        last = max(told, key=lambda one: (one[0], one[1].number))
        if last[0] > row.met_ms:
            row.met_ms, row.met_fact = last


def _by_itself(act: Fact, rule: Record) -> int | None:
    """Since when the act's own entry holds what was taken of it: from the act, or from the correction saying so."""
    if rule.itself is None or rule.itself.test(act) is not True:
        return None
    versions = act.history or (act,)
    first = next(one for one in versions if rule.itself.test(one) is True)
    return act.at_ms if first is versions[0] else first.recorded_ms


_recorded = attrgetter("recorded_ms", "number")


def _paused(matter: Matter) -> bool:
    return "recording_interrupted" in matter.by_kind


def act_span(fact: Fact, matter: Matter) -> tuple[int, int]:
    """Start and end of an act in milliseconds UTC; its instant where the dictionary gives no span."""
    span = matter.dictionary.kinds[fact.kind].span
    if span is None:
        return fact.at_ms, fact.at_ms
    start, end = fact.fields.get(span[0]), fact.fields.get(span[1])
    return (start if start is not None else fact.at_ms), (end if end is not None else fact.at_ms)


def _right_medium(fact: Fact, rule: Record) -> bool:
    medium = fact.fields.get("medium")
    if rule.must == "whole" and medium == "photo":
        return False
    return not rule.medium or medium in rule.medium


def _linked(act: Fact, matter: Matter) -> list[Fact]:
    """Recordings that say they are of this act, or that were linked to it afterwards."""
    key = act.fields.get(matter.dictionary.kinds[act.kind].key)
    if key in (None, ""):
        return []
    own = matter.where(("recording_ended",), "subject", key)
    found = [fact for fact in own if fact.fields.get("of") == act.kind]
    if "recording_linked" not in matter.by_kind:
        return found
    for link in matter.where(("recording_linked",), "subject", key):
        if link.fields.get("of") == act.kind:
            listed = matter.where(("recording_ended",), "recording", link.fields.get("recording"))
            found += [fact for fact in listed if fact not in found]
    return found


def _lacking(rule: Record, linked: list[Fact], start: int, end: int, matter: Matter) -> tuple[str, ...]:
    missing: list[str] = []
    if rule.must == "whole" and linked:
        missing = [
            f"{format_local(gap.start_ms)}至{format_local(gap.end_ms or end)}"
            for gap in _gaps(linked, start, end, matter)
        ]
    if linked and rule.holds:
        shown = {value for fact in linked for value in fact.fields.get("shows") or ()}
        missing += [value for value in rule.holds if value not in shown]
    return tuple(missing)


def _gaps(linked: list[Fact], start: int, end: int, matter: Matter) -> Iterable[Span]:
    """Times of the act that neither a recording nor an explained interruption covers."""
    covered = [span for fact in linked for span in _covered(fact, matter)]
    at = start
    for span in merge(covered):
        if span.start_ms - at >= _SLACK_MS and at < end:
            yield Span(at, min(span.start_ms, end))
        at = max(at, span.end_ms or at)
    if end - at >= _SLACK_MS:
        yield Span(at, end)


def _covered(fact: Fact, matter: Matter) -> Iterable[Span]:
    """A recording's own time, less its interruptions, plus those that were explained."""
    started, ended = fact.fields.get("started"), fact.fields.get("ended")
    if started is None or ended is None:
        return
    if not _paused(matter):
        if started < ended:
            yield Span(started, ended)
        return
    breaks = [
        (pause.fields["from"], pause.fields.get("to") or ended, _is_explained(pause, matter))
        for pause in _pauses(fact, matter)
    ]
    at = started
    for begin, finish, explained in sorted(breaks):
        if at < begin:
            yield Span(at, min(begin, ended))
        if explained:
            yield Span(begin, finish)
        at = max(at, finish)
    if at < ended:
        yield Span(at, ended)


def _pauses(recording: Fact, matter: Matter) -> list[Fact]:
    return [
        pause
        for pause in matter.by_kind.get("recording_interrupted", ())
        if pause.fields.get("recording") == recording.fields.get("recording")
        and pause.fields.get("from") is not None
    ]


def _is_explained(pause: Fact, matter: Matter) -> bool:
    return bool(pause.fields.get("voiced")) or _account(pause, matter) is not None


def _account(pause: Fact, matter: Matter) -> Fact | None:
    """Where an interruption is explained in writing: with its own entry, or by the first account given of it."""
    if pause.fields.get("explanation"):
        return pause
    key = pause.fields.get("interruption")
    given = matter.by_kind.get("interruption_explained", ())
    return next((fact for fact in given if key and fact.fields.get("interruption") == key), None)


def _explained(linked: list[Fact], start: int, end: int, matter: Matter) -> Iterable[tuple[int, Fact]]:
    """When each interruption of the act was explained that was not by a word on the spot, and by which entry.

    Before the last of them the recording was not whole. What a correction says counts from the correction.
    """
    for pause in (one for recording in linked for one in _pauses(recording, matter)):
        if pause.fields["from"] >= end or (pause.fields.get("to") or end) <= start:
            continue
        first = pause.history[0] if pause.history else pause
        if first.fields.get("voiced"):
            continue
        account = pause if pause.fields.get("voiced") else _account(pause, matter)
        if account is not None:
            yield _said_ms(account), account


def _said_ms(account: Fact) -> int:
    """When an entry first said so: by its first version, or by a correction."""
    for version in account.history:
        if version.fields.get("voiced") or version.fields.get("explanation"):
            return version.recorded_ms
    return account.recorded_ms


def _corrected(
    rule: Record, linked: list[Fact], start: int, end: int, matter: Matter
) -> Iterable[tuple[int, Fact]]:
    """The corrections of recordings without which something would be missing."""
    changed = [fact for fact in linked if fact.history]
    if changed and _lacking(
        rule, [fact.history[0] if fact.history else fact for fact in linked], start, end, matter
    ):
        yield from ((fact.history[-1].recorded_ms, fact) for fact in changed)


def _due(row: Owed, rule: Record, matter: Matter, bundle: Bundle) -> None:
    """Until the time to store has run out, a recording that is not there is due, not missing."""
    pack, term = _storing(row.pack, rule, row.fact, bundle)
    if term is None:
        return
    row.counted = count(row.starts_ms, [term], matter.calendar, roll=bundle.rolls[id(pack)])
    row.note("音像应当储存之时届满前，没有的为待办")


def _storing(own: Pack, rule: Record, act: Fact, bundle: Bundle) -> tuple[Pack, Term | None]:
    """The term within which recordings are stored: the rule's own, its measure's, else the highest one's."""
    if rule.within is not None:
        return own, rule.within
    for pack, owe in bundle.about(rule.until, own):
        if owe.within is not None and bundle.in_force(pack, act.on):
            return pack, owe.within
    return own, None
