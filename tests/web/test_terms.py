"""复议机关、诉讼法院、收款账户: set by the system administrator, dated, printed from their day on."""

import json
from typing import Any

import pytest

from liuhen import ledger
from liuhen.acts import Invalid, Refused, rebuild, registry
from liuhen.acts.matter import load_matter, register_of
from liuhen.documents.catalogue import catalogue
from liuhen.documents.context import context
from liuhen.documents.terms import lacking, terms_at
from liuhen.documents.witness import issuer
from liuhen.kernel.clock import MS_PER_DAY, local_date
from tests.documents.samples import entry
from tests.web.conftest import SignIn
from tests.web.played import Play

SET = {
    "review_organ": "清溪县人民政府",
    "court": "清溪县人民法院",
    "fine_bank": "某银行清溪支行",
    "fine_name": "清溪县财政局",
    "fine_account": "4100 1234 5678 9012",
    "source": "县财政局通知",
}


def given(play: Play, person: str = "xitong", **changed: Any) -> None:
    """Terms from today on."""
    today = local_date(play.clock.now_ms()).isoformat()
    play.act("set_terms", person, register_of(play.agency_id), **{**SET, "from_on": today, **changed})


def decided(play: Play, **fields: Any) -> str:
    """A decision of now as it is printed, in its present form."""
    own = {"party_name": "康泰诊所", "decision_kind": "penalty", "amount": 10_000, "refund": None}
    said = entry(
        "decided", **{**own, "performance": "十五日内缴纳。", "remedies": "可以申请复议、起诉。", **fields}
    )
    said = type(said)(**{**vars(said), "recorded_ms": play.clock.now_ms()})
    form = max((one for one in catalogue() if one.id == "decision"), key=lambda one: one.version)
    return json.dumps(context(said, form, [said], issuer(play.agency_id)), ensure_ascii=False)


def test_what_is_set_stands_on_the_decision_once(play: Play) -> None:
    missing = ["行政复议机关", "行政诉讼管辖法院", "罚款的代收银行和账户"]
    asked = ("review_organ", "court", "fine_payment")
    assert lacking(play.agency_id, play.clock.now_ms(), *asked) == missing
    assert "／" not in decided(play).split("七、")[1]
    given(play)
    assert lacking(play.agency_id, play.clock.now_ms(), *asked) == []
    text = decided(play)
    assert "行政复议机关：清溪县人民政府。" in text and "管辖法院：清溪县人民法院。" in text
    assert "罚款缴至——银行：某银行清溪支行；账户名称：清溪县财政局；账号：4100 1234 5678 9012。" in text
    assert "基金退至" not in text
    said = decided(play, remedies="可以向清溪县人民政府申请复议，向清溪县人民法院起诉。", amount=0)
    assert said.count("清溪县人民") == 2 and "罚款缴至" not in said


def test_it_counts_from_its_day_on_and_not_for_papers_made_before(play: Play) -> None:
    given(play)
    before = play.clock.now_ms()
    tomorrow = local_date(before + MS_PER_DAY).isoformat()
    given(play, review_organ="新安市人民政府", from_on=tomorrow)
    assert terms_at(play.agency_id, play.clock.now_ms())["review_organ"] == "清溪县人民政府"
    play.clock.advance(MS_PER_DAY)
    assert terms_at(play.agency_id, play.clock.now_ms())["review_organ"] == "新安市人民政府"
    assert terms_at(play.agency_id, before)["review_organ"] == "清溪县人民政府"
    assert list(rebuild.check()) == []
    assert ledger.read([str(register_of(play.agency_id))])[-1].kind == "terms_set"


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("court", "清溪县人民政府", "法院的全称"),
        ("fine_account", "4100123", "8至30位数字"),
        ("fine_account", "", "要填就都填"),
        ("from_on", "2020-01-01", "已经过去"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(play: Play, field: str, typed: str, said: str) -> None:
    with pytest.raises(Invalid) as refused:
        given(play, **{field: typed})
    assert said in refused.value.errors[field]


def test_only_the_system_administrator_sets_it(play: Play) -> None:
    with pytest.raises(Refused):
        given(play, "zhang")


def test_a_draft_says_whom_one_turns_to(play: Play) -> None:
    play.file_case()
    given(play)
    today = local_date(play.clock.now_ms())
    said, source = registry.suggest("draft_decision", load_matter(play.case), today)["remedies"]
    assert "六十日内向清溪县人民政府申请行政复议" in str(said) and "向清溪县人民法院提起" in str(said)
    assert source == "登记复议机关、诉讼法院和收款账户"


def test_forms_say_what_is_missing_and_the_settings_what_is_set(play: Play, as_person: SignIn) -> None:
    play.file_case()
    handler, administrator = as_person("zhang.qingxi"), as_person("xitong.qingxi")
    form = f"/do/draft_decision/{play.case}/"
    said = "本机关还没有登记行政复议机关、行政诉讼管辖法院，文书上不会印出。请系统管理员"
    assert said in handler.get(form).content.decode()
    settings = administrator.get("/settings/").content.decode()
    assert "还没有登记：行政复议机关、行政诉讼管辖法院" in settings and "/do/set_terms/" in settings
    given(play)
    assert said not in (page := handler.get(form).content.decode()) and "向清溪县人民政府申请行政复议" in page
    assert "清溪县人民法院" in administrator.get("/settings/").content.decode()
