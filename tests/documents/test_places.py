"""签名处: nobody finds a line to sign on that nobody in the course is asked to sign; who recorded it is named."""

import json
from dataclasses import replace
from typing import Any

import pytest

from liuhen.documents.catalogue import catalogue
from liuhen.documents.context import Issuer, context
from liuhen.documents.figures import figure
from liuhen.documents.forms import Form
from liuhen.documents.samples import SampleEntry
from liuhen.kernel.clock import parse_local
from liuhen.law.dictionary import standard
from tests.documents.samples import entry


class Agency(Issuer):
    """One that knows its people."""

    def person(self, officer: str, index: int) -> tuple[str, str]:
        return {"z": ("张明远", "基金监管股")}.get(officer, ("", ""))


AGENCY = Agency("清溪县医疗保障局")
NEWEST: dict[str, Form] = {}
for _one in catalogue():
    if _one.id not in NEWEST or NEWEST[_one.id].version < _one.version:
        NEWEST[_one.id] = _one


def printed(form: str, *entries: object) -> str:
    return json.dumps(context(entries[-1], NEWEST[form], entries, AGENCY), ensure_ascii=False)  # type: ignore[arg-type]


@pytest.mark.parametrize("form", NEWEST.values(), ids=NEWEST)
def test_every_place_to_sign_is_a_signature_that_the_course_asks_for(form: Form) -> None:
    on_paper = [block for block in form.blocks if block.kind == "sign" and block.sign is None]
    assert [one.places for one in on_paper if one.unless is None] == [], (
        "that of a role that has not signed alone"
    )
    for block in form.blocks:
        elsewhere = block.sign is not None and block.sign.paths[-1][0] not in ("", form.kind)
        assert not elsewhere or block.given, f"{block.label}: signed in another act, no line here"


def test_who_registered_stands_there_with_his_unit() -> None:
    lead = replace(entry("lead_registered"), actor="z")
    text = printed("lead_register", lead)
    assert "张明远" in text and "基金监管股" in text and "签名" not in text


def test_the_unit_that_handed_in_is_named_where_it_is_received() -> None:
    handed = replace(entry("review_submitted"), actor="z")
    assert "张明远" in printed(
        "material_receipt", handed, replace(entry("review_received", index=2), actor="y")
    )


def test_a_signature_that_was_not_given_elsewhere_leaves_no_line() -> None:
    decided = entry("decided", index=2, sign_head=[])
    text = printed("decision_approval", decided)
    assert text.count("　　年　　月　　日") == 1, "the head's own"


@pytest.mark.parametrize(
    ("form", "kind", "cited"),
    [
        ("inquiry_notice", "inquiry_notified", ["R10-27", "R09-18"]),
        ("evidence_notice", "evidence_notified", ["R10-27", "R09-18"]),
        ("preservation_notice", "preserved", ["R09-26"]),
        ("preservation_disposal", "preservation_disposed", ["R09-26"]),
        ("hearing_notice", "hearing_notified", ["R09-41"]),
    ],
)
def test_a_notice_cites_its_articles_and_bears_a_number(form: str, kind: str, cited: list[str]) -> None:
    text = printed(form, entry(kind))
    assert all(figure(one) in text for one in cited)
    assert NEWEST[form].number is not None and NEWEST[form].seal
    assert "负责人签批" not in text


def test_a_prior_notice_names_what_is_proposed() -> None:
    def said(**fields: Any) -> str:
        return printed("prior_notice", entry("notice_served", refund=None, **fields)).split("四、")[0]

    text = said(proposed_kind="penalty", amount=17_244_000)
    assert "拟对你（单位）作出以下行政处罚决定：" in text and "处罚款172,440.00元（大写" in text
    assert "罚款以外" not in text and "退回" not in text
    assert "不予行政处罚" in (none := said(proposed_kind="none", amount=0)) and "处罚款" not in none
    assert "罚款以外的行政处罚" in (other := said(proposed_kind="penalty", amount=0)) and "0.00" not in other


