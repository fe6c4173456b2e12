"""所答复的内容: whoever endorses or closes reads the text first; what is open stands before a closing."""

import re

from tests.web.conftest import SignIn
from tests.web.played import CREDIT_CODE, Play


def test_the_proposal_stands_whole_above_the_endorsement(play: Play, as_person: SignIn) -> None:
    lead = play.act("register_lead", "zhang").stream
    play.act("verify_lead", "zhang", lead)
    play.act("propose_filing", "zhang", lead)
    page = as_person("ke.qingxi").get(f"/do/endorse_filing/{lead}/").content.decode()
    text, _, form = page.partition("data-act-form")
    assert "请先通读" in text
    for told in ("立案呈批（承办人）", "重复收费骗取医疗保障基金", CREDIT_CODE, "张明远"):
        assert told in text
    assert "承办机构意见" in form


def test_no_raw_id_is_shown_to_whoever_approves(play: Play, as_person: SignIn) -> None:
    lead = play.act("register_lead", "zhang").stream
    play.act("verify_lead", "zhang", lead)
    play.act("propose_filing", "zhang", lead)
    play.act("endorse_filing", "ke", lead)
    page = as_person("fuju.qingxi").get(f"/do/file_case/{lead}/").content.decode()
    shown = re.sub(r"<[^>]*>", " ", page)
    assert re.search(r"[0-9a-f]{32}", shown) is None
    assert "登记案源：清溪县仁和诊所" in shown


def test_only_who_may_is_led_to_a_correction(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    play.act("inspect", "zhang", case)
    address = f"/cases/{case}/?tab=record"
    assert "/do/inspect/" in as_person("zhang.qingxi").get(address).content.decode()
    assert "/do/inspect/" not in as_person("fuju.qingxi").get(address).content.decode()


def test_what_lacks_something_is_corrected_not_done_again(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    play.act("inspect", "zhang", case, signatures=[{"who": "officer", "name": "张明远"}])
    page = as_person("zhang.qingxi").get(f"/cases/{case}/").content.decode()
    duties = page[page.index('id="duties"') : page.index("可以办理</h2>")]
    assert "更正现场检查" in duties
    assert f'href="/do/inspect/{case}/"' not in duties


def test_before_a_closing_one_sees_what_is_open(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    play.act("terminate_case", "fuju", case)
    page = as_person("zhang.qingxi").get(f"/do/propose_closing/{case}/").content.decode()
    assert re.search(r"结案呈批前请看：(还有 \d+ 项没有办结|各项都已办结)", page)
    assert "data-act-form" in page
