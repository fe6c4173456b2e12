"""文书核验: the page behind a document's code says whether it was issued, and when, and nothing else."""

import pytest
from django.test import Client

from liuhen.kernel.papers import paper_digest, read_code
from liuhen.portal import papers
from liuhen.portal.models import Paper
from tests.portal.test_store import NOON

pytestmark = pytest.mark.urls("liuhen.config.urls_public")
CODE = "2T9CARNBB7NYXQWJ"
NUMBER, SEAL = "豫清溪医保罚〔2026〕3号", "0001020304050607"


@pytest.fixture
def issued(database: str) -> None:
    papers.put_papers([papers.Issued(CODE, NUMBER, SEAL, NOON)])


def body(client: Client, address: str, status: int = 200, **typed: str) -> str:
    answer = client.get(address, typed)
    assert answer.status_code == status
    return answer.content.decode()


def test_it_was_issued(issued: None, client: Client) -> None:
    for address in (f"/d/{CODE}/", f"/D/{CODE}/3/", f"/d/{CODE.lower()}/"):
        page = body(client, address)
        assert "确有这份文书" in page
        assert "2026-" in page
        assert NUMBER not in page


def test_number_and_seal_are_compared(issued: None, client: Client) -> None:
    same = body(client, f"/d/{CODE}/", number=NUMBER, seal=SEAL.upper())
    assert same.count("<strong>相符</strong>") == 2
    other = body(client, f"/d/{CODE}/", number="豫清溪医保罚〔2026〕4号", seal=SEAL[:-1] + "8")
    assert other.count("不相符") == 2


def test_unknown_is_not_issued(issued: None, client: Client) -> None:
    for address in (f"/d/{CODE[:-1]}K/", "/d/abc/", "/d/" + "A" * 3000 + "/", f"/D/{CODE[:-1]}0/1/"):
        assert "没有制发过这样的文书" in body(client, address, 404)


def test_a_code_can_be_typed(issued: None, client: Client) -> None:
    answer = client.get("/d/", {"code": "2t9c arnb-b7ny xqwj"})
    assert answer.headers["Location"] == f"/d/{CODE}/"
    assert "16位" in body(client, "/d/", 400, code="不是核验码")
    assert "查询" in body(client, "/d/")
    assert read_code("OIL0 2345 6789 ABCD") == "011023456789ABCD"


def test_replaced_and_void_are_said(issued: None, client: Client) -> None:
    papers.end_papers([CODE], papers.REPLACED, NOON + 60_000)
    assert "已被更正后的文书代替" in body(client, f"/d/{CODE}/")
    papers.end_papers([CODE], papers.VOID, NOON + 120_000)
    papers.end_papers([CODE], papers.REPLACED, NOON + 180_000)
    assert "已经作废" in body(client, f"/d/{CODE}/")


def test_the_public_database_holds_digests_only(issued: None) -> None:
    row = Paper.objects.values().get()
    assert row["code"] == paper_digest(CODE)
    assert not [value for value in row.values() if value in (CODE, NUMBER, SEAL)]
    papers.put_papers([papers.Issued(CODE, NUMBER, SEAL, NOON + 5)])
    assert Paper.objects.get().issued_ms == NOON
