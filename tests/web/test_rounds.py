"""历次审核: the second round has the first one beside the form; the reviewer sees the record point by point."""

from dataclasses import replace

import pytest
from django.template.loader import render_to_string

from liuhen.acts.matter import load_matter
from liuhen.kernel.clock import MS_PER_HOUR
from liuhen.web.forms.show import Shown
from liuhen.web.rounds import rounds
from tests.factories.matters import play_case
from tests.web.conftest import SignIn
from tests.web.played import Play


def as_far_as(play: Play, step: str) -> str:
    case = play_case(step).case
    play.clock.ms = load_matter(case).entries[-1].recorded_ms + MS_PER_HOUR
    return case


def beside(page: str) -> str:
    return page[page.index("<aside") : page.index("</aside>")]


@pytest.mark.article("HN-S-10")
def test_who_submits_again_has_the_opinion_beside_the_form(play: Play, as_person: SignIn) -> None:
    case = as_far_as(play, "draft")
    opinion = load_matter(case).value("review_opined", "remarks")
    page = as_person("ke.qingxi").get(f"/do/submit_review/{case}/").content.decode()
    assert "第1次审核意见" in beside(page)
    assert opinion in beside(page)
    assert "还没有再次送审" in beside(page)


@pytest.mark.article("HN-S-10")
def test_an_opinion_that_agrees_waits_for_nothing_and_answers_by_remark_are_seen(play: Play) -> None:
    case = as_far_as(play, "round2")
    first = rounds("give_opinion", load_matter(case), frozenset())[-1]
    assert not first.agreed and first.handled
    with_replies = replace(
        first, handled="", replies=[Shown("逐条答复", columns=("意见",), rows=(("已改",),))]
    )
    shown = render_to_string("web/parts/rounds.html", {"rounds": [with_replies]})
    assert "已改" in shown and "没有写明" not in shown
    agreed = render_to_string(
        "web/parts/rounds.html", {"rounds": [replace(first, agreed=True, handled_at="")]}
    )
    assert "没有需要处理的意见" in agreed and "还没有再次送审" not in agreed


@pytest.mark.article("HN-S-10")
def test_the_reviewer_of_the_second_round_sees_how_each_remark_was_dealt_with(
    play: Play, as_person: SignIn
) -> None:
    case = as_far_as(play, "round2")
    play.act("receive_review", "shen", case)
    page = as_person("shen.qingxi").get(f"/do/give_opinion/{case}/").content.decode()
    matter = load_matter(case)
    assert matter.value("review_opined", "remarks") in beside(page)
    assert matter.value("review_submitted", "answers") in beside(page)


def test_the_reviewer_sees_what_the_record_says_of_each_point(play: Play, as_person: SignIn) -> None:
    case = as_far_as(play, "round2")
    play.act("receive_review", "shen", case)
    page = as_person("shen.qingxi").get(f"/do/give_opinion/{case}/").content.decode()
    form = page[page.index("data-act-form") :]
    for point, told in (
        ("point_officers", "执法证41912100004"),
        ("point_facts", "医保结算明细（复印件）"),
        ("point_facts", "结算明细.pdf"),
        ("point_law", "适用裁量标准及理由（草拟决定"),
        ("point_powers", "28,400"),
        ("point_documents", "案件调查终结报告"),
    ):
        field = form[form.index(f'id="field-{point}"') :]
        assert (
            told in field[: field.index("<textarea")]
            or told in field[: field.index('</div>\n<div class="field')]
        ), (point, told)


def test_the_first_round_has_nothing_before_it(play: Play, as_person: SignIn) -> None:
    case = as_far_as(play, "draft1")
    assert "第1次审核意见" not in as_person("ke.qingxi").get(f"/do/submit_review/{case}/").content.decode()


def test_the_proposal_is_that_of_the_draft_and_says_so(play: Play, as_person: SignIn) -> None:
    case = as_far_as(play, "draft")
    page = as_person("ke.qingxi").get(f"/do/submit_review/{case}/").content.decode()
    field = page[page.index('id="field-proposal"') :]
    field = field[: field.index("field-materials")]
    assert "罚款28,400" in field, "the report says 42,600"
    assert "取自 草拟决定（2026-" in field


@pytest.mark.article("R09-41")
def test_the_notice_proposes_what_the_draft_proposes(play: Play, as_person: SignIn) -> None:
    case = as_far_as(play, "draft1")
    page = as_person("zhang.qingxi").get(f"/do/serve_notice/{case}/").content.decode()
    field = page[page.index('id="field-proposed_kind"') :]
    field = field[: field.index("</fieldset>")]
    assert 'value="penalty" checked' in field
    assert "取自 草拟决定（2026-" in field


def test_a_long_table_is_folded_and_each_cell_says_its_column(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    rows = [{"name": f"病历{number}", "quantity": "1份", "from_holder": "仁和诊所"} for number in range(25)]
    play.act("list_evidence", "zhang", case, items=rows)
    page = as_person("zhang.qingxi").get(f"/cases/{case}/?tab=record").content.decode()
    assert "<summary>共 25 行</summary>" in page
    assert 'data-label="名称">病历24</td>' in page
    assert "<summary>共 2 行</summary>" not in page, "the two signatures stand open"
