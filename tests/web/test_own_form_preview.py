"""本机关的样式 beside the shipped one: every shipped form can be taken as it is; what was dropped is said."""

import json

import pytest

from liuhen.acts.matter import packs
from liuhen.documents.own_forms import Own, problems, shipped_forms, shipped_text
from tests.web.conftest import SignIn
from tests.web.played import Play


@pytest.mark.parametrize("form", [form for form, _ in shipped_forms()])
def test_a_shipped_form_can_be_taken_and_handed_in_as_it_is(form: str) -> None:
    assert problems(shipped_text(form), form, []) == []


def test_both_are_shown_and_what_is_lost_is_said(play: Play, as_person: SignIn) -> None:
    head = as_person("ju.qingxi")
    text = json.loads(head.get("/settings/forms/filing_approval/").content)["text"]
    assert "version" not in text and text.startswith("filing_approval:")
    address = "/settings/forms/filing_approval/preview/"
    shown = json.loads(head.post(address, {"text": text, "size": "empty"}).content)
    assert shown["problems"] == [] and shown["own"] == shown["standing"] != []
    lost = json.loads(
        head.post(address, {"text": text.replace("        - [cause]\n", ""), "size": "empty"}).content
    )
    assert any("案由" in one for one in lost["problems"]) and lost["own"] != lost["standing"]
    broken = json.loads(head.post(address, {"text": "filing_approval: [", "size": "empty"}).content)
    assert broken["problems"] and broken["standing"] and not broken["own"]
    assert head.post("/settings/forms/nothing/preview/", {"text": ""}).status_code == 404
    assert as_person("zhang.qingxi").post(address, {"text": text}).status_code == 403


def test_what_was_dropped_is_named_once_with_the_article_that_asks_it() -> None:
    text = shipped_text("inquiry_notice").replace("    - long: material\n", "")
    (said,) = problems(text, "inquiry_notice", packs().values())
    assert "携带材料" in said and "第12条要求写明" in said


def test_a_form_that_lacks_what_is_asked_now_is_said_where_it_was_set(
    play: Play, as_person: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    lacking = Own("filing_approval", "立案审批表", 101, "2026-01-01", ("文书目录要求的“案由”在样式里没有",))
    monkeypatch.setattr("liuhen.web.views.agency.own_forms", lambda *_: [lacking])
    page = as_person("ju.qingxi").get("/settings/").content.decode()
    assert "不合现在的要求" in page and "“案由”在样式里没有" in page
