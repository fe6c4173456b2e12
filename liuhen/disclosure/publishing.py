"""From an approval to the public site (发布): the snapshot is put there once for its digest, then `posted` is entered.

What is still to be done is read from the rows, so there is no queue to lose: a process that dies half way finds the
same work again, and both steps are safe to repeat.
"""

from django.conf import settings

from liuhen import ledger
from liuhen.accounts.actor import system_actor
from liuhen.acts import Invalid, Matter, Refused, fields_of, perform, preview
from liuhen.acts.matter import law_of, load_matter
from liuhen.disclosure.draws import publish_draws
from liuhen.disclosure.models import PostingRow
from liuhen.disclosure.restricted import prepared_gives_away
from liuhen.disclosure.snapshots import snapshot_of
from liuhen.disclosure.texts import RENEWAL, shown_before, text_of
from liuhen.kernel.clock import Clock, FixedClock
from liuhen.portal import store

PORTAL = "portal"
CONFIRM, REPLACE = "confirm_posting", "replace_posting"
AGAIN = "重新审核批准后更新"
"""Why a text was renewed whose maker was not asked for a reason: it was prepared before reasons were."""
BATCH = 50


def publish_due(clock: Clock) -> int:
    """Put up what is approved and take down what is withdrawn; how many postings changed on the public site."""
    changed = 0
    waiting = PostingRow.objects.filter(status="approved", channels__contains=PORTAL).order_by("prepared_ms")
    for agency, stream in waiting.values_list("agency", "stream").iterator():
        around = _length_around(stream), law_of(agency).digest
        if _refused.get(stream) == around:
            continue
        if _put_up(agency, load_matter(stream), clock):
            changed += 1
        else:
            _refused[stream] = around
        if changed >= BATCH:
            break
    return changed + _take_down() + publish_draws(clock)


_refused: dict[str, tuple[int, str]] = {}
"""Postings that the law refused, how long their matters were then, and under which law: asked again after a change."""


def _length_around(stream: str) -> int:
    """How many entries the stream and those that took it in have of their own."""
    return sum(head.length for head in ledger.heads(ledger.adopters({stream})).values())


def _put_up(agency: str, matter: Matter, clock: Clock) -> bool:
    """Ask the law first, put up, enter at the very instant that the public is shown.

    What is refused in between (somebody withheld it) is removed again at once.
    """
    system = system_actor(agency)
    now = FixedClock(clock.now_ms())
    act = REPLACE if shown_before(matter) else CONFIRM
    if preview(act, system, matter, now.ms).reasons or prepared_gives_away(matter):
        return False
    posted = store.put(snapshot_of(matter), now.ms)
    if posted.posted_ms != now.ms:  # put up before a crash, and not entered
        store.date(matter.stream, posted.digest, now.ms)
    content = {"channel": PORTAL, "address": settings.PUBLIC_URL + posted.address, "digest": posted.digest}
    text = text_of(matter)
    if act == REPLACE and text is not None:
        content["reason"] = fields_of(text).get(RENEWAL) or AGAIN
    key = f"posted-{matter.stream}-{len(matter.entries)}-{posted.digest[:16]}"
    try:
        perform(act, system, content, key, clock=now, stream=matter.stream)
    except (Refused, Invalid):
        store.undo(matter.stream, posted.digest)
        return False
    _down.discard(matter.stream)
    return True


_down: set[str] = set()
"""Postings taken down that were seen to be off the public site: not looked for again by this process."""


def _take_down() -> int:
    """Withdraw what was taken down and is still shown, as of the instant at which it was decided."""
    gone = PostingRow.objects.filter(status="taken_down").order_by("stream")
    waiting = [stream for stream in gone.values_list("stream", flat=True).iterator() if stream not in _down]
    changed = 0
    for start in range(0, len(waiting), store.POSTINGS_A_QUERY):
        some = waiting[start : start + store.POSTINGS_A_QUERY]
        for stream in store.shown_among(some):
            entry = load_matter(stream).last("taken_down")
            if entry is not None:
                store.withdraw(stream, entry.open.get("reason", ""), entry.recorded_ms)
                changed += 1
        _down.update(some)
    return changed


def shown(agency: str) -> int:
    """How many of an agency's postings the public site shows now."""
    return store.count_shown(agency)
