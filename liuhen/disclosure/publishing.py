"""From an approval to the public site (发布): the snapshot is put there once for its digest, then `posted` is entered.

What is still to be done is read from the rows, so there is no queue to lose: a process that dies half way finds the
same work again, and both steps are safe to repeat.
"""

from django.conf import settings

from liuhen import ledger
from liuhen.accounts.actor import system_actor
from liuhen.accounts.models import Agency
from liuhen.acts import Matter, Refused, fields_of, perform, preview
from liuhen.acts.matter import law_of, load_matter
from liuhen.disclosure.draws import publish_draws
from liuhen.disclosure.models import PostingRow
from liuhen.kernel.clock import Clock, FixedClock
from liuhen.portal import store
from liuhen.portal.snapshot import Snapshot

PORTAL = "portal"
CONFIRM = "confirm_posting"
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


def snapshot_of(matter: Matter) -> Snapshot:
    """The public content of a posting: what was approved, and nothing else of the case."""
    entry = matter.last("disclosure_prepared")
    if entry is None:
        raise ValueError("not a posting")
    fields = fields_of(entry)
    return Snapshot(
        posting=matter.stream,
        category="after",
        agency=matter.agency,
        agency_name=Agency.objects.values_list("name", flat=True).get(id=matter.agency),
        kind="行政处罚",
        title=fields["title"],
        number=fields["number"],
        decided_on=fields["decided_on"],
        fields=(
            ("行政处罚决定书文号", fields["number"]),
            ("行政相对人名称", fields["party_name"]),
            ("执法事项名称", fields["title"]),
            ("主要违法事实", fields["facts"]),
            ("处罚依据", fields["basis"]),
            ("处罚结果", fields["result"]),
            ("作出决定的机关", fields["agency_name"]),
            ("决定日期", fields["decided_on"]),
        ),
    )


def _put_up(agency: str, matter: Matter, clock: Clock) -> bool:
    """Ask the law first, put up, enter at the very instant that the public is shown.

    What is refused in between (somebody withheld it) is removed again at once.
    """
    system = system_actor(agency)
    now = FixedClock(clock.now_ms())
    if preview(CONFIRM, system, matter, now.ms).reasons:
        return False
    posted = store.put(snapshot_of(matter), now.ms)
    if posted.posted_ms != now.ms:  # put up before a crash, and not entered
        store.date(matter.stream, posted.digest, now.ms)
    content = {"channel": PORTAL, "address": settings.PUBLIC_URL + posted.address, "digest": posted.digest}
    key = f"posted-{matter.stream}-{posted.digest[:16]}"
    try:
        perform(CONFIRM, system, content, key, clock=now, stream=matter.stream)
    except Refused:
        store.undo(matter.stream, posted.digest)
        return False
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
