"""待您判断: the question stands on the case page with its form, for whoever must answer and nobody else."""

import re

from liuhen.acts.matter import load_matter
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
