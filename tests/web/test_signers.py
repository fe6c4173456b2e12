"""签名的身份: only who signs such a record, each once, the likely one first."""

import pytest

from liuhen.acts import registry
from liuhen.acts.matter import packs
from liuhen.kernel.ids import new_id
from liuhen.web.roles import SIGNERS_MAX, put_to, signers
from liuhen.web.signing import hint, rows
from tests.web.conftest import SignIn
from tests.web.played import Play

KINDS = sorted(
    kind.name
    for kind in registry.dictionary().kinds.values()
    if any(field.type == "signatures" for field in kind.fields.values())
)


@pytest.mark.parametrize("kind", KINDS)
def test_few_fitting_and_different(kind: str) -> None:
    found = signers(kind, packs().values())
    assert 0 < len(found) <= SIGNERS_MAX
    assert len(set(found.values())) == len(found)
    assert not {"任何人", "系统管理员", "公众"} & set(found.values())


def test_the_likely_one_comes_first() -> None:
    assert next(iter(signers("inquired"))) == "asked"
    assert next(iter(signers("delivered"))) == "party"
    assert "holder" in signers("evidence_collected")


def test_a_question_is_put_to_those_who_hold_the_role() -> None:
    assert put_to(["handling_unit_head"], ["handling_unit_head", "handler"])
    assert not put_to(["agency_head"], ["handler"])


@pytest.mark.article("HN-J-9")
def test_the_form_says_beforehand_who_signs(play: Play, as_person: SignIn) -> None:
    """Rows for the officers ticked and for the party, and the articles that ask for them."""
    case = play.file_case()
    page = as_person("zhang.qingxi").get(f"/do/inspect/{case}/").content.decode()
    box = page[page.index('id="field-signatures"') :]
    box = box[: box.index("<template")]
    assert [name for name in ("张明远", "李若溪") if f'value="{name}"' in box] == ["张明远", "李若溪"]
    assert box.count("<tr>") == 4  # the head, two officers, the party
    hint = page[page.index('id="signatures-hint"') :]
    assert "条文要求：" in hint and "执法人员" in hint[:400] and "当事人" in hint[:600]


@pytest.mark.article("R09-24")
def test_a_draft_asks_again_for_who_has_not_signed(play: Play, as_person: SignIn) -> None:
    case, client = play.file_case(), as_person("zhang.qingxi")
    rows = {"signatures-0-who": "officer", "signatures-0-name": "张明远", "signatures-1-who": "asked"}
    client.post(f"/drafts/inquire/{case}/", {"content": "问：", "_draft_version": "0", **rows})
    page = client.get(f"/do/inquire/{case}/").content.decode()
    box = page[page.index('id="field-signatures"') :].partition("<template")[0]
    assert box.count('value="asked" selected') == 1 and box.count('value="officer" selected') == 1


@pytest.mark.article("R09-20")
def test_a_row_that_nobody_signed_is_no_signature(play: Play, as_person: SignIn) -> None:
    """The names stand there beforehand; who leaves them alone has not said that they signed."""
    case = play.file_case()
    row = {"signatures-0-who": "party", "signatures-0-name": "周仁和", "signatures-0-at": ""}
    answer = as_person("zhang.qingxi").post(f"/do/inspect/{case}/", {"_key": new_id(), **row})
    assert answer.status_code == 422
    assert (
        "周仁和还没有签名：请当面手写签名；签在纸上的，填签名时间；没有签的，删去该行"
        in answer.content.decode()
    )


@pytest.mark.article("WD-12")
def test_the_officers_rows_stand_there_where_the_check_will_look_for_them(
    play: Play, as_person: SignIn
) -> None:
    """望都's article asks the party alone; what is checked before a review is said before it is signed."""
    play.agency = "wangdu"
    case = play.file_case()
    page = as_person("zhang.wangdu").get(f"/do/inspect/{case}/").content.decode()
    box = page[page.index('id="field-signatures"') :].partition("<template")[0]
    assert all(f'value="{name}"' in box for name in ("张明远", "李若溪"))
    hint = page[page.index('id="signatures-hint"') :]
    assert "机器预检核对" in hint[:600]


def test_a_hearing_is_signed_by_host_party_and_who_took_the_minutes() -> None:
    """Whom the articles ask, and who wrote it down: each stands there under his own identity and name."""
    kind = registry.dictionary().kinds["hearing_held"]
    known = {"presider": [{"name": "许衡"}], "party_head": "贺志远", "recorder": "陆清"}
    measures = list(packs().values())
    found = [(row["who"], row["name"]) for row in rows(kind, measures, known)]
    assert found == [("hearing_host", "许衡"), ("party", "贺志远"), ("minute_taker", "陆清")]
    assert "改选身份" in hint(kind, measures)
    assert signers("hearing_held", measures)["minute_taker"] == "记录人"
