"""承办机构负责人 signs the report and the proposal to close herself; no paper puts the handler's name in her place."""

import pytest

from liuhen.acts import Refused
from liuhen.acts.matter import load_matter
from liuhen.documents.catalogue import catalogue
from liuhen.documents.context import Issuer, context
from liuhen.kernel.clock import parse_local
from tests.factories.matters import play_case
from tests.web.conftest import SignIn
from tests.web.played import Play

OPINION = {"opinion": "同意报告的处理意见。", "agree": True}


def printed(case: str, kind: str) -> str:
    """Everything that the papers of the last entry of a kind say."""
    matter = load_matter(case)
    entry = matter.last(kind)
    assert entry is not None
    issuer = Issuer("清溪县医疗保障局", "http://gongshi.example/")
    return str([context(entry, form, matter.entries, issuer) for form in catalogue().made_of(entry)])


def test_the_report_is_hers_to_sign(play: Play, as_person: SignIn) -> None:
    case = play_case("report").case
    play.clock.ms = parse_local("2026-12-01 09:00")  # the day's forms
    play.act("report_investigation", "zhang", case)
    report = load_matter(case).last("investigation_reported")
    assert report is not None
    own = printed(case, "investigation_reported")
    assert own.index("承办人签名") < own.index("张明远", own.index("承办人签名"))
    assert "承办机构负责人（签名）" not in own, "she signs a paper of her own"
    assert "调查终结报告审签" in as_person("ke.qingxi").get("/").content.decode()
    key = report.open["report"]
    with pytest.raises(Refused):
        play.act("endorse_report", "zhang", case, report=key, **OPINION)
    play.act("endorse_report", "ke", case, report=key, **OPINION)
    assert "顾川" in printed(case, "report_endorsed")
    assert "调查终结报告审签" not in as_person("ke.qingxi").get("/").content.decode()


def test_what_she_does_not_agree_to_is_revised_by_its_handler(play: Play, as_person: SignIn) -> None:
    case = play_case("report").case
    play.clock.ms = parse_local("2026-12-01 09:00")
    report = play.act("report_investigation", "zhang", case).fields["report"]
    handler, again = as_person("zhang.qingxi"), f"/do/report_investigation/{case}/"
    assert again not in handler.get("/").content.decode()
    why = "裁量理由没有写清。"
    play.act("endorse_report", "ke", case, report=report, opinion=why, agree=False)
    assert again in handler.get("/").content.decode(), "it is his turn again"
    step = handler.get(f"/ahead/{case}/", {"next": "1"}).content.decode()
    assert f"“调查终结报告审签”没有同意：{why}" in step and again in step
    assert why in handler.get(again).content.decode(), "read above the form"
    play.act("report_investigation", "zhang", case)
    assert again not in handler.get("/").content.decode()


def test_the_head_who_closes_sees_that_the_unit_did_not_agree(play: Play, as_person: SignIn) -> None:
    case = play_case("delivery").case
    matter = load_matter(case)
    play.clock.ms = matter.entries[-1].recorded_ms
    for what, amount, account in (("fine", "28400元", "treasury"), ("refund", "14200元", "fund")):
        play.act("record_performance", "cai", case, what=what, amount=amount, account=account)
    play.act("end_execution", "zhang", case, manner="performed")
    play.act("propose_closing", "zhang", case)
    play.act("endorse_closing", "ke", case, opinion="改正情况没有核查。", agree=False)
    card = as_person("fuju.qingxi").get("/to-sign/").content.decode()
    assert "承办机构负责人签署结案意见：不同意" in card, "nothing is barred, but he is told"
    assert f"/do/propose_closing/{case}/" in as_person("zhang.qingxi").get("/").content.decode()
