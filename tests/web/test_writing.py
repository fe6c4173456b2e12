"""写文书时取用的: question sets by cause, phrases by column, earlier words marked until somebody has confirmed them."""

import json
from typing import Any

import pytest

from liuhen.acts import Invalid, Refused
from liuhen.acts.matter import load_matter, register_of
from liuhen.acts.payload import UNCONFIRMED
from liuhen.web.compared import marked
from tests.web.conftest import SignIn
from tests.web.played import Play

QUESTIONS = [{"question": "贵单位何时开展该项目？"}, {"question": "收费依据是什么？"}]


def kept(play: Play, name: str, act: str = "keep_question_set", **own: Any) -> None:
    rows = (
        {"questions": QUESTIONS} if act == "keep_question_set" else {"phrases": [{"phrase": own.pop("said")}]}
    )
    play.act(act, "ke", register_of(play.agency_id), name=name, **rows, **own)


def test_question_sets_of_the_cause_come_first_in_their_order_and_stopped_ones_go(
    play: Play, as_person: SignIn
) -> None:
    case = play.file_case()
    kept(play, "重复收费询问", cause="重复收费")
    kept(play, "冒名就医询问", cause="冒名就医")
    kept(play, "停用的", cause="", stopped=True)
    page = as_person("zhang.qingxi").get(f"/do/inquire/{case}/").content.decode()
    assert "问：贵单位何时开展该项目？\n答：\n问：收费依据是什么？\n答：" in page
    assert page.index("重复收费询问") < page.index("冒名就医询问")
    assert "不是本案的案由" in page and "停用的" not in page
    kept(play, "重复收费询问", cause="重复收费", stopped=True)
    page = as_person("zhang.qingxi").get(f"/do/inquire/{case}/").content.decode()
    assert "插入“重复收费询问”" not in page and "插入“冒名就医询问”" in page


def test_phrases_stand_at_their_column_only(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    kept(play, "检查", "keep_phrases", said="现场未见异常。", column="检查情况")
    page = as_person("zhang.qingxi").get(f"/do/inspect/{case}/").content.decode()
    assert page.count('data-insert="现场未见异常。" data-into="id_findings"') == 1
    assert page.count("现场未见异常。") == 2, "at one column"
    with pytest.raises(Refused):
        play.act("keep_phrases", "zhang", register_of(play.agency_id), name="x", phrases=[{"phrase": "y"}])


def test_an_earlier_document_gives_its_words_and_nothing_of_the_other_party(
    play: Play, as_person: SignIn
) -> None:
    first = play.file_case()
    said = "清溪县仁和诊所2026年3月重复收费12,300元，当事人周仁和在场，清单三十七张。第一次告知。"
    play.act("inspect", "zhang", first, findings=said, signatures=[{"who": "party", "name": "周仁和"}])
    second = play.file_case_of("清溪县康泰药店")
    client = as_person("zhang.qingxi")
    piece = client.get(f"/earlier/inspect/{second}/?field=findings").content.decode()
    assert "清溪县仁和诊所" in piece and "待核" in piece
    entry = load_matter(first).all("inspected")[0]
    address = f"/earlier/inspect/{second}/from/{first}/{entry.number}/?field=findings"
    text = json.loads(client.get(address).content)["text"]
    assert text.startswith(UNCONFIRMED) and "重复收费" in text
    assert not any(word in text for word in ("仁和", "2026", "12,300", "12300", "三十七"))
    assert "清单＿＿张。第一次告知" in text
    with pytest.raises(Invalid, match="还有1处"):
        play.act("inspect", "zhang", second, findings=text)
    play.act("inspect", "zhang", second, findings=text.replace(UNCONFIRMED, ""))
    for other, at in (("zhang.wangdu", address), ("zhang.qingxi", address.replace("findings", "signatures"))):
        assert as_person(other).get(at).status_code == 404
    assert as_person("anquan.qingxi").get(address).status_code == 403


def test_two_texts_stand_side_by_side_and_one_column_is_taken(play: Play, as_person: SignIn) -> None:
    lead = play.act("register_lead", "zhang").stream
    address = f"/drafts/verify_lead/{lead}/"
    one, two = as_person("zhang.qingxi"), as_person("li.qingxi")
    own = {"verification": "经查属实，建议立案。", "reasons": "张的意见", "_draft_version": "0"}
    one.post(address, own)
    other = {"verification": "经查不属实，建议立案。", "reasons": "李的意见", "_draft_version": "0"}
    assert two.post(address, other).status_code == 409
    page = two.get(f"{address}versions/?with=2").content.decode()
    assert "<ins>不</ins>" in page and "只取这一栏" in page
    answer = two.post(f"{address}versions/", {"version": "2", "seen": "1", "field": "verification"})
    assert answer.headers["Location"].endswith("versions/?with=2")
    form = one.get(f"/do/verify_lead/{lead}/").content.decode()
    assert "经查不属实，建议立案。" in form and "张的意见" in form
    late = one.post(f"{address}versions/", {"version": "2", "seen": "1", "field": "reasons"}, follow=True)
    assert "您打开之后" in late.content.decode()


def test_what_differs_is_marked_in_long_texts_too() -> None:
    long = "经查，该诊所收费属实。" * 400
    here, there = marked(long, long.replace("属实。", "不属实。", 1))
    assert [text for text, differs in here if differs] == ["该诊所收费属实。"]
    assert [text for text, differs in there if differs] == ["该诊所收费不属实。"]
    assert "".join(text for text, _ in here) == long
