"""违规明细 on the screen: sums lead to their rows, rows to what was said of them; CSV and sheet hold the same."""

import csv
import io

import pikepdf
import pytest
from django.db import connection
from django.test import Client

from liuhen.accounts.models import Officer
from liuhen.acts.uploads import receive
from tests.web.conftest import SignIn
from tests.web.played import Play

ROWS = 60
HEAD = "结算流水号,机构名称,项目名称,违规原因,险种,费用日期,金额\n"


def content() -> bytes:
    lines = [
        f"J{n:04},甲诊所,推拿,{'虚构服务' if n % 3 else '重复收费'},居民,2025-02-01,{n}.00"
        for n in range(1, ROWS)
    ]
    return (HEAD + "\n".join([*lines, "=J0060,甲诊所,推拿,虚构服务,居民,某日,1"])).encode()


@pytest.fixture
def address(play: Play) -> str:
    """A list of which the first ten rows are confirmed."""
    case = play.file_case()
    owner = Officer.objects.get(username="zhang.qingxi").id
    upload = receive([content()], owner=owner, name="明细.csv", now_ms=play.clock.ms)
    key = play.act("import_claims", "zhang", case, files=[upload.id]).fields["list"]
    play.act("settle_claims", "zhang", case, list=key, selected="1-10", outcome="confirmed")
    return f"/cases/{case}/claims/{key}/"


@pytest.fixture
def client(as_person: SignIn) -> Client:
    """The case's handler."""
    return as_person("zhang.qingxi")


def test_a_sum_opens_to_its_rows(play: Play, address: str, client: Client) -> None:
    page = client.get(address).content.decode()
    assert "另列待核" in page
    assert '认定违规 <strong class="num">10</strong> 行 <strong class="num">55.00</strong> 元' in page
    rows = client.get(address, {"state": "confirmed", "cause": "重复收费"}).content.decode()
    assert '筛选出 <strong class="num">3</strong> 行，合计 <strong class="num">18.00</strong> 元' in rows
    assert "认定明细" in rows


def test_the_case_leads_there(play: Play, address: str, client: Client) -> None:
    assert address in client.get(f"/cases/{play.case}/").content.decode()


def test_a_search_for_signs_finds_signs_only(play: Play, address: str, client: Client) -> None:
    assert "没有符合条件的行" in client.get(address, {"q": "%"}).content.decode()


def test_csv_holds_the_wanted_rows_and_no_formula(play: Play, address: str, client: Client) -> None:
    answer = client.get(f"{address}csv/", {"apart": "1"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    head, *rows = csv.reader(io.StringIO(text))
    assert head[:2] == ["序号", "结算流水号"]
    assert [row[1] for row in rows] == ["'=J0060"]


def test_the_sheet_has_a_total_on_every_page(play: Play, address: str, client: Client) -> None:
    answer = client.get(f"{address}sheet/", {"cause": "虚构服务", "state": "suspected"})
    assert answer.status_code == 200
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert len(pdf.pages) == 2


def test_nothing_to_print_says_so(play: Play, address: str, client: Client) -> None:
    answer = client.get(f"{address}sheet/", {"cause": "没有"})
    assert answer.status_code == 422
    assert "没有符合条件的行" in answer.content.decode()


@pytest.mark.parametrize("page", ["", "csv/", "sheet/"])
def test_another_agency_finds_nothing_there(play: Play, address: str, as_person: SignIn, page: str) -> None:
    assert as_person("zhang.wangdu").get(address + page).status_code == 404


def test_the_engine_knows_a_list_as_soon_as_it_is_there(play: Play, address: str) -> None:
    """Without statistics PostgreSQL reads the whole list for each range of rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM claims_row")
        assert cursor.fetchone()[0] == ROWS
        if connection.vendor == "postgresql":
            cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'claims_row'")
            assert cursor.fetchone()[0] == ROWS
