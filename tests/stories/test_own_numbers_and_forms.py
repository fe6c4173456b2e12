"""文号格式、机关自己的样式、作废: set by data, checked, never reaching back."""

from argparse import Namespace
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from liuhen.acts import Invalid, Refused
from liuhen.acts.matter import law_of, load_matter, register_of
from liuhen.config.cli import FINDINGS, FINE
from liuhen.config.commands.own_forms import own
from liuhen.disclosure.papers import publish_papers
from liuhen.disclosure.verify_papers import check_papers
from liuhen.documents import own_forms
from liuhen.documents.codes import code_of
from liuhen.documents.fonts import load_fonts
from liuhen.documents.issuing import issue_number, template_of
from liuhen.documents.queries import document, documents_of, render_document
from liuhen.documents.witness import issuer
from liuhen.portal import papers
from tests.documents.pdftext import text_of
from tests.stories.office import Office, case_as_far_as

pytestmark = [pytest.mark.usefixtures("stage")]
TEMPLATE = "{code}医保罚字〔{year}〕第{n}号"
SETTING: dict[str, Any] = {
    "series": "decision", "template": TEMPLATE, "from_year": "2026", "source": "清医保〔2026〕3号",
}  # fmt: skip
FORM = """
filing_approval:
  title: 立案审批表（清溪式）
  from: filed
  layout: table
  reach: inner
  volume: main
  order: 110
  number: number
  guarded: [person]
  blocks:
    - rows:
        - [cause]
        - [party_name]
        - [source, procedure]
        - [party_kind, party_head]
        - [party_code, party_id]
        - [party_sex, party_occupation]
        - [party_address]
        - [party_phone, jurisdiction]
        - [in_area, {$happened_on: 批准日期}]
    - long: facts
    - long: verification
    - long: reasons
    - {long: start_reason, label: 启动原因}
    - rows:
        - [handlers]
    - opinion: {label: 承办人意见, text: opinion_handler|filing_proposed.opinion, sign: sign_handler}
    - opinion: {label: 承办机构意见, text: filing_endorsed.opinion|opinion_unit, sign: sign_unit}
    - opinion: {label: 机关负责人意见, text: opinion_head, sign: sign_head}
"""


def printed(office: Office, stream: str, name: str = "") -> str:
    """The text of one document; of the matter's first one where none is named."""
    entries, own = load_matter(stream).entries, issuer(office.agency)
    ref = document(entries, own, name) if name else documents_of(entries, own)[0]
    return str(text_of(render_document(ref, entries, own, load_fonts())))


def set_register(office: Office, act: str, **given: Any) -> None:
    office.do("ju", act, given, register_of(office.agency))


def take(office: Office, year: int) -> str:
    with transaction.atomic():
        return issue_number(office.agency, "decision", year)


def test_an_agency_has_its_own_numbers() -> None:
    office = Office()
    set_register(office, "set_template", **SETTING)
    assert [take(office, 2026), take(office, 2026)] == [
        "清医保罚字〔2026〕第1号",
        "清医保罚字〔2026〕第2号",
    ]
    assert "医保立" in template_of(office.agency, "filing", 2026)


def test_a_year_begun_keeps_its_template_and_the_next_begins_at_one() -> None:
    office = Office()
    before = take(office, 2026)
    with pytest.raises(Invalid, match="已经用到第1号"):
        set_register(office, "set_template", **SETTING)
    set_register(office, "set_template", **{**SETTING, "from_year": "2027"})
    assert take(office, 2026) == before.replace("1号", "2号")
    assert take(office, 2027) == "清医保罚字〔2027〕第1号"


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"template": "医保罚〔{year}〕号"}, "缺少 n"),
        ({"from_year": "2025"}, "不能早于今年"),
    ],
)
def test_a_bad_template_is_refused(changed: dict[str, str], says: str) -> None:
    with pytest.raises(Invalid, match=says):
        set_register(Office(), "set_template", **{**SETTING, **changed})


def test_who_may_not_set_it() -> None:
    office = Office()
    with pytest.raises(Refused):
        office.do("zhang", "set_template", SETTING, register_of(office.agency))


def own_form(office: Office, text: str = FORM, **changed: Any) -> None:
    given = {"form": "filing_approval", "since": "2027-01-01", "text": text, "source": "清医保〔2026〕4号"}
    set_register(office, "set_own_form", **{**given, **changed})


