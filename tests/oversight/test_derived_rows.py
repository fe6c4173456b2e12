"""An altered entry is one alteration: lists that say what it said before are its consequence, not made again."""

import argparse
import json

import pytest

from liuhen.acts.matter import load_matter
from liuhen.cases.models import CaseRow
from liuhen.config.commands.ledger import verify
from tests.databases import People
from tests.factories.people import AT_WORK
from tests.ledger.conftest import drop_guards, run
from tests.web.played import Play, begin


@pytest.fixture
def people() -> People:
    return AT_WORK


def _said(capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    """The exit code, and the lines but for those that name the guards taken away."""
    capsys.readouterr()
    code = verify(argparse.Namespace(agency=None, format="table", quiet=True))
    return code, [line for line in capsys.readouterr().out.splitlines() if "触发器" not in line]


def test_an_altered_text_is_one_alteration_and_no_rebuild_is_advised(
    database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    play: Play = begin()
    case = play.file_case()
    filed = load_matter(case).last("filed")
    assert filed is not None
    ((body,),) = run(
        "SELECT body FROM ledger_part WHERE agency = %s AND idx = %s AND name = 'open'",
        [filed.agency, filed.index],
    )
    altered = json.dumps(json.loads(bytes(body)) | {"party_name": "清溪县别的诊所"}).encode()
    drop_guards()
    run(
        "UPDATE ledger_part SET body = %s WHERE agency = %s AND idx = %s AND name = 'open'",
        [altered, filed.agency, filed.index],
    )
    code, (altered_one, *derived, summary) = _said(capsys)
    assert code == 1 and "处改动" in summary
    assert altered_one.startswith("✗ ") and "“open”部分" in altered_one and "立案" in altered_one
    assert derived and all("是它的结果，不另计" in line and not line.startswith("✗") for line in derived)
    assert not any("可由 liuhen rebuild 重做" in line for line in derived)


def test_a_row_altered_by_itself_is_an_alteration(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    play: Play = begin()
    CaseRow.objects.filter(stream=play.file_case()).update(party_name="清溪县别的诊所")
    code, (altered_one, *_) = _said(capsys)
    assert code == 1 and altered_one.startswith("✗ ")
    assert "可由 liuhen rebuild 重做" in altered_one and "不另计" not in altered_one
