"""A newer program brings the databases along by itself: structure, then lists and limits made from the entries."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from liuhen.acts import rebuild
from liuhen.cases.models import CaseRow
from liuhen.config.home import Home
from liuhen.config.installation import prepare
from tests.databases import Settings
from tests.factories.matters import make_stage, play_case


@pytest.fixture
def older(durable_database: Settings, tmp_path: Path) -> Home:
    """An installation with a case, of a program one structure older whose lists had no such row."""
    make_stage()
    play_case("case")
    call_command("migrate", "cases", "0006", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_case")
    house = Home(tmp_path / "home")
    house.found("real")
    return house


def test_lists_are_made_again_after_a_change_of_structure(older: Home) -> None:
    prepare(older)
    assert CaseRow.objects.count() == 1 and not list(rebuild.check())


def test_what_was_cut_short_is_done_at_the_next_start(older: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut_short() -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(rebuild, "rebuild", cut_short)
        prepare(older)
    assert not CaseRow.objects.exists()
    prepare(older)
    assert CaseRow.objects.count() == 1


def test_nothing_is_made_again_where_the_structure_stayed(
    older: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    prepare(older)
    assert "重新生成" in capsys.readouterr().out
    prepare(older)
    assert not capsys.readouterr().out
