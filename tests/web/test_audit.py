"""审计: who signed in, looked and was refused; for the audit administrator alone."""

import ast
import csv
import re
from io import StringIO
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

import liuhen
from liuhen import ledger
from liuhen.accounts.models import Officer
from liuhen.oversight import looking
from liuhen.web.views import audit
from tests.factories.people import PASSWORD
from tests.web.conftest import SignIn
from tests.web.played import Play
from tests.web.test_people import EVERYBODY


@pytest.mark.parametrize("slug", EVERYBODY)
def test_it_is_for_the_audit_administrator_alone(play: Play, as_person: SignIn, slug: str) -> None:
    client = as_person(f"{slug}.qingxi")
    may = slug == "shenji"
    for name in ("audit", "audit-export"):
        assert client.get(reverse(name)).status_code == (200 if may else 403), name
    assert ("/audit/" in client.get("/people/").content.decode()) is may


def test_signing_in_in_vain_and_refused_acts_are_found(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    Client().post("/sign-in/", {"username": "li.qingxi", "password": "wrong wrong wrong"})
    client = Client()
    client.post("/sign-in/", {"username": "li.qingxi", "password": PASSWORD})
    client.get(reverse("case", args=[case]))
    client.post(reverse("act-on", args=["decide", case]), {"_key": "0" * 32})
    client.get(reverse("act-on", args=["inspect", case]))
    client.post("/sign-out/")
    auditor = as_person("shenji.qingxi")
    failed = auditor.get("/audit/?kind=failed").content.decode()
    assert "李若溪" in failed and "登录名或者密码不正确" in failed
    sign = auditor.get("/audit/?kind=sign").content.decode()
    assert sign.count('<td data-label="人员" class="nowrap">李若溪') == 3  # in vain, in, out
    page = auditor.get(f"/audit/?q={case}").content.decode()
    assert "案件：清溪县仁和诊所" in page and case not in page.partition("<table")[2]
    for words in ("清溪县仁和诊所", "现场检查"):
        assert "案件：清溪县仁和诊所" in auditor.get("/audit/", {"q": words}).content.decode(), words
    assert "没有符合条件的记录" in auditor.get("/audit/?q=nothing-like-it").content.decode()
    assert "没有符合条件的记录" in auditor.get("/audit/?from=2030-01-01").content.decode()


def test_another_agencys_record_is_not_shown(play: Play, as_person: SignIn) -> None:
    other = Officer.objects.get(username="zhang.wangdu")
    ledger.record_read(other.agency_id, other.id, "secret-thing", "page", play.clock.now_ms(), granted=True)
    assert "secret-thing" not in as_person("shenji.qingxi").get("/audit/").content.decode()


def test_pages_go_on_where_the_last_ended(
    play: Play, as_person: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "PER_PAGE", 3)
    one = Officer.objects.get(username="zhang.qingxi")
    for number in range(7):
        ledger.record_read(
            one.agency_id, one.id, f"thing-{number}.", "page", play.clock.now_ms(), granted=True
        )
    client, seen, address = as_person("shenji.qingxi"), [], "/audit/?q=thing-"
    for _ in range(3):
        page = client.get(address).content.decode()
        seen += [number for number in range(6, -1, -1) if f"thing-{number}." in page]
        after = page.partition("before=")[2].partition('"')[0]
        address = f"/audit/?q=thing-&before={after}"
    assert seen == [6, 5, 4, 3, 2, 1, 0]
    assert client.get("/audit/?before=x&q=thing-6.").status_code == 200


def test_the_export_holds_what_is_wanted_and_no_formula(play: Play, as_person: SignIn) -> None:
    one = Officer.objects.get(username="zhang.qingxi")
    ledger.record_read(
        one.agency_id, one.id, "=1+1", "page", play.clock.now_ms(), granted=False, reason="甲,乙"
    )
    ledger.record_read(one.agency_id, one.id, "other", "page", play.clock.now_ms(), granted=True)
    answer = as_person("shenji.qingxi").get("/audit/export/?kind=refused")
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    rows = list(csv.reader(StringIO(text.removeprefix("\ufeff"))))
    assert rows[0][:3] == ["编号", "时间", "人员"]
    assert [(row[2], row[4], row[5], row[6]) for row in rows[1:]] == [("张明远", "'=1+1", "拒绝", "甲,乙")]
    told = as_person("shenji.qingxi").get("/audit/?kind=export").content.decode()
    assert "审计记录：类别 被拒绝的" in told, "exporting is noted too"


def test_a_name_that_nobody_has_is_noted_with_the_highest_agency(play: Play, as_person: SignIn) -> None:
    Client().post("/sign-in/", {"username": "nobody-at-all", "password": "wrong wrong wrong"})
    page = as_person("shenji.henan").get("/audit/?kind=failed").content.decode()
    assert "登录名不存在" in page and "nobody-at-all" not in page


def test_names_stand_where_the_record_has_codes(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    li, agency = (
        Officer.objects.get(username="li.qingxi"),
        Officer.objects.get(username="li.qingxi").agency_id,
    )
    at, auditor = play.clock.now_ms(), as_person("shenji.qingxi")
    for what, how in (
        (f"{case}:claims:{'0' * 32}", "page"),
        (f"{case}.2:{'a' * 64}", "file"),
        (f"{case}:filing_approval@{case}.1", "print"),
        (f"audit?who={li.id}&kind=failed", "search"),
        ("/settings/", "page"),
        (f"/people/{li.id}/", "page"),
    ):
        ledger.record_read(agency, li.id, what, how, at, granted=True)
    page = auditor.get("/audit/").content.decode().partition("<tbody>")[2]
    for said in (
        "案件：清溪县仁和诊所　违规明细", "案件：清溪县仁和诊所　第 2 条记录　附件", "文书：立案审批表", "打印",
        "审计记录：人员 李若溪，类别 登录失败", "机关设置", "人员　李若溪",
    ):  # fmt: skip
        assert said in page, said
    assert not re.search("[0-9a-f]{32}", page)


def test_the_export_names_nothing_in_code_words(play: Play, as_person: SignIn) -> None:
    """What the pages note, as they note it, reads in Chinese in the export."""
    case = play.file_case()
    li = Officer.objects.get(username="li.qingxi")
    at, auditor = play.clock.now_ms(), as_person("shenji.qingxi")
    for what, how in (
        (f"{case}:dossier:party", "export"),
        (f"{case}:dossier", "export"),
        (f"{case}:scans", "page"),
        (f"{case}:ahead", "page"),
        (f"{case}:register_recording", "form"),
        (f"{case}:file_case", "sign-slip"),
        ("register/institution?仁和", "search"),
        ("annual/2026/1", "page"),
        ("cases?仁和", "search"),
        ("audit?kind=refused&from=2026-01-01", "export"),
        ("/oversight/qingxi/", "page"),
        ("/oversight/", "page"),
        (f"/cases/{case}/dossier/", "page"),
        (f"/do/file_case/{case}/", "page"),
        ("account", "password"),
        ("ledger", "verify"),
    ):
        ledger.record_read(li.agency_id, li.id, what, how, at, granted=how != "page")
    answer = auditor.get(f"/audit/export/?who={li.id}")
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    cells = [cell for row in csv.reader(StringIO(text)) for cell in row]
    assert not [cell for cell in cells if re.search("[A-Za-z]{2,}", cell)]
    assert any("案卷目录　交当事人的一份" in cell for cell in cells)
    assert any("下级机关　清溪县医疗保障局" in cell for cell in cells)


def test_the_attempt_that_locks_is_one_line(play: Play, as_person: SignIn) -> None:
    for _ in range(6):
        Client().post("/sign-in/", {"username": "li.qingxi", "password": "wrong wrong wrong"})
    page = as_person("shenji.qingxi").get("/audit/?kind=failed").content.decode()
    assert page.count("登录名或者密码不正确") + page.count("连续输错密码，已锁定") == 6
    assert "连续输错密码，已锁定" in page


def test_every_way_of_looking_has_its_word() -> None:
    """`record_read(…, how, …)`, `noted(what, how)` and the `_found`, `_case` that pass it on, in the code."""
    places = {"record_read": 3, "noted": 1, "_found": 3, "_case": 2}
    used = {
        word.value
        for path in Path(liuhen.__file__).parent.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call)
        and (place := places.get(getattr(call.func, "attr", getattr(call.func, "id", "")), -1)) >= 0
        and len(call.args) > place
        and isinstance(word := call.args[place], ast.Constant)
        and isinstance(word.value, str)
    }
    assert {"page", "sealed", "party-copy", "export"} <= used
    assert used <= looking.HOWS.keys(), used - looking.HOWS.keys()
