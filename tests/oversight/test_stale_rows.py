"""What was judged under a law since changed waits to be judged again; what was altered is named. Both commands."""

import argparse

import pytest

from liuhen.acts import projections, rebuild
from liuhen.acts.act import Matter
from liuhen.acts.models import JudgedMatter, OwedRow
from liuhen.acts.registry import Projection, Row
from liuhen.config.commands.ledger import verify
from liuhen.config.commands.rebuild import rebuild as command
from tests.databases import People
from tests.factories.people import AT_WORK
from tests.web.played import Play, begin


@pytest.fixture
def people() -> People:
    return AT_WORK


@pytest.fixture
def case(fresh_database: object) -> str:
    play: Play = begin()
    return play.file_case()


def said(capsys: pytest.CaptureFixture[str]) -> tuple[int, str, int, str]:
    """Exit code and words of `rebuild --check` and of `ledger verify`."""
    capsys.readouterr()
    first = command(argparse.Namespace(check=True))
    compared = capsys.readouterr().out
    second = verify(argparse.Namespace(agency=None, format="table", quiet=True))
    return first, compared, second, capsys.readouterr().out


def judged_under_another_law(case: str) -> None:
    """As a matter stands when the law has changed since: another digest, and what that law made of it."""
    JudgedMatter.objects.filter(matter=case).update(digest="0" * 64)
    OwedRow.objects.filter(matter=case).update(due_ms=1)


def test_what_waits_to_be_judged_again_is_no_alteration(
    case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    judged_under_another_law(case)
    checked, compared, verified, found = said(capsys)
    assert (checked, verified) == (0, 0)
    assert "换了规则包" in found, "what a law may have changed by"
    line = f"{rebuild.STALE}：1 件事项是按改变以前的规定判断的，不是改动：运行 liuhen rebuild"
    assert compared.count(line) == found.count(line) == 1
    assert "✗" not in found and "核验无误" in found and case not in compared + found
    assert rebuild.judge_stale() == 1
    assert rebuild.STALE not in "".join(map(str, said(capsys)))
    assert not OwedRow.objects.filter(matter=case, due_ms=1).exists()


def test_what_was_altered_under_the_same_law_is_named(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    OwedRow.objects.filter(matter=case).update(due_ms=1)
    checked, compared, verified, found = said(capsys)
    assert (checked, verified) == (1, 1)
    assert f"多出：acts_owed {case}" in compared
    assert "✗ 案件“" in found and f"（表 acts_owed 中 {case} 的行）" in found, "by its party, then by its row"
    assert rebuild.STALE not in compared + found


def test_of_what_waits_all_else_is_compared(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    judged_under_another_law(case)
    JudgedMatter.objects.filter(matter=case).update(last_index=999)
    checked, compared, verified, found = said(capsys)
    assert (checked, verified) == (1, 1)
    assert f"多出：acts_judged {case}" in compared and f"（表 acts_judged 中 {case} 的行）" in found
    assert "acts_owed" not in compared + found


def test_an_act_between_the_entries_and_the_rows_is_no_alteration(
    fresh_database: object, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    play: Play = begin()
    case = play.file_case()
    looked, acted = projections.differences, list[object]()

    def acts_meanwhile(matter: Matter, *only: Projection) -> list[tuple[str, str, Row]]:
        if matter.stream == case and len(acted) < 2:
            acted.append(play.act("record_refusal", "zhang", case))
        return looked(matter, *only)

    monkeypatch.setattr(projections, "differences", acts_meanwhile)
    assert list(rebuild.check()) == [] and len(acted) == 2
    OwedRow.objects.filter(matter=case).update(due_ms=1)
    assert {one.table for one in rebuild.check()} == {"acts_owed"}, (
        "what was altered stays so when looked at again"
    )
