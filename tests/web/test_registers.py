"""名录 on the screen: found by name, code and initials; a form shows how it is chosen; an item keeps its old names."""

import pytest
from django.test import Client

from liuhen.accounts.actor import actor_of
from liuhen.accounts.models import Officer
from liuhen.acts import perform
from liuhen.kernel.ids import new_id
from liuhen.registers.queries import begun_catalogue
from tests.web.conftest import SignIn
from tests.web.played import Play

CLINIC = {
    "name": "清溪县康宁诊所", "institution_kind": "hospital", "insurance_code": "H41912100001",
    "credit_code": "52419121MJF0000019", "head": "何某", "address": "东街1号", "source": "服务协议",
}  # fmt: skip


def entered(play: Play, act: str, **fields: object) -> dict[str, object]:
    officer = Officer.objects.get(username="zhang.qingxi")
    stream = begun_catalogue(officer.agency_id)
    by = actor_of(officer, play.clock.ms)
    return dict(perform(act, by, fields, new_id(), clock=play.clock, stream=stream).fields)


@pytest.fixture
def key(play: Play) -> str:
    """A clinic on the register, renamed since."""
    made = entered(play, "enter_institution", **CLINIC)
    change = {name: str(value) for name, value in CLINIC.items() if name != "source"}
    change |= {
        "institution": str(made["institution"]),
        "name": "清溪县康宁门诊部",
        "from_on": "2026-02-01",
        "reason": "更名",
    }
    entered(play, "change_institution", **change)
    return str(made["institution"])


@pytest.fixture
def client(as_person: SignIn) -> Client:
    """Whoever enters institutions."""
    return as_person("zhang.qingxi")


@pytest.mark.parametrize("words", ["康宁诊所", "H4191210", "qxxkn", "52419121"])
def test_it_is_found_by_whatever_it_is_known(play: Play, key: str, client: Client, words: str) -> None:
    (found,) = client.get("/registers/institutions/choose/", {"q": words}).json()["items"]
    assert found["name"] == "清溪县康宁门诊部" and found["values"]["credit_code"] == CLINIC["credit_code"]
    assert "清溪县康宁门诊部" in client.get("/registers/institutions/", {"q": words}).content.decode()


def test_its_page_keeps_the_old_name_and_begins_forms(play: Play, key: str, client: Client) -> None:
    page = client.get(f"/registers/institutions/{key}/").content.decode()
    assert "曾用名称" in page and "清溪县康宁诊所" in page
    assert "/do/plan_inspection/?" in page and "party_code=52419121MJF0000019" in page


def test_changing_it_begins_from_what_it_is(play: Play, key: str, client: Client) -> None:
    stream = begun_catalogue(Officer.objects.get(username="zhang.qingxi").agency_id)
    page = client.get(f"/do/change_institution/{stream}/", {"institution": key}).content.decode()
    assert (
        'value="清溪县康宁门诊部"' in page
        and 'value="H41912100001"' in page
        and "取自 定点医药机构名录" in page
    )


def test_a_form_is_chosen_from_the_registers(play: Play, client: Client) -> None:
    page = client.get("/do/plan_inspection/").content.decode()
    assert (
        'data-lookup="/registers/institutions/choose/"' in page
        and 'data-lookup="/registers/bases/choose/"' in page
    )


@pytest.mark.parametrize("slug", ["institutions", "causes", "bases", "benchmarks", "rooms", "devices"])
def test_an_empty_register_says_what_it_is_for(play: Play, client: Client, slug: str) -> None:
    assert "还没有登记" in client.get(f"/registers/{slug}/").content.decode()
    assert client.get("/registers/").status_code == 200


def test_another_agencys_item_is_not_there(play: Play, key: str, as_person: SignIn) -> None:
    other = as_person("zhang.wangdu")
    assert other.get(f"/registers/institutions/{key}/").status_code == 404
    assert other.get("/registers/institutions/choose/", {"q": "康宁"}).json() == {"items": []}


def test_what_a_change_leaves_blank_stays_as_it_was(play: Play, key: str, client: Client) -> None:
    change = {"institution": key, "name": "清溪县康宁医院", "institution_kind": "hospital"}
    entered(play, "change_institution", **change, from_on="2026-03-01", reason="升级")
    page = client.get(f"/registers/institutions/{key}/").content.decode()
    assert "清溪县康宁医院" in page and "52419121MJF0000019" in page and "东街1号" in page


def test_a_proposed_filing_knows_what_the_register_knows(play: Play, key: str, client: Client) -> None:
    lead = play.act("register_lead", "zhang", suspect="清溪县康宁门诊部").stream
    play.act("verify_lead", "zhang", lead)
    form = client.get(f"/do/propose_filing/{lead}/").content.decode()
    assert 'value="52419121MJF0000019"' in form and 'value="何某"' in form
    assert "取自 定点医药机构名录" in form


def test_the_item_chosen_fills_in_what_it_says_now(as_person: SignIn, key: str):
    """A change opened without an item has it chosen; nothing that the register holds is typed again."""
    catalogue = begun_catalogue(Officer.objects.get(username="zhang.qingxi").agency_id)
    form = as_person("zhang.qingxi")
    assert 'data-refill="institution"' in form.get(f"/do/change_institution/{catalogue}/").content.decode()
    filled = form.get(f"/do/change_institution/{catalogue}/?institution={key}").content.decode()
    assert 'value="清溪县康宁门诊部"' in filled and 'value="52419121MJF0000019"' in filled
    assert "data-refill" not in form.get(f"/do/enter_institution/{catalogue}/").content.decode()
