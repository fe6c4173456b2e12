"""A damaged entry is named by both commands, which go on with the rest and end with 1."""

import argparse

import pytest

from liuhen.acts import rebuild
from liuhen.config.commands import ledger as ledger_command
from liuhen.config.commands import rebuild as rebuild_command
from tests.databases import People
from tests.factories.people import IN_MARCH
from tests.ledger.conftest import drop_guards, run


@pytest.fixture
def people() -> People:
    return IN_MARCH


@pytest.mark.parametrize("body", [b"{", b"", b"\xff\xfe", b"[]", b'{"people": 5}'])
def test_a_damaged_part_is_named_and_the_rest_is_compared(
    database: str, capsys: pytest.CaptureFixture[str], body: bytes
) -> None:
    drop_guards()
    ((stream,),) = run("SELECT id FROM ledger_stream WHERE type = 'people' ORDER BY id LIMIT 1")
    run(
        "UPDATE ledger_part SET body = %s WHERE name = 'open' AND (agency, idx) IN"
        " (SELECT agency, idx FROM ledger_entry WHERE stream = %s)",
        [body, stream],
    )
    run("UPDATE accounts_agency SET phone = '1' WHERE slug = 'wangdu'")
    assert rebuild_command.rebuild(argparse.Namespace(check=True)) == 1
    said = capsys.readouterr().out
    assert f" {stream} " in said, "the damaged one"
    assert "'phone': '1'" in said, "and what else differs"
    arguments = argparse.Namespace(agency=None, format="table", quiet=True)
    assert ledger_command.verify(arguments) == 1
    said = capsys.readouterr().out
    assert "“open”部分的内容或盐被改动" in said and stream in said
    assert rebuild.UNREADABLE in said or body == b'{"people": 5}' or "缺少" in said or "多出" in said
