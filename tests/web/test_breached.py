"""列为违反: what a measure calls a breach is shown to those who see to it, with what shows it, and to nobody else."""

import re

import pytest

from liuhen.acts.matter import register_of
from liuhen.kernel.clock import MS_PER_DAY
from tests.web.conftest import SignIn
from tests.web.played import Play

_SECTION = re.compile(r'<section class="sheet" aria-label="列为违反">(.*?)</section>', re.DOTALL)


def listed(page: str) -> str:
    found = _SECTION.search(page)
    return found[1] if found else ""


@pytest.mark.article("R09-7")
def test_what_was_not_done_in_time_is_listed_for_the_legal_unit_and_the_superior(
    play: Play, as_person: SignIn
) -> None:
    case = play.file_case()
    play.act("preserve", "zhang", case, items=[{"name": "收费清单", "quantity": "1册", "state": "完好"}])
    address = f"/cases/{case}/"
    assert listed(as_person("fa.qingxi").get(address).content.decode()) == ""
    play.clock.advance(30 * MS_PER_DAY)
    seen = listed(as_person("fa.qingxi").get(address).content.decode())
    assert "列为违反" in seen and "本部门没有按程序办的，法制机构督促" in seen and "逾期" in seen
    assert "行政处罚程序暂行规定第26条第1款 对先行登记保存的证据作出处理" in seen
    assert "R09" not in re.sub(r'"[^"]*"', "", seen), "an article is cited, not named by its number here"
    assert "上级可以督促" not in seen, "that is the superior's"
    assert listed(as_person("zhang.qingxi").get(address).content.decode()) == ""
    above = as_person("ju.heming").post(f"/oversight/qingxi/{case}/", {"reason": "评查"}).content.decode()
    assert "法定期限内没有做的，上级可以督促" in listed(above)


@pytest.mark.article("R09-17")
def test_a_breach_that_was_found_stands_in_the_register_of_the_agency(play: Play, as_person: SignIn) -> None:
    register = register_of(play.agency_id)
    assert listed(as_person("fa.qingxi").get("/settings/").content.decode()) == ""
    play.act("find_breach", "fa", register, breach_kind="leaked", grave_consequences=False)
    seen = listed(as_person("fa.qingxi").get("/settings/").content.decode())
    assert "泄露、篡改、毁损、挪用或者非法提供调查资料" in seen and "由法制机构督促" in seen
