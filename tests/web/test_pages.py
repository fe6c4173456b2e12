"""What the pages show: work by due date, counts that equal lists, the case as it stood, guarded parts, the law."""

import re
from typing import Any, cast

import pytest
from django.db import connection

from liuhen.acts.matter import load_matter
from liuhen.kernel.clock import MS_PER_DAY
from tests.web.conftest import SignIn
from tests.web.played import Play


def text(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


PAGES = ("/", "/leads/", "/cases/", "/recordings/", "/disclosure/", "/law/", "/people/", "/verification/")


@pytest.mark.parametrize("address", PAGES)
def test_every_page_stands_empty(play: Play, as_person: SignIn, address: str) -> None:
    page = text(as_person("zhang.qingxi"), address)
    assert "style=" not in page
    assert not re.search(r"<script(?![^>]*src=)", page)


def test_work_says_how_long_and_offers_the_act(play: Play, as_person: SignIn) -> None:
    play.act("register_lead", "zhang")
    page = text(as_person("ju.qingxi"), "/")
    assert "还有 15 个工作日" in page or "个工作日" in page
    assert "R09-14" in page


def test_overdue_comes_first_and_is_counted(play: Play, as_person: SignIn) -> None:
    play.act("register_lead", "zhang")
    play.clock.advance(60 * MS_PER_DAY)
    page = text(as_person("zhang.qingxi"), "/")
    assert "其中逾期" in page
    assert page.index("已逾期（") < page.index("按期限应办（")
    count = re.search(r"已逾期（(\d+)）", page)
    assert count
    assert page.count('<span class="mark overdue">') == int(count[1])


def test_case_list_finds_by_any_part_and_its_count_equals_its_rows(play: Play, as_person: SignIn) -> None:
    play.file_case()
    client = as_person("zhang.qingxi")
    for query, found in (("仁和", 1), ("重复收费", 1), ("清医保立", 1), ("康宁", 0), ("%", 0), ("\x00", 1)):
        page = client.get("/cases/", {"q": query}).content.decode()
        assert page.count("<tr><td>") == found, query
        assert f"共 {found} 件" in page, query
    assert "没有符合条件的案件" in client.get("/cases/", {"q": "康宁"}).content.decode()
    for odd in ("?page=99", "?page=-1", "?page=x", "?from=2026-13-01", "?stage=none&officer=zz"):
        assert client.get(f"/cases/{odd}").status_code == 200


def test_another_agencys_cases_are_not_listed(play: Play, as_person: SignIn) -> None:
    play.file_case()
    assert "仁和" not in text(as_person("zhang.wangdu"), "/cases/?q=仁和").replace('value="仁和"', "")


def test_the_case_as_it_stood_shows_what_the_signer_saw(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    play.act("inspect", "zhang", case)
    client = as_person("zhang.qingxi")
    filed = next(entry for entry in load_matter(case).entries if entry.kind == "filed")
    now = text(client, f"/cases/{case}/?tab=record")
    then = text(client, f"/cases/{case}/?tab=record&upto={filed.index}")
    assert "现场检查" in now
    assert "现场检查" not in then.split("<main")[1]
    assert "登记时的样子" in then
    work = text(client, f"/cases/{case}/?upto={filed.index}")
    assert "/do/" not in work.split("<main")[1]
    assert client.get(f"/cases/{case}/?upto=0").status_code == 404


def test_refused_acts_are_seen_with_reason_and_remedy(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    page = text(as_person("zhang.qingxi"), f"/cases/{case}/")
    assert "现在还不能办理" in page
    assert "调查没有终结" in page
    assert "办法：" in page


def test_folded_groups_open_on_demand(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    client = as_person("zhang.qingxi")
    page = text(client, f"/cases/{case}/")
    assert 'hx-get="?part=done"' in page
    part = text(client, f"/cases/{case}/?part=done")
    count = re.search(r"已经办理（(\d+)）", page)
    assert count
    assert part.count('class="duty"') == int(count[1])
    assert "<html" not in part


def test_an_informant_is_seen_by_handlers_and_heads_alone(play: Play, as_person: SignIn) -> None:
    play.file_case()
    address = f"/leads/{play.lead}/?tab=record"
    assert "王大力" in text(as_person("zhang.qingxi"), address)
    assert "王大力" in text(as_person("ju.qingxi"), address)
    for other in ("shen.qingxi", "dang.qingxi", "cai.qingxi"):
        assert "王大力" not in text(as_person(other), address), other
    case = f"/cases/{play.case}/?tab=record"
    assert "王大力" not in text(as_person("shen.qingxi"), case)


def test_documents_are_listed_previewed_and_printed(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    client = as_person("zhang.qingxi")
    page = text(client, f"/cases/{case}/?tab=documents")
    assert "立案审批表" in page
    addresses = re.findall(r'href="(/documents/[^"]+)"', page)
    preview = text(client, addresses[0])
    picture = re.search(r'src="(/documents/[^"]+/1/)"', preview)
    assert picture
    assert client.get(picture[1]).content[:4] == b"\x89PNG"
    assert client.get(picture[1].replace("/1/", "/99/")).status_code == 404
    assert client.get(addresses[0] + "pdf/").content[:5] == b"%PDF-"
    assert b"".join(cast(Any, client.get(f"/cases/{case}/dossier/")).streaming_content)[:5] == b"%PDF-"


def test_every_reading_is_noted_before_the_answer(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    client = as_person("shen.qingxi")
    text(client, f"/cases/{case}/")
    client.get("/cases/", {"q": "不存在的"})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT what, how FROM ledger_read WHERE actor = %s ORDER BY number", [play.who("shen").id]
        )
        assert [tuple(row) for row in cursor.fetchall()] == [(case, "page"), ("cases?不存在的", "search")]


def test_an_adopted_recording_shows_what_the_case_owes_for_it(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    recording = play.act("register_recording", "zhang", case)
    client = as_person("zhang.qingxi")
    found = re.search(r"/recordings/([0-9a-f]{32})/", text(client, "/recordings/"))
    assert found, recording
    page = text(client, f"/recordings/{found[1]}/")
    assert "音像储存" in page
    assert f"/do/store_recording/{found[1]}/" in page
    assert f"/do/store_recording/{found[1]}/" in text(client, f"/cases/{case}/")


def test_the_law_shows_every_article_of_the_agencys_measures(play: Play, as_person: SignIn) -> None:
    client = as_person("zhang.wangdu")
    page = text(client, "/law/")
    assert "/law/measures/WD/" in page
    assert "/law/measures/HN-S/" not in page
    articles = re.findall(r'href="(/law/articles/WD-\d+/)"', text(client, "/law/measures/WD/"))
    assert articles
    for address in articles:
        assert "要点" in text(client, address)
    assert client.get("/law/articles/HN-S-9/").status_code == 404


def test_certificates_that_lapse_are_said(play: Play, as_person: SignIn) -> None:
    assert "有效至 2029-12-31" in text(as_person("zhang.qingxi"), "/people/")
    play.clock.set("2029-12-15 09:00")
    assert "还有 16 日到期" in text(as_person("zhang.qingxi"), "/people/")
    play.clock.set("2030-01-02 09:00")
    assert "有效期止于 2029-12-31，现已失效" in text(as_person("zhang.qingxi"), "/people/")


def test_verification_says_that_all_agrees(play: Play, as_person: SignIn) -> None:
    play.file_case()
    answer = as_person("zhang.qingxi").post("/verification/")
    assert "全部相符" in answer.content.decode()


def test_a_fault_answers_in_chinese(play: Play, as_person: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    client = as_person("zhang.qingxi")
    client.raise_request_exception = False
    monkeypatch.setattr("liuhen.cases.lists.work", lambda *_: 1 / 0)
    answer = client.get("/")
    assert answer.status_code == 500
    assert "系统出了故障" in answer.content.decode()
