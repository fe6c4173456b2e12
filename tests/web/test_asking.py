"""待您判断: the question stands on the case page with its form, for whoever must answer and nobody else."""

import re

from liuhen.acts.matter import load_matter
from tests.factories.matters import play_case
from tests.web.conftest import SignIn
from tests.web.played import Play


def test_the_form_is_on_the_page_of_the_case(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    play.act("inspect", "zhang", case)
    play.act("report_investigation", "zhang", case)
    play.act("draft_decision", "zhang", case)
    unit = as_person("ke.qingxi")
    page = unit.get(f"/cases/{case}/").content.decode()
    assert "待您判断" in page
    form = page[page.index('<details class="question"') :]
    posted = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[: form.index("</form>")]))
    answer = unit.post(f"/do/answer_question/{case}/", {**posted, "value": "no", "reason": "案情简单"})
    assert answer.status_code == 302
    assert load_matter(case).value("answered", "ask") == posted["ask"]
    told = unit.get(f"/cases/{case}/?tab=record").content.decode()
    assert re.search(r"回答判断事项“[^”]+”：否", told)


def test_nobody_else_is_asked(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    play.act("inspect", "zhang", case)
    play.act("report_investigation", "zhang", case)
    play.act("draft_decision", "zhang", case)
    page = as_person("dang.qingxi").get(f"/cases/{case}/").content.decode()
    assert "待您判断" not in page
    assert 'name="ask"' not in page


def test_what_others_have_not_answered_yet_is_said_before_the_notice_is_sent(
    play: Play, as_person: SignIn
) -> None:
    case = play_case("report").case
    page = as_person("zhang.qingxi").get(f"/do/serve_notice/{case}/").content.decode()
    said = page[page.index("提交前请看") :]
    assert "是否属于听证范围" in said and "由承办机构负责人回答" in said and "另取新文号、重新送达" in said
    assert said.index("请先请其回答") < said.index("data-act-form"), "above the form, not folded"