@pytest.mark.parametrize(
    ("form", "kind", "named"),
    [
        ("prior_notice", "notice_served", "（清医保罚告〔2026〕5号）"),
        ("inspection_record", "inspected", "（记录号 1）"),
    ],
)
def test_a_corrected_paper_names_the_one_that_it_replaces(form: str, kind: str, named: str) -> None:
    day = 1_795_500_000_000  # 2026-11-24
    old = replace(entry(kind, number="清医保罚告〔2026〕5号"), recorded_ms=day)
    new = replace(entry(kind, index=2, number="清医保罚告〔2026〕6号"), recorded_ms=day, supersedes=old.id)
    assert "更正并代替" not in printed(form, old)
    assert f"本文书更正并代替本机关2026年11月24日的《{NEWEST[form].title}》{named}。" in printed(
        form, old, new
    )
    assert "更正并代替" not in printed(form, old, replace(new, recorded_ms=1_795_000_000_000)), (
        "issued before"
    )


@pytest.mark.parametrize("form", NEWEST.values(), ids=NEWEST)
def test_a_line_to_sign_on_does_not_say_twice_that_it_is_one(form: Form) -> None:
    unsigned: dict[str, Any] = {one: [] for one in standard().kinds[form.kind].fields if "sign" in one}
    since = replace(entry(form.kind, **unsigned), recorded_ms=parse_local("2026-11-23 09:00"))
    for block in context(since, form, [since], AGENCY)["blocks"]:
        if "签名" in block.get("label", ""):
            assert [one["who"] for one in block["signs"] if one["who"].endswith(("签名", "（签名）"))] == []


def test_a_paper_of_before_keeps_its_lines() -> None:
    before, since = (
        replace(entry("court_enforcement_applied", sign_head=[]), recorded_ms=parse_local(day))
        for day in ("2026-11-22 23:59", "2026-11-23 00:00")
    )
    assert '"who": "签名"' in printed("enforcement_application", before)
    assert '"who": "签名"' not in printed("enforcement_application", since)


def test_a_commission_tells_whoever_is_commissioned_what_concerns_him() -> None:
    """委托书: whether he is qualified by law where he is; not when it reached him, nor the office's own copies."""
    qualified, other = (entry("appraisal_commissioned", statutory=said) for said in (True, False))
    assert "受委托机构具有法定资格" in printed("appraisal_commission", qualified)
    assert "法定资格" not in printed("appraisal_commission", other)
    for one in (qualified, other):
        assert "送达时间" not in printed("appraisal_commission", one) and "SHA-256" not in printed(
            "appraisal_commission", one
        )


@pytest.mark.article("R09-59")
@pytest.mark.parametrize("form", ["delivery_receipt", "notice_delivery"])
def test_a_paper_left_behind_has_a_place_for_the_witness(form: str) -> None:
    """留置送达: the recipient refused, whose row stands there; the witness has his line until he has signed."""
    refused = {"who": "party", "name": "贺志远", "refused": True, "note": "拒收", "at": "2026-11-23 16:00"}
    witness = {"who": "attesting_witness", "name": "范素琴", "at": "2026-11-23 16:00"}
    kind = NEWEST[form].kind
    left = entry(kind, method="lien", signatures=[refused])
    assert blank(form, left) == 1
    assert blank(form, entry(kind, method="lien", signatures=[refused, witness])) == 0
    assert blank(form, entry(kind, method="lien", signatures=[])) == 1
    assert blank(form, entry(kind, method="direct", signatures=[])) == 1
    assert blank(form, entry(kind, method="direct", signatures=[refused])) == 0


def blank(form: str, one: SampleEntry) -> int:
    """How many lines a paper has on which a witness has still to sign."""
    blocks = context(one, NEWEST[form], [one], AGENCY)["blocks"]
    signs = [sign for block in blocks for sign in block.get("signs", ())]
    return sum("见证人" in str(sign["who"]) and not sign.get("name") for sign in signs)


@pytest.mark.article("WD-9")
def test_what_the_head_of_the_unit_said_stands_where_the_filing_is_declined() -> None:
    """Filing was proposed, he gave his opinion, the head declined; where he was not asked, no place for him."""
    said = entry("filing_endorsed", opinion="证据不足，建议不予立案。", agree=False)
    declined = replace(entry("declined", index=2), recorded_ms=parse_local("2026-11-24 09:00"))
    assert "证据不足，建议不予立案。" in printed("not_filing_approval", said, declined)
    assert "承办机构负责人意见" not in printed("not_filing_approval", declined)
