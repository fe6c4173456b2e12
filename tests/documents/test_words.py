"""文书的用语: roles by their names, sentences instead of 是 and 否, the cause as a decision states it."""

import json
from dataclasses import replace

import pytest

from liuhen.documents.catalogue import catalogue
from liuhen.documents.context import Issuer, context
from liuhen.documents.samples import AT
from liuhen.documents.values import signature
from liuhen.law.dictionary import standard
from tests.documents.samples import entry

AGENCY = Issuer("清溪县医疗保障局")


def printed(form: str, *entries, version: int = 1) -> str:
    return json.dumps(
        context(entries[-1], catalogue().form(form, version), entries, AGENCY), ensure_ascii=False
    )


def decided(*before, **fields) -> str:
    """What the decision says in its present form; no sums and no order unless given."""
    given = {"party_name": "康泰诊所", "amount": None, "refund": None, "correction_ordered": False} | fields
    return printed("decision", *before, entry("decided", index=2, **given), version=3)


def test_a_signer_is_named_by_his_role() -> None:
    assert signature({"who": "party", "name": "周济生", "at": AT})["who"] == "当事人"
    signed = entry("inspected", signatures=[{"who": "party", "name": "周济生", "at": AT}])
    text = printed("inspection_record", signed)
    assert '"当事人"' in text
    assert '"value": "当事人 周济生"' in text


def test_what_is_ordered_is_a_sentence() -> None:
    assert "责令改正违法行为。" in printed("decision", entry("decided", correction_ordered=True))
    assert "责令改正" not in printed("decision", entry("decided", correction_ordered=False))


def test_once_decided_nothing_is_suspected_any_more() -> None:
    text = printed("decision", entry("decided", cause="涉嫌重复收费"))
    assert "案由：重复收费" in text
    notice = printed("prior_notice", entry("filed", cause="涉嫌重复收费"), entry("notice_served", index=2))
    assert "你（单位）涉嫌重复收费一案" in notice


def test_a_decision_names_its_party_as_the_register_does() -> None:
    filed = entry(
        "filed",
        party_name="望都县康泰诊所",
        party_code="91130631MA0XXXXX1X",
        party_address="中华街2号",
        party_head="邢建国",
    )
    text = printed("decision", filed, entry("decided", index=2, party_name="望都县康泰诊所"))
    assert "统一社会信用代码：91130631MA0XXXXX1X" in text
    assert "住所（地址）：中华街2号" in text
    assert "法定代表人（负责人）：邢建国" in text


def test_a_decision_says_what_is_decided() -> None:
    text = decided(decision_kind="penalty", amount=17_244_000, refund=5_748_000, correction_ordered=True)
    said = [
        "本机关对康泰诊所作出以下行政处罚决定：",
        "责令退回医疗保障基金57,480.00元（大写：",
        "责令改正违法行为。",
        "处罚款172,440.00元",
    ]
    assert [text.index(one) for one in said] == sorted(text.index(one) for one in said)
    assert "处罚的种类和内容见" not in text
    assert "处罚的种类和内容见" in decided(decision_kind="penalty")
    assert "决定向康泰诊所追回医疗保障基金14,200.00元（大写：" in (
        text := decided(decision_kind="recover", refund=1_420_000)
    )
    assert "责令退回" not in text
    assert "拒付医疗保障基金14,200.00元" in decided(decision_kind="refuse_payment", refund=1_420_000)


@pytest.mark.parametrize("kind", standard().kinds["decided"].fields["decision_kind"].choices)
def test_every_kind_of_decision_has_its_sentence(kind: str) -> None:
    text = decided(decision_kind=kind)
    said = text.split("六、决定内容")[1].split("七、")[0]
    assert said.count("本机关") == 1, said
    assert "／" not in said
    assert ("罚款" in said or "给予行政处罚" in said) == (kind == "penalty")


def test_a_decision_gives_the_partys_particulars_once() -> None:
    filed = entry("filed", party_code="9113XYZ", party_address="中华街2号", party_head="邢建国")
    whole = decided(filed, party="康泰诊所，统一社会信用代码9113XYZ，负责人邢建国，住所中华街2号。")
    assert [whole.count(one) for one in ("9113XYZ", "中华街2号", "邢建国", "当事人：")] == [1, 1, 1, 1]
    less = decided(filed, party="个人开办，2019年登记。")
    assert "当事人：康泰诊所（" in less
    assert [less.count(one) for one in ("9113XYZ", "中华街2号", "邢建国", "个人开办")] == [1, 1, 1, 1]


def test_the_last_day_of_payment_does_not_contradict_the_days_from_receipt() -> None:
    text = decided(performance="自收到之日起十五日内缴纳", perform_until="2026-12-26")
    assert "2026年12月26日届满；从收到本决定书之日起计算的期限届满更晚的，以更晚的日期为准" in text


def test_the_unit_head_who_submitted_has_signed_the_units_opinion() -> None:
    def approval(who: str) -> str:
        signed = [{"who": who, "name": "顾川", "at": AT}]
        submitted = entry("review_submitted", proposal="罚款三倍。", sign_unit=signed)
        return printed("decision_approval", submitted, entry("decided", index=2, sign_head=[]), version=3)

    for who in ("handling_unit_head", "承办机构负责人"):
        text = approval(who)
        assert (text.count("承办机构意见"), "罚款三倍。" in text, "顾川" in text) == (1, True, True)
    text = approval("handler")
    assert (text.count("承办机构意见"), "罚款三倍。" in text, "顾川" in text) == (1, True, False)


def test_what_was_recorded_is_named_and_not_coded() -> None:
    assert "现场检查" in printed("recording_register", entry("recording_ended", of="inspected"))


def test_a_notice_says_whether_a_hearing_may_be_asked_for() -> None:
    assert "有要求听证的权利" in printed("prior_notice", entry("notice_served", hearing_right=True))
    assert "不属于听证范围" in printed("prior_notice", entry("notice_served", hearing_right=False))


def test_what_a_correction_took_out_is_printed_no_more_and_its_reason_is_no_fact() -> None:
    first = entry("delivered", full=False, place="望都县胜利街9号")
    again = entry("delivered", full=False, index=2, method="lien")
    again = replace(again, supersedes=first.id)
    again.parts["correction"] = {"reason": "送达方式登记有误"}
    assert "胜利街9号" in printed("delivery_receipt", first)
    text = printed("delivery_receipt", first, again)
    assert "胜利街9号" not in text and "登记有误" not in text
