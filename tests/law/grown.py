"""Judging entry by entry, and everything that can be told of an obligation."""

from collections import Counter
from collections.abc import Iterable, Sequence

from liuhen.law import Bundle, Fact, Judged, Owed, judge, owed


def told(rows: Iterable[Owed]) -> list[tuple[object, ...]]:
    """All that rows say, in their order."""
    return [
        (
            row.rule, row.trigger, row.fact, row.each, row.subject, row.standing, row.arises_ms, row.starts_ms,
            row.counted and row.counted._replace(lines=()), row.span, row.met_by, row.met_ms, row.candidate,
            row.missing_fields, row.excused_by, row.excuse_reason, row.yielded_to,
            row.beside, row.led_by and row.led_by.rule, row.needs, row.needs_text, row.working,
        )
        for row in rows
    ]  # fmt: skip


def entry_by_entry(bundle: Bundle, facts: Sequence[Fact], step: int = 1) -> None:
    """Each judgement that takes over from the one before says what one from the beginning says."""
    before: Judged | None = None
    said: dict[int, object] = {}
    for end in range(0, len(facts) + step, step):
        before = judge(bundle, facts[:end], before)
        whole = owed(bundle, facts[:end])
        if before.new is not None:
            new = set(map(id, before.new))
            for row, line in zip(before.rows, told(before.rows), strict=True):
                assert id(row) in new or said[id(row)] == line, "what is taken over says what it said"
        said = dict(zip(map(id, before.rows), told(before.rows), strict=True))
        if told(before.rows) != told(whole):
            for one, other in zip(told(before.rows), told(whole), strict=False):
                assert one == other
            assert len(before.rows) == len(whole)


def as_asked(bundle: Bundle, facts: Sequence[Fact], step: int = 1, start: int = 0) -> None:
    """Judged on without ever being asked for all, what is new and gone is what becomes of the whole."""
    before = judge(bundle, facts[:start])
    was = owed(bundle, facts[:start])
    for end in range(start + step, len(facts) + step, step):
        judged = judge(bundle, facts[:end], before)
        whole = owed(bundle, facts[:end])
        lines = Counter(map(repr, told(whole)))
        if judged.new is not None:
            became = Counter(map(repr, told(was)))
            became.subtract(map(repr, told(judged.gone)))
            became.update(map(repr, told(judged.new)))
            assert +became == lines and not -became
        answering = Counter(map(repr, told(judged.answering())))
        asks = {ask.id for ask in bundle.asks()}
        assert answering <= lines
        assert not any(asks & set(row.needs) for row in whole if repr(told([row])[0]) not in answering)
        before, was = judged, whole
    assert told(before.rows) == told(was)
