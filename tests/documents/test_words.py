"""文书的用语: roles by their names, sentences instead of 是 and 否, the cause as a decision states it."""

import json

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
