"""Lists that walk an index say the same as counting everything by hand, and a search the same both ways."""

from typing import Any

import pytest

from liuhen.accounts.actor import OfficerActor, actor_of
from liuhen.accounts.models import Officer
from liuhen.acts.models import OwedRow
from liuhen.cases import lists
from liuhen.cases.models import CaseRow, HandlerRow
from liuhen.kernel.clock import parse_local
from tests.factories.clones import clone
from tests.factories.matters import DECIDED, PARTY, make_stage, play_case
from tests.factories.template import template_of

NOW = parse_local("2026-05-20 09:00")
CLONES = 40


@pytest.fixture
def viewer(fresh_database: object) -> OfficerActor:
    """A handler with more open duties than are listed."""
    make_stage()
    clone(template_of(play_case(DECIDED), PARTY), CLONES)
    return actor_of(Officer.objects.get(username="zhang.qingxi"), NOW)


def owed_by_hand(viewer: OfficerActor) -> list[OwedRow]:
    handled = set(HandlerRow.objects.filter(officer=viewer.id).values_list("matter", flat=True))
    others = viewer.roles - lists._BY_CASE
    open_ = OwedRow.objects.filter(agency=viewer.agency, is_open=True)
    return [
        row for row in open_ if row.who in others or (row.who in lists._BY_CASE and row.matter in handled)
    ]


def test_the_total_counts_all_and_the_list_begins_with_the_most_pressing(viewer: OfficerActor) -> None:
    work, all_ = lists.work(viewer, NOW), owed_by_hand(viewer)
    assert work.mine_total == len(all_) > lists.WORK_MAX
    dated = sorted(row.due_ms for row in all_ if row.due_ms is not None)
    listed = [row["due_ms"] for row in (*work.overdue, *work.due)]
    assert listed == dated[: lists.WORK_MAX]


def test_a_search_finds_the_same_however_many_it_finds(
    viewer: OfficerActor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found(query: str) -> tuple[int, list[Any]]:
        page = lists.cases(viewer, lists.CaseFilter(query=query))
        return page.total, [row["stream"] for row in page.rows]

    name = CaseRow.objects.order_by("stream")[3].party_name
    few, many = found(name), found("诊所")
    assert few[0] >= 1 and many[0] == CLONES + 1
    monkeypatch.setattr(lists, "FEW", 0)
    assert (found(name), found("诊所")) == (few, many)
    assert found("没有这家")[0] == 0
