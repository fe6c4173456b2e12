"""换一台设备签名: one person, one document, some minutes, once; he signed what he was shown; his copy at once."""

import json
from typing import Any

import pytest
from django.test import Client

from liuhen.acts.matter import load_matter
from liuhen.acts.payload import clean
from liuhen.kernel.ids import new_id
from liuhen.law.dictionary import standard
from tests.documents.pdftext import text_of
from tests.web.conftest import SignIn
from tests.web.played import Play

STROKE = [[100 + 20 * n, 100 + 9 * n, 15 * n] for n in range(12)]
ROW = {"signatures-0-who": "party", "signatures-0-name": "周仁和", "_row": "signatures-0"}


def typed(play: Play, **changed: str) -> dict[str, Any]:
    officers = [one["id"] for one in load_matter(play.case).value("filed", "handlers")]
    return {
        "started": "2026-08-03T16:00", "ended": "2026-08-03T17:00", "place": "清溪县和平路12号", "officers": officers,
        "party_name": "清溪县仁和诊所", "party_notified": "yes", "certificates_shown": "yes", "rights_told": "yes",
        "statements": "没有意见", "findings": "收费处有自制收费清单。", "party_contact": "周仁和，负责人",
        "_key": new_id(), **ROW, **changed,
    }  # fmt: skip


@pytest.fixture
def asked(play: Play, as_person: SignIn) -> tuple[Client, dict[str, Any], dict[str, Any]]:
    """An officer's form, and the slip that he made of it."""
    play.file_case()
    play.clock.advance(4 * 3_600_000)
    officer, form = as_person("zhang.qingxi"), typed(play)
    answer = officer.post(f"/signing/inspect/{play.case}/", form)
    assert answer.status_code == 200, answer.content.decode()
    return officer, form, json.loads(answer.content)


def opened(slip: dict[str, Any]) -> tuple[Client, str]:
    phone, address = Client(), f"/s/{slip['code'].replace(' ', '')}/"
    assert phone.post("/s/", {"code": slip["code"].lower()}).headers["Location"] == address
    before = phone.get(address).content.decode()
    assert "开始阅看" in before and "data:image/png" not in before
    phone.post(address)
    return phone, address


def test_drawn_under_each_page_it_comes_into_the_record_and_his_copy_is_ready(
    play: Play, asked: tuple[Client, dict[str, Any], dict[str, Any]]
) -> None:
    officer, form, slip = asked
    assert json.loads(officer.get(slip["state"]).content) == {"state": "open", "opened": False, "note": ""}
    phone, address = opened(slip)
    page = phone.get(address).content.decode()
    pages = page.count("data:image/png")
    assert pages == page.count("data-pad") >= 1 and "清溪县仁和诊所" not in page
    assert phone.get(f"{address}state/").status_code == 404
    phone.post(address, {"drawn": json.dumps([[STROKE]] * pages)})
    assert "已收到您的签名" in phone.get(address).content.decode()
    assert json.loads(phone.get(f"{address}state/").content) == {"copy": ""}
    assert phone.get(f"{address}copy/").status_code == 404
    drawn = json.loads(officer.get(slip["state"]).content)
    cells = {f"signatures-0-{name}": drawn[name] for name in ("drawn", "pages", "shown", "at")}
    changed = officer.post(f"/do/inspect/{play.case}/", {**form, **cells, "findings": "改过的"})
    assert changed.status_code == 422 and "签名以后内容又有改动" in changed.content.decode()
    done = officer.post(f"/do/inspect/{play.case}/", {**form, **cells}, follow=True)
    assert "已登记" in done.content.decode() and "交当事人一份" in done.content.decode()
    entry = load_matter(play.case).all("inspected")[0]
    assert entry.open["signatures"][0]["pages"] == [[STROKE]] * pages
    assert json.loads(phone.get(f"{address}state/").content)["copy"] == f"{address}copy/"
    copy = phone.get(f"{address}copy/").content
    assert copy.startswith(b"%PDF") and "自制收费清单" in "".join(str(text_of(copy)).split())
    assert Client().get(f"{address}copy/").status_code == 404


