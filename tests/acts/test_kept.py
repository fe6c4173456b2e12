"""A matter kept between acts is what reading it afresh gives; whatever has moved since, it is read again."""

from dataclasses import replace

import pytest
from django.db import transaction

from liuhen import ledger
from liuhen.acts import kept, projections
from liuhen.acts.act import Matter
from liuhen.acts.found import find, read_ahead
from liuhen.acts.matter import load_matter
from liuhen.acts.models import JudgedMatter, OwedRow
from liuhen.kernel.ids import new_id
from tests.databases import People
from tests.factories.people import AT_WORK
from tests.web.played import Play, begin


@pytest.fixture
def people() -> People:
    return AT_WORK


@pytest.fixture
def play(fresh_database: object) -> Play:
    kept._kept.clear()
    return begin()


def locked(stream: str) -> Matter:
    (agency,) = {head.agency for head in ledger.heads([stream]).values()}
    with ledger.write_turn(), transaction.atomic():
        found = find(agency, stream, new_id(), alone=True).matter
    assert found is not None
    return found


def afresh(stream: str) -> Matter:
    held = dict(kept._kept)
    kept._kept.clear()
    read = locked(stream)
    kept._kept.update(held)
    return read


def test_what_is_kept_is_what_would_be_read(play: Play):
    case = play.file_case()
    play.act("report_investigation", "zhang", case)
    assert locked(case) is kept._kept[case][0]
    assert locked(case) == afresh(case)


def test_what_is_kept_act_after_act_is_what_is_kept_at_once(play: Play):
    case = play.file_case()
    for name in ("report_investigation", "draft_decision"):
        play.act(name, "zhang", case)
    held = kept._kept[case]
    kept.keep(held.matter, held.rows, held.ends)
    assert kept._kept[case] == held
    assert vars(held.matter)["_by_kind"] == replace(held.matter)._by_kind


def test_a_matter_read_before_its_lock_is_read_again_if_it_has_moved(play: Play):
    case = play.file_case()
    kept._kept.clear()
    read_ahead(case)
    old = kept._kept[case]
    kept._kept.clear()
    play.act("report_investigation", "zhang", case)
    kept._kept[case] = old  # as whoever read it before the other's act was recorded
    play.act("draft_decision", "zhang", case)
    assert kept._kept[case].matter.last("investigation_reported") is not None
    assert not projections.differences(load_matter(case))


def test_rows_of_a_matter_that_is_read_are_judged_on_where_they_stand(play: Play):
    case = play.file_case()
    kept._kept.clear()
    play.act("report_investigation", "zhang", case)
    assert not projections.differences(load_matter(case))


def test_rows_judged_under_another_law_are_compared(play: Play):
    case = play.file_case()
    for judged_now in (True, False):
        kept._kept.clear()
        OwedRow.objects.filter(matter=case, is_open=True).update(detail="{}")
        if not judged_now:
            JudgedMatter.objects.filter(matter=case).update(digest="another")
        play.act("report_investigation" if judged_now else "draft_decision", "zhang", case)
        assert bool(projections.differences(load_matter(case))) is judged_now


def test_an_entry_from_another_process_is_not_missed(play: Play):
    case = play.file_case()
    play.act("report_investigation", "zhang", case)
    before = kept._kept[case]
    play.act("draft_decision", "zhang", case)
    kept._kept[case] = before  # as a process holds it that did not perform the second act
    assert locked(case).last("decision_drafted") is not None
    assert locked(case) == afresh(case)


def test_an_entry_on_a_stream_that_the_case_took_in_is_not_missed(play: Play):
    case = play.file_case()
    play.act("report_investigation", "zhang", case)
    held = kept._kept[case]
    matter, ends = held.matter, held.ends
    lead = next(stream for stream in ends if stream != case)
    kept._kept[case] = held._replace(ends={**ends, lead: (ends[lead][0] - 1, b"earlier")})
    assert locked(case) is not matter and locked(case) == matter


def test_a_destroyed_part_is_not_remembered(play: Play):
    case = play.file_case()
    play.act("report_investigation", "zhang", case)
    matter = kept._kept[case][0]
    first = next(entry for entry in matter.entries if entry.open)
    order = ledger.EntryDraft(new_id(), "ordered", 1, 0, {}, destroys=((first.id, ledger.OPEN),))
    with ledger.write_turn(), transaction.atomic():
        ledger.create_stream(first.agency, "inspection", order.stream)
        ledger.append(
            first.agency, [order], act="order", key=new_id(), actor="nobody", recorded_ms=0, pack_digest=None
        )
    now = next(entry for entry in locked(case).entries if entry.index == first.index)
    assert now.parts[ledger.OPEN] is None


def test_what_is_not_committed_is_not_kept(play: Play):
    case = play.file_case()
    play.act("report_investigation", "zhang", case)
    before = kept._kept[case][0]
    with pytest.raises(ZeroDivisionError), ledger.write_turn(), transaction.atomic():
        play.act("draft_decision", "zhang", case)
        raise ZeroDivisionError
    assert kept._kept[case][0] is before
    assert locked(case).last("decision_drafted") is None
