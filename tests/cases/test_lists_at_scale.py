"""Lists that walk an index say the same as counting everything by hand, and a search the same both ways."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liuhen.accounts.actor import OfficerActor, actor_of
from liuhen.accounts.models import Officer
from liuhen.acts.models import OwedRow
from liuhen.cases import lists, owed
from liuhen.cases.models import CaseRow, HandlerRow
from liuhen.cases.rows import rows
from liuhen.cases.search import rows_of
from liuhen.kernel.clock import parse_local
from tests.databases import People
from tests.factories.clones import clone
from tests.factories.matters import DECIDED, PARTY, play_case
from tests.factories.people import STAGE
from tests.factories.template import template_of

NOW = parse_local("2026-05-20 09:00")
CLONES = 40


@pytest.fixture
def people() -> People:
    return STAGE


@pytest.fixture
def viewer(fresh_database: object) -> OfficerActor:
    """A handler with more open duties than are listed."""
    clone(template_of(play_case(DECIDED), PARTY), CLONES)
    return actor_of(Officer.objects.get(username="zhang.qingxi"), NOW)


def owed_by_hand(viewer: OfficerActor) -> list[OwedRow]:
    handled = set(HandlerRow.objects.filter(officer=viewer.id).values_list("matter", flat=True))
    others = viewer.roles - owed.BY_CASE
    open_ = OwedRow.objects.filter(agency=viewer.agency, is_open=True)
    return [row for row in open_ if row.who in others or (row.who in owed.BY_CASE and row.matter in handled)]


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

    case = CaseRow.objects.order_by("stream")[3]
    name, said = case.party_name, word_of_an_entry(case.stream)
    few, many, both = found(name), found("诊所"), found(f"{name} {said}")
    assert few[0] >= 1 and many[0] == CLONES + 1 == found(said)[0] and both == few
    monkeypatch.setattr(lists, "FEW", 0)
    assert (found(name), found("诊所"), found(f"{said} {name}")) == (few, many, few)
    assert found("没有这家")[0] == found(f"{name} 没有这家")[0] == found(f"没有这家 {said}")[0] == 0


def word_of_an_entry(stream: str) -> str:
    """Two characters of the first text of a case, which stands in another row than its party's name."""
    (found,) = rows("SELECT tokens FROM cases_search WHERE rowid = %s", [rows_of(stream)[0] + 1])
    return str(found["tokens"]).split()[0]


@pytest.mark.parametrize("whose", lists.WHOSE)
def test_whoever_handles_many_cases_is_shown_the_same_as_if_they_were_few(
    viewer: OfficerActor, monkeypatch: pytest.MonkeyPatch, whose: owed.Whose
) -> None:
    def first(most: int) -> list[list[tuple[object, ...]]]:
        found = owed.Open(viewer, NOW)
        return [[key[:4] for key in found.first(whose, most, dated=dated)] for dated in (True, False)]

    few, total = first(10_000), owed.Open(viewer, NOW).total(whose)
    assert total == sum(map(len, few)) > 20
    monkeypatch.setattr(owed, "FEW_CASES", 20)
    monkeypatch.setattr(owed, "COUNT_MAX", 20)
    assert first(10_000) == few
    assert first(7) == [keys[:7] for keys in few]
    assert owed.Open(viewer, NOW).total(whose) == 20


def test_many_cases_are_walked_in_the_order_of_an_index(
    viewer: OfficerActor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite plans without looking at how much there is: what it plans for forty cases it does with ten thousand."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL plans by what is there")
    monkeypatch.setattr(owed, "FEW_CASES", 20)
    monkeypatch.setattr(owed, "COUNT_MAX", 20)
    with CaptureQueriesContext(connection) as asked:
        open_ = owed.Open(viewer, NOW)
        for whose in lists.WHOSE:
            open_.total(whose)
            for dated in (True, False):
                open_.first(whose, 20, dated=dated)
    queries = [query["sql"] for query in asked.captured_queries if "acts_owed" in query["sql"]]
    assert len(queries) > 6
    for query in queries:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {query}")
            plan = [row[-1] for row in cursor.fetchall() if row[-1].startswith(("SEARCH o ", "SCAN o"))]
        index = "acts_owed_matter" if "CROSS JOIN" in query else "acts_owed_role"
        assert plan and all(index in step for step in plan), (query, plan)


def test_postgres_plans_a_walk_once_a_connection(
    viewer: OfficerActor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Left to itself it plans each walk anew, as the values differ, which takes longer than walking."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite plans in no time")
    monkeypatch.setattr(owed, "FEW_CASES", 20)
    for _ in range(3):
        lists.work(viewer, NOW)
    (planned,) = rows(
        "SELECT SUM(generic_plans) AS once, SUM(custom_plans) AS anew FROM pg_prepared_statements"
        " WHERE statement LIKE %s",
        ["%LIMIT 32) t"],
    )
    assert planned["once"] >= 9 and planned["anew"] == 0


def test_every_page_of_a_worklist_goes_on_where_the_last_one_ended(viewer: OfficerActor) -> None:
    pages = [lists.owed_page(viewer, "mine", NOW, number) for number in (1, 2, 3)]
    ids = [row["id"] for page in pages for row in page.rows]
    assert len(set(ids)) == len(ids) == 3 * lists.PAGE_SIZE
    assert {page.total for page in pages} == {len(owed_by_hand(viewer))}
    beyond = lists.owed_page(viewer, "mine", NOW, 1_000)
    assert beyond.number == beyond.pages and beyond.rows


def test_a_list_counted_only_so_far_says_so_and_its_later_pages_are_reached(
    viewer: OfficerActor, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = lists.cases(viewer, lists.CaseFilter())
    assert (whole.total, whole.more) == (CLONES + 1, False)
    assert lists.stage_counts(viewer, "cases_case", ["decided", "closed"]) == {
        "decided": CLONES + 1, "closed": 0
    }  # fmt: skip
    monkeypatch.setattr(lists, "EXACT_MAX", 5)
    first, last = (lists.cases(viewer, lists.CaseFilter(), page) for page in (1, 3))
    assert first.more and first.total == lists.PAGE_SIZE + 1
    assert (last.total, last.more, len(last.rows)) == (CLONES + 1, False, 1)
    assert lists.stage_counts(viewer, "cases_case", ["decided"]) == {"decided": 5}


def test_cases_of_a_handler_are_the_same_whichever_way_they_are_found(
    viewer: OfficerActor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found(officer: str) -> tuple[int, list[Any]]:
        page = lists.cases(viewer, lists.CaseFilter(officer=officer))
        return page.total, [row["stream"] for row in page.rows]

    few = found(viewer.id), found("0" * 32)
    assert few[0][0] == CLONES + 1 and few[1] == (0, [])
    monkeypatch.setattr(lists, "FEW", 0)
    assert (found(viewer.id), found("0" * 32)) == few