def test_one_device_once_and_for_some_minutes(
    play: Play, asked: tuple[Client, dict[str, Any], dict[str, Any]], as_person: SignIn
) -> None:
    officer, _, slip = asked
    phone, address = opened(slip)
    other = Client()
    assert other.get(address).status_code == 410 and other.post(address).status_code == 404
    assert as_person("li.qingxi").get(slip["state"]).status_code == 404
    assert phone.post(address, {"drawn": json.dumps([STROKE[:3]])}).status_code == 422
    play.clock.advance(16 * 60_000)
    assert phone.get(address).status_code == 410
    assert phone.post(address, {"drawn": json.dumps([[STROKE]])}).status_code == 404
    assert json.loads(officer.get(slip["state"]).content)["state"] == "over"
    assert Client().post("/s/", {"code": "2222 2222"}).status_code == 422


def test_a_refusal_and_a_cancellation_are_told_apart(
    play: Play, asked: tuple[Client, dict[str, Any], dict[str, Any]]
) -> None:
    officer, form, slip = asked
    phone, address = opened(slip)
    phone.post(address, {"refuse": "yes", "note": "数目不对"})
    assert "数目不对" in phone.get(address).content.decode()
    assert json.loads(officer.get(slip["state"]).content) | {"opened": True} == {
        "state": "refused", "opened": True, "note": "数目不对",
    }  # fmt: skip
    assert officer.post(slip["close"]).status_code == 409
    again = json.loads(officer.post(f"/signing/inspect/{play.case}/", form).content)
    assert officer.post(again["close"]).status_code == 200
    assert Client().get(f"/s/{again['code'].replace(' ', '')}/").status_code == 410


def test_who_may_not_ask_and_what_is_not_signed_elsewhere(
    play: Play, asked: tuple[Client, dict[str, Any], dict[str, Any]], as_person: SignIn
) -> None:
    officer, form, _ = asked
    address = f"/signing/inspect/{play.case}/"
    for person in ("zhang.wangdu", "ju.qingxi"):
        assert as_person(person).post(address, form).status_code == 404
    assert officer.post(address, {**form, "signatures-0-name": ""}).status_code == 422
    row = {"who": "party", "name": "甲", "drawn": json.dumps([STROKE]), "pages": "[]", "shown": "x"}
    _, errors = clean(standard().kinds["inspected"], {"signatures": [row]}, frozenset())
    assert "逐页签名没有传完整" in errors["signatures"]


def test_what_would_be_refused_is_said_before_anybody_signs(play: Play, as_person: SignIn) -> None:
    """On this device and on another; signatures and files, which may still come, are not missed."""
    play.file_case()
    play.clock.advance(4 * 3_600_000)
    officer, form = as_person("zhang.qingxi"), typed(play)
    here, elsewhere = f"/preview/inspect/{play.case}/", f"/signing/inspect/{play.case}/"

    def wrong(**changed: Any) -> list[str]:
        asked = {**form, **changed, "_to_sign": "1"}
        said = [officer.post(address, asked) for address in (here, elsewhere)]
        assert {one.status_code for one in said} == {422}
        first, second = (one.json()["wrong"] for one in said)
        assert first == second and first
        return list(first)

    assert any("检查地点：必填" in one for one in wrong(place=""))
    assert any("晚于结束时间" in one for one in wrong(started="2026-08-03T18:00"))
    assert any("执法人员不得少于两人" in one for one in wrong(officers=form["officers"][:1]))
    assert officer.post(here, {**form, "place": ""}).status_code == 200, "a preview judges nothing"
    unsigned = {name: value for name, value in form.items() if not name.startswith("signatures-")}
    assert officer.post(here, {**unsigned, "_to_sign": "1"}).status_code == 200
    assert not load_matter(play.case).all("inspected")
