"""How fast a case is judged: a general-procedure case of 100 entries under province and nation."""

from collections.abc import Callable, Iterator
from statistics import median
from time import thread_time_ns

from bench.registry import Figure, measures
from bench.timing import median_ms
from liuhen.kernel.clock import MS_PER_HOUR, parse_local
from liuhen.kernel.process import settled
from liuhen.law import PACKS, Bundle, Fact, gates, load, owed, state

_START = parse_local("2026-03-02 09:00")
_LAYERS = ("R09", "HN-G", "HN-J", "HN-S")
_N = 400

_BEFORE: tuple[tuple[str, dict[str, object]], ...] = (
    (
        "lead_registered",
        {"lead": "l", "source": "complaint", "informant_kind": "named", "content": "多收", "accepted": True},
    ),
    ("verified", {"lead": "l", "recommendation": "file", "verification": "属实", "reasons": "属实"}),
    (
        "filed",
        {
            "case": "k",
            "lead": "l",
            "procedure": "general",
            "source": "complaint",
            "facts": "有",
            "party_name": "甲诊所",
        },
    ),
    ("informant_told", {"lead": "l", "about": "filed"}),
)
_ROUND: tuple[tuple[str, dict[str, object]], ...] = (
    ("inspected", {"inspection": "i", "place": "甲诊所", "party_notified": True, "certificates_shown": True}),
    ("recording_ended", {"recording": "r", "medium": "video", "of": "inspected", "subject": "i"}),
    ("recording_stored", {"recording": "r", "carrier": "system"}),
    ("inquired", {"inquiry": "q", "asked_kind": "party", "content": "问答"}),
    ("recording_ended", {"recording": "s", "medium": "sound", "of": "inquired", "subject": "q"}),
    ("recording_stored", {"recording": "s", "carrier": "system"}),
    ("evidence_collected", {"evidence": "e", "evidence_kind": "documentary", "original": True}),
    ("evidence_collected", {"evidence": "f", "evidence_kind": "electronic", "original": False}),
)
_AFTER: tuple[tuple[str, dict[str, object]], ...] = (
    ("preserved", {"measure": "m", "urgent": False}),
    ("preservation_disposed", {"measure": "m", "disposal": "released"}),
    ("suspended", {"suspension": "u", "ground": "force_majeure"}),
    ("resumed", {"suspension": "u"}),
    ("investigation_reported", {"report": "p", "proposed_kind": "penalty", "amount": 500_000}),
    ("notice_served", {"notice": "n", "amount": 500_000, "proposed_kind": "penalty", "method": "direct"}),
    ("statement_made", {"statement": "t", "notice": "n", "form": "oral", "content": "有异议"}),
    ("hearing_requested", {"hearing": "h", "notice": "n"}),
    ("hearing_notified", {"hearing": "h"}),
    ("hearing_held", {"hearing": "h"}),
    ("decision_drafted", {"draft": "d", "decision_kind": "penalty", "amount": 500_000}),
    ("review_submitted", {"round": "1", "draft": "d"}),
    ("review_received", {"round": "1", "complete": True}),
    ("review_opined", {"round": "1", "draft": "d", "opinion": "change"}),
    ("review_submitted", {"round": "2", "draft": "d"}),
    ("review_received", {"round": "2", "complete": True}),
    ("review_opined", {"round": "2", "draft": "d", "opinion": "agree"}),
    ("deliberated", {"deliberation": "b"}),
    ("decided", {"decision": "x", "draft": "d", "decision_kind": "penalty", "amount": 500_000, "party_present": False}),
    ("delivered", {"delivery": "y", "decision": "x", "method": "direct"}),
    ("posted", {"posting": "z", "decision": "x", "channel": "portal"}),
    ("performed", {"performance": "v", "decision": "x"}),
    ("execution_ended", {"decision": "x"}),
    ("closed", {"case": "k", "closing_kind": "executed"}),
)  # fmt: skip


def case(entries: int = 100) -> list[Fact]:
    """A case of so many entries: the course once; inspections, inquiries and recordings as often as needed."""
    kinds = [*_BEFORE]
    number = 0
    while len(kinds) < entries - len(_AFTER):
        kind, fields = _ROUND[number % len(_ROUND)]
        turn = str(number // len(_ROUND))
        keyed = {"inspection", "inquiry", "recording", "evidence", "subject"}
        kinds.append(
            (kind, {name: f"{value}{turn}" if name in keyed else value for name, value in fields.items()})
        )
        number += 1
    kinds += _AFTER
    return [_fact(position, kind, fields) for position, (kind, fields) in enumerate(kinds, 1)]


def _fact(number: int, kind: str, fields: dict[str, object]) -> Fact:
    at = _START + number * 7 * MS_PER_HOUR
    if kind in ("inspected", "inquired", "recording_ended", "hearing_held", "delivered"):
        fields = {**fields, "started": at - MS_PER_HOUR, "ended": at}
    return Fact(f"e{number}", kind, at, at, fields, number)


def _core_ms(call: Callable[[], object]) -> float:
    """The median time that a core worked on a call: what it takes where nobody else wants the core."""
    taken = []
    for _ in range(_N):
        start = thread_time_ns()
        call()
        taken.append((thread_time_ns() - start) / 1e6)
    return median(taken)


@measures("law.judge.ms", "law.judge.cpu_ms", "law.gates.ms", "law.load.ms")
def judge() -> Iterator[Figure]:
    """One case judged: what is owed and how each stands; the gates of one act; loading one pack."""
    bundle = Bundle([load(PACKS / name) for name in _LAYERS])
    facts = case()
    now = facts[-1].at_ms
    decided = next(fact.fields for fact in facts if fact.kind == "decided")

    settled()  # as whoever judges is

    def judged() -> object:
        return [state(row, now) for row in owed(bundle, facts)]

    yield Figure("law.judge.ms", median_ms(judged, _N), "ms", _N)
    yield Figure("law.judge.cpu_ms", _core_ms(judged), "ms", _N)
    yield Figure(
        "law.gates.ms", median_ms(lambda: gates(bundle, "decide", facts, decided, at_ms=now), _N), "ms", _N
    )
    yield Figure("law.load.ms", median_ms(lambda: load(PACKS / "HN-S"), 5), "ms", 5)