def test_an_own_form_is_used_from_its_day_and_old_documents_keep_theirs() -> None:
    office, streams = case_as_far_as("file_case")
    stream = streams["case"]
    before = pdf_of(stream, office)
    assert "立案审批表（清溪式）" not in before
    own_form(office, since="2026-12-31")
    assert pdf_of(stream, office) == before
    form = issuer(office.agency).forms()
    assert [one.title for one in form.of("filed", date(2027, 1, 1))] == ["立案审批表（清溪式）"]


def test_a_form_that_now_lacks_something_is_named_and_what_cannot_be_read_holds_nothing_up(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both were taken before more was asked: their agency goes on making documents, and is told."""
    office, streams = case_as_far_as("file_case")
    packs = law_of(office.agency).bundle.packs
    own_form(office)
    assert [one.wrong for one in own_forms.own_forms(office.agency, packs)] == [()]
    assert own(Namespace()) == FINE
    monkeypatch.setattr("liuhen.documents.acts.problems", lambda *_: [])
    own_form(office, text=FORM.replace("        - [cause]\n", ""))
    own_form(office, form="inquiry_notice", text=FORM.replace("        - [cause]\n", "        - [gone]\n"))
    lacking, unread = own_forms.own_forms(office.agency, packs)
    assert any("案由" in one for one in lacking.wrong) and lacking.since == "2027-01-01"
    assert any("gone" in one for one in unread.wrong)
    assert pdf_of(streams["case"], office)
    capsys.readouterr()
    assert own(Namespace()) == FINDINGS
    said = capsys.readouterr().out
    assert "《立案审批表》（2027-01-01起）：不合要求" in said and "案由" in said


def pdf_of(stream: str, office: Office) -> str:
    entries, own = load_matter(stream).entries, issuer(office.agency)
    ref = next(ref for ref in documents_of(entries, own) if ref.form == "filing_approval")
    return str(text_of(render_document(document(entries, own, ref.id), entries, own, load_fonts())))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("        - [cause]\n", "", "案由"),
        ("sign: sign_head}", "sign: sign_unit}", "负责人签名"),
        ("  reach: inner", "  reach: outer", "reach"),
        ("from: filed\n", "from: closed\n", "from 应为 filed|没有字段"),
        ("guarded: [person]", "guarded: [person, informant]", "guarded"),
        ("filing_approval:", "other_form:", "只有"),
        ("layout: table", "layout: [", "YAML"),
        ("  blocks:", "  block:", "缺少 blocks"),
    ],
)
def test_a_form_that_drops_what_is_asked_is_refused(old: str, new: str, says: str) -> None:
    office = Office()
    with pytest.raises(Invalid, match=says):
        own_form(office, FORM.replace(old, new, 1))


def test_not_from_today_and_not_unknown() -> None:
    office = Office()
    with pytest.raises(Invalid, match="晚于今天"):
        own_form(office, since="2026-03-02")
    with pytest.raises(Invalid, match="没有编号"):
        own_form(office, form="nothing")


@pytest.mark.parametrize("named_by", ["id", "number"])
def test_a_void_is_an_entry_with_its_reason_and_the_number_stays_taken(named_by: str) -> None:
    office, streams = case_as_far_as("serve_notice")
    stream = streams["case"]
    matter, own = load_matter(stream), issuer(office.agency)
    ref = next(ref for ref in documents_of(matter.entries, own) if ref.form == "prior_notice")
    while publish_papers():
        pass
    entry = next(one for one in matter.entries if one.id == ref.entry_id)
    code = code_of(entry.leaf_hash, ref.form, ref.form_version)
    found = papers.ask(code, ref.number)
    assert found is not None
    assert (found.number, found.ended) == (True, "")
    void = {
        "document": getattr(ref, named_by),
        "title": ref.title,
        "number": ref.number,
        "reason": "当事人名称有误，重新告知",
    }
    office.do("ju", "void_document", void, stream)
    publish_papers()
    ended = papers.ask(code)
    assert ended is not None and ended.ended == papers.VOID
    assert [*check_papers()] == []
    assert "已作废2026年" in printed(office, stream, ref.id) and "已作废" not in printed(office, stream)
    assert "当事人名称有误" in str(load_matter(stream).last("document_voided"))
    with pytest.raises(Invalid, match="已经作废"):
        office.do("ju", "void_document", void, stream)
    with transaction.atomic():
        assert issue_number(office.agency, "notice", 2026) != ref.number
    with pytest.raises(Invalid, match="不是本案的文书"):
        office.do("ju", "void_document", {**void, "document": "prior_notice@nothing"}, stream)
