"""Rows of claims that are changed behind the program's back are named."""

from typing import Any

import pytest

from liuhen import ledger
from liuhen.claims.rows import read_in
from liuhen.oversight.verify_claims import check_claims
from tests.ledger.conftest import START_MS, new_bureau, run

CSV = (
    "结算流水号,医疗机构,项目,违规类型,依据,基金,日期,金额\n"
    "A1,甲诊所,针灸,重复收费,办法,职工,2026-01-02,120.50\n"
    "A2,甲诊所,理疗,重复收费,办法,职工,2026-01-03,80\n"
).encode()


@pytest.fixture
def recorded(database: str) -> str:
    bureau = new_bureau()
    sent = ledger.upload([CSV], owner="o", name="a.csv", media_type="text/csv", now_ms=START_MS)
    (file,) = ledger.attach([sent.id], owner="o", now_ms=START_MS)
    bureau.act(bureau.draft(payload={"open": {"files": [file.reference()]}}, files=(file,)))
    read_in("a.csv", file.sha256, [CSV])
    assert run("SELECT COUNT(*) FROM claims_row") == [(2,)]
    assert list(check_claims()) == []
    return file.sha256


@pytest.mark.parametrize(
    ("table", "column"),
    [("claims_row", name) for name in (
        "sha256", "number", "claim", "institution", "item", "cause", "basis", "fund", "day", "amount", "problem"
    )] + [("claims_file", name) for name in ("sha256", "rows", "apart", "total", "digest")],
)  # fmt: skip
def test_every_column_is_covered(recorded: str, table: str, column: str) -> None:
    ((value,),) = run(f"SELECT {column} FROM {table} ORDER BY 1 DESC LIMIT 1")
    changed: Any = value + 7 if isinstance(value, int) else f"{value}x"[-10:]
    if column == "sha256":
        changed = "f" * 64
    where = "" if table == "claims_file" else " WHERE number = 2"
    run(f"UPDATE {table} SET {column} = %s{where}", [changed])
    assert list(check_claims())


def test_a_row_that_is_gone_or_added_is_named(recorded: str) -> None:
    run("DELETE FROM claims_row WHERE number = 2")
    assert ["文件有2行明细，实有1行" in str(finding) for finding in check_claims()] == [True]
