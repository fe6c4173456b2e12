"""条文要求写明的: asked where it is typed, with the article, and only where the law in use asks it."""

from dataclasses import replace

import pytest

from liuhen.acts import Invalid
from liuhen.acts.matter import packs
from liuhen.acts.wanted import wanted
from liuhen.law.dictionary import standard
from tests.web.played import begin

pytestmark = pytest.mark.django_db
ASKED = {"asked_name": "周济生", "matters": "处方的来源"}


def test_a_notice_without_what_the_article_asks_is_refused_with_the_article() -> None:
    play = replace(begin(), agency="wangdu")
    case = play.file_case()
    with pytest.raises(Invalid) as refused:
        play.act("notify_inquiry", "zhang", case, **ASKED, material="")
    assert (
        "第12条" in refused.value.errors["material"]
        and "没有内容的写“无”" in refused.value.errors["material"]
    )
    play.act("notify_inquiry", "zhang", case, **ASKED, material="无")


def test_where_no_article_asks_it_may_be_blank() -> None:
    play = begin()
    play.act("notify_inquiry", "zhang", play.file_case(), **ASKED, material="")


def test_what_is_asked_on_a_condition_is_not_asked_of_all() -> None:
    asked = wanted(standard().kinds["evidence_collected"], packs().values())
    assert "transcript" not in asked and "copy_note" not in asked
