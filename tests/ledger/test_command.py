"""`liuhen ledger verify` says what was altered, and by its exit code that something was."""

import argparse
import json

import pytest

from liuhen import ledger
from liuhen.acts import rebuild
from liuhen.config.commands.ledger import verify, verify_arguments
from tests.ledger.conftest import START_MS, Bureau, drop_guards, run


def arguments(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    verify_arguments(parser)
    return parser.parse_args(list(words))


def test_an_honest_record_is_said_to_be_so(bureau: Bureau, capsys: pytest.CaptureFixture[str]) -> None:
    bureau.act()
    ledger.publish_checkpoint(bureau.agency, START_MS)
    bureau.act()
    rebuild.rebuild()
    assert verify(arguments()) == 0
    said = capsys.readouterr()
    assert said.out == "核验无误：1 个机关的日志，2 条条目，其中 1 条已固化\n"
    assert said.err == f"机关 {bureau.agency}：2/2\n"


def test_an_altered_entry_is_named(bureau: Bureau, capsys: pytest.CaptureFixture[str]) -> None:
    bureau.act()
    rebuild.rebuild()
    drop_guards()
    run("UPDATE ledger_part SET body = %s WHERE name = 'open'", [b"{}"])
    assert verify(arguments("--quiet")) == 1
    said = capsys.readouterr().out
    assert "日志第0条" in said
    assert "“open”部分的内容或盐被改动" in said
    assert "拒绝改动的触发器 ledger_part_no_update 被删除" in said
    assert "共发现" in said
    assert verify(arguments("--quiet", "--format", "json", "--agency", bureau.agency)) == 1
    assert json.loads(capsys.readouterr().out.splitlines()[0])["what"] == "part"


def test_an_unknown_agency_is_a_slip_of_the_caller(bureau: Bureau) -> None:
    assert verify(arguments("--agency", "nobody")) == 2


def test_a_database_that_the_program_has_outgrown_is_no_alteration(
    bureau: Bureau, capsys: pytest.CaptureFixture[str]
) -> None:
    bureau.act()
    run("DELETE FROM django_migrations WHERE app = 'acts'")
    assert verify(arguments("--quiet")) == 2
    said = capsys.readouterr()
    assert said.out == "" and "还没有启动过" in said.err and "不说明有改动" in said.err
