"""Cloned cases are whole: the record verifies, every row says what the entries say, every name is its own."""

from collections.abc import Sequence

import pytest
from django.db import connection

from liuhen import ledger
from liuhen.acts import rebuild
from liuhen.cases.search import found_in, row_of
from tests.databases import People
from tests.factories.clones import clone
from tests.factories.matters import DECIDED, PARTY, entries_of, play_case
from tests.factories.people import STAGE
from tests.factories.template import template_of

CLONES = 50


@pytest.fixture
def people() -> People:
    return STAGE


def rows(sql: str, values: Sequence[str] = ()) -> list[tuple[object, ...]]:
    """What a query gives."""
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values])
        return list(cursor.fetchall())


@pytest.mark.usefixtures("fresh_database")
def test_clones_verify_and_their_rows_say_what_their_entries_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.factories.clones.CHUNK", 20)  # several transactions
    played = play_case(DECIDED)
    made = clone(template_of(played, PARTY), CLONES)
    assert len(set(made)) == CLONES
    assert len(ledger.read(ledger.matter_streams(made[-1]))) == entries_of(played)
    ledger.publish_checkpoint(played.agency, 1_790_000_000_000)
    assert ledger.verify() == []
    assert list(rebuild.check()) == []
    assert rows("SELECT COUNT(DISTINCT number), COUNT(DISTINCT decision_number) FROM cases_case") == [
        (51, 51)
    ]


@pytest.mark.usefixtures("fresh_database")
def test_a_clone_is_found_under_its_own_name_and_can_be_acted_on() -> None:
    template = template_of(play_case(DECIDED), PARTY)
    clone(template, 2)
    stream, name = rows("SELECT stream, party_name FROM cases_case ORDER BY stream LIMIT 1")[0]
    assert name != PARTY and len(str(name)) == len(PARTY)
    searched = found_in(str(name))
    assert searched is not None and rows(*searched) == [(row_of(str(stream)),)]
    again = play_case("case")  # no further: the same people were inspecting at the same hour
    numbers = [number for (number,) in rows("SELECT number FROM cases_case")]
    assert len(set(numbers)) == 4, "the counters went on behind the clones"
    assert again.agency == template.agency and ledger.verify() == []


@pytest.mark.usefixtures("fresh_database")
def test_the_guards_are_back_after_cloning() -> None:
    clone(template_of(play_case("case"), PARTY), 1)
    with pytest.raises(Exception, match="底账"):
        rows("UPDATE ledger_entry SET kind = 'x'")
