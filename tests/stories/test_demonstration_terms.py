"""演示数据: its agencies have set to whom one turns and where one pays, and their decisions name them."""

from collections.abc import Iterator

from liuhen import ledger
from liuhen.accounts.models import Agency
from liuhen.acts.matter import load_matter
from liuhen.documents.terms import MISSING, terms_at
from liuhen.kernel.clock import parse_local
from liuhen.ledger import Entry
from liuhen.oversight.scenarios.demonstration import load

NOW = parse_local("2026-11-23 10:00")


def test_every_decision_names_the_organ_and_the_court_of_its_day(stage: object) -> None:
    assert [str(fault) for outcome in load("yi-ge-mi-ma-1", NOW) for fault in outcome.failures] == []
    seen = 0
    for agency in Agency.objects.filter(slug__in=("qingxi", "wangdu")):
        for entry in decisions(agency.id):
            terms = terms_at(agency.id, entry.recorded_ms)
            assert set(MISSING) <= set(terms)
            assert (
                terms["review_organ"] in entry.open["remedies"] and terms["court"] in entry.open["remedies"]
            )
            seen += 1
    assert seen > 3


def decisions(agency: str) -> Iterator[Entry]:
    """What was decided in an agency's cases."""
    for stream in ledger.streams_of(agency, "case"):
        entries = load_matter(stream).entries
        yield from (one for one in entries if one.kind in ("decided", "on_spot_decided"))
