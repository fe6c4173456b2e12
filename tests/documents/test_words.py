"""文书的用语: roles by their names, sentences instead of 是 and 否, the cause as a decision states it."""

import json
from dataclasses import replace

from liuhen.documents.catalogue import catalogue
from liuhen.documents.context import Issuer, context
from liuhen.documents.samples import AT
from liuhen.documents.values import signature
from tests.documents.samples import entry

AGENCY = Issuer("清溪县医疗保障局")


def printed(form: str, *entries) -> str:
    return json.dumps(context(entries[-1], catalogue().form(form, 1), entries, AGENCY), ensure_ascii=False)


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
