"""Two people at two streams of one matter at the same moment: a gate that looks at both is never broken.

One decides that a decision is withheld (on the case), the other enters its posting (on the publication). Once it is
withheld nothing may be posted. Suite: 20 races on each engine; `RACES=400 make test TESTS=tests/stories/test_races.py`.
"""

import os
from dataclasses import dataclass
from functools import partial

import pytest
from django.test import Client

from liuhen import ledger
from liuhen.accounts.actor import system_actor
from liuhen.acts import Invalid, Refused, perform
from liuhen.acts.matter import load_matter
from liuhen.cases.models import LeadRow, Presence
from liuhen.disclosure.accepting import still_open
from liuhen.kernel.ids import new_id
from liuhen.web import clock as web_clock
from tests.stories.office import LEAD, Office, case_as_far_as
from tests.threads import at_once

RACES = int(os.environ.get("RACES", "20"))
BATCH = 20
"""Races in one case; a longer record only makes each race slower."""


@dataclass(frozen=True)
class Pair:
    """One decision of the case and the posting that was approved for it."""

    case: str
    decision: str
    posting: str


def prepared(count: int) -> tuple[Office, list[Pair]]:
    """A case with so many decisions, each with a posting that waits to be entered."""
    Presence.objects.all().delete()  # the same people do the same at the same hours once more
    office, streams = case_as_far_as("decision")
    office.clock.set("2026-05-18 09:00")
    return office, [_pair(office, streams["case"]) for _ in range(count)]


def _pair(office: Office, case: str) -> Pair:
    # a case is decided anew only when its decision did not stand
    changed = {"outcome": "changed", "effective_on": "2026-05-18", "by": "某机关"} | {
        "new_amount": "20000",
        "new_refund": "14200",
    }
    office.do("fa", "record_outcome", changed, case)
    decided = {"opinion_head": "同意。", "correction_ordered": True, "party_present": False}
    decision = office.do("ju", "decide", decided, case)
    text = dict.fromkeys(("title", "facts", "basis", "result", "agency_name"), "无")
    posting = office.do(
        "zhao",
        "prepare_disclosure",
        {
            **text,
            "form": "abstract",
            "party_name": decision.fields["party_name"],
        },
        case,
    ).stream
    accepted = [{"what": one, "why": "从简。"} for one in still_open(load_matter(posting))]
    office.do("fa", "review_disclosure", {"agree": True, "opinion": "同意。", "accepted": accepted}, posting)
    office.do("mi", "review_secrecy", {"agree": True, "opinion": "同意。"}, posting)
    office.do("fuju", "approve_disclosure", {"channels": ["portal"]}, posting)
    return Pair(case, decision.fields["decision"], posting)


def race(office: Office, pair: Pair) -> list[str]:
    """Both at once; the rules by which either was refused."""
    head, system = office.who("fuju"), system_actor(office.agency)
    reason = {"decision": pair.decision, "ground": "secret", "reason": "涉及隐私。", "decided_by": "韩岚"}
    posted = {"channel": "portal", "address": "p/", "digest": "0" * 64}

    def withhold() -> None:
        perform("withhold", head, reason, new_id(), clock=office.clock, stream=pair.case)

    def post() -> None:
        perform("confirm_posting", system, posted, new_id(), clock=office.clock, stream=pair.posting)

    broken = at_once(withhold, post)
    refused = [each.rule for error in broken if isinstance(error, Refused) for each in error.reasons]
    assert [error for error in broken if not isinstance(error, Refused)] == []
    return refused


@pytest.mark.postgres
@pytest.mark.article("HN-G-9")
def test_what_is_withheld_is_never_posted_afterwards(both_stages: str) -> None:
    refusals = 0
    for batch in range(0, RACES, BATCH):
        office, pairs = prepared(min(BATCH, RACES - batch))
        for pair in pairs:
            refused = race(office, pair)
            assert set(refused) <= {"HN-G-9.withheld"}
            refusals += len(refused)
        entries = load_matter(pairs[0].case).entries
        withheld = {e.open["decision"]: e.index for e in entries if e.kind == "withheld"}
        posted = {e.open["decision"]: e.index for e in entries if e.kind == "posted"}
        assert len(withheld) == len(pairs)
        late = [each for each, index in posted.items() if withheld.get(each, index) < index]
        assert late == [], f"{len(late)} of {len(pairs)} posted after they were withheld"
    assert refusals < RACES, "the posting never came first: nothing raced"
    for agency in ledger.agencies():
        ledger.publish_checkpoint(agency, office.clock.ms)
    assert ledger.verify() == []


def submitted_at_once(office: Office, about: str) -> list[int]:
    """The statuses of two windows that send one draft at the same moment; both were opened before either was sent."""
    found, clients = list[int](), [Client(), Client()]
    for client in clients:
        client.force_login(office.officer("zhang"), "django.contrib.auth.backends.ModelBackend")

    def send(client: Client) -> None:
        typed = {**LEAD, "accepted": "yes", "_key": new_id(), "_done": "", "_about": about}
        found.append(client.post("/do/register_lead/", typed).status_code)

    assert at_once(*(partial(send, client) for client in clients)) == []
    return sorted(found)


@pytest.mark.postgres
def test_one_draft_sent_from_two_windows_at_once_begins_one_lead(
    both_stages: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = Office()
    monkeypatch.setattr(web_clock, "_clock", [office.clock])
    races = max(RACES // 4, 1)
    assert [submitted_at_once(office, f"n{number:012d}") for number in range(races)] == [[302, 409]] * races
    assert LeadRow.objects.count() == races


ON_SPOT = {
    "started": "2026-03-02 09:10",
    "ended": "2026-03-02 09:40",
    "place": "清溪县北关街7号",
    "party_kind": "organisation",
    "cause": "没有按规定保管处方资料",
    "sanction": "warning",
    "facts": "1月的处方没有按规定保管。",
    "basis": "《医疗保障基金使用监督管理条例》的有关规定。",
    "certificates_shown": True,
    "told": True,
    "stated": False,
    "correction_ordered": True,
    "remedies": "可以依法申请行政复议或者提起行政诉讼。",
    "delivered_on_spot": True,
}


def decided_at_once(office: Office, number: str) -> list[Exception]:
    """What two are told who decide on the spot by one number at the same moment, each of another lead."""
    signed = [
        {"who": "party", "name": "柳眉"},
        {"who": "officer", "name": "张明远"},
        {"who": "officer", "name": "李若溪"},
    ]
    said = {**ON_SPOT, "officers": office.ids("zhang", "li"), "signatures": signed}
    office.clock.set("2026-03-02 09:00")
    leads = {who: office.lead().stream for who in ("zhang", "li")}
    office.clock.set("2026-03-02 10:00")
    works = [
        partial(
            office.do,
            who,
            "decide_on_spot",
            {**said, "number": written, "party_name": f"清溪县{who}药店{number}"},
            leads[who],
        )
        for who, written in (
            ("zhang", f"清医保当罚〔2026〕{number}号"),
            ("li", f"清医保当罚[2026]{number}号"),
        )
    ]
    return at_once(*works)


@pytest.mark.postgres
def test_one_number_of_a_decision_on_the_spot_is_used_once_by_two_at_once(both_stages: str) -> None:
    office = Office()
    for race_number in range(max(RACES // 4, 1)):
        told, *others = decided_at_once(office, str(race_number))
        assert others == [], [told, *others]
        assert isinstance(told, Invalid), told
        assert "一个编号只用一次" in told.errors["number"]
