"""草拟决定: a draft above what was told is warned of at once."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from liuhen.acts import registry
from liuhen.acts.matter import load_matter
from liuhen.cases.drafted import against_the_sums
from tests.web.conftest import SignIn
from tests.web.played import Play


@pytest.mark.article("R09-41")
def test_a_draft_above_the_notice_is_warned_of(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    play.act("inspect", "zhang", case)
    play.act("report_investigation", "zhang", case)
    play.act("answer_question", "ke", case, ask="R09-41.hearing_scope", value=False, reason="数额不大")
    play.act("serve_notice", "zhang", case, amount="10000", statement_until="2026-08-20", hearing_right=False)
    play.act("draft_decision", "zhang", case, decision_kind="penalty", amount="10000.01")
    (warned,) = against_the_sums(load_matter(case), play.clock.now_ms())
    assert warned.rule == "R09-41.heavier"
    unit, handler = as_person("ke.qingxi"), as_person("zhang.qingxi")
    for page in (f"/cases/{case}/", f"/do/submit_review/{case}/"):
        assert "按现在这一稿不能作出决定" in unit.get(page).content.decode(), "it stays said"
    proposed = next_step(handler, case)
    assert re.search(r"btn-primary[^>]*>草拟决定</a>", proposed) and warned.text in proposed
    play.act("draft_decision", "zhang", case, decision_kind="penalty", amount="10000")
    assert against_the_sums(load_matter(case), play.clock.now_ms()) == []
    assert "按现在这一稿不能作出决定" not in unit.get(f"/cases/{case}/").content.decode()
    assert not re.search(r"btn-primary[^>]*>草拟决定</a>", next_step(handler, case))


def next_step(client: Client, case: str) -> str:
    return client.get(reverse("ahead", args=[case]), {"next": "1"}).content.decode()


def test_the_facts_of_a_draft_do_not_repeat_its_evidence(play: Play) -> None:
    case = play.file_case()
    play.act("inspect", "zhang", case)
    play.act("collect_evidence", "zhang", case)
    found, _ = registry.suggest("report_investigation", load_matter(case))["facts"]
    play.act("report_investigation", "zhang", case, facts=found)
    drafted = registry.suggest("draft_decision", load_matter(case))
    assert "下列证据证明" in found and drafted["evidence"][0] in found
    assert found.startswith(drafted["facts"][0]) and "下列证据证明" not in drafted["facts"][0]
