"""音像时长: what a recording's files last is held against the span that was registered for it."""

from collections.abc import Sequence

from liuhen.acts.act import Matter
from liuhen.ledger import Entry
from liuhen.recordings.length import differs
from liuhen.review.precheck.found import Finding, Looked, Standing, called

_CHECK = "lengths"


def look(standing: Standing, now_ms: int) -> Looked:
    """One finding for each recording whose files are shorter or longer than it."""
    by_stream: dict[str, list[Entry]] = {}
    for stored in standing.of("recording_stored"):
        by_stream[stored.stream] = [entry for entry in standing.entries if entry.stream == stored.stream]
    for entries in by_stream.values():
        recording = _of(entries)
        made, text = recording.last("recording_ended"), differs(recording)
        if made is not None and text:
            yield Finding(_CHECK, f"{called(made)}：{text}", (made.id,))


def _of(entries: Sequence[Entry]) -> Matter:
    """The recording by itself."""
    first = entries[0]
    return Matter(first.stream, "recording", first.agency, tuple(entries), ())
