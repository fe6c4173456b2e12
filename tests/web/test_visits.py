"""本年度的检查: counted over the tree; shown before an inspection is planned and before it is agreed to."""

import pytest
from django.test import Client

from liuhen.accounts.actor import actor_of
from liuhen.accounts.models import Agency, Officer
from liuhen.acts import Invalid, perform
from liuhen.acts.matter import load_matter
from liuhen.kernel.ids import new_id
from liuhen.registers.queries import begun_catalogue
from tests.web.conftest import SignIn
from tests.web.played import Play

PLAN = {
    "basis": "ex_officio", "reason": "年度计划", "source": "年度计划", "facts": "日常检查",
    "party_name": "清溪县康宁诊所",
    "party_code": "52419121MJF0000019", "party": "诊所", "place": "东街1号", "legal_basis": "条例", "items": "收费",
    "manner": "现场检查", "helpers": 0, "frequency": "第一次", "opinion": "建议检查",
}  # fmt: skip


def planned(play: Play, agency: str, day: str) -> str:
    people = [Officer.objects.get(username=f"{slug}.{agency}") for slug in ("zhang", "li")]
    payload = {**PLAN, "planned_on": day, "officers": [one.id for one in people]}
    made = perform("plan_inspection", actor_of(people[0], play.clock.ms), payload, new_id(), clock=play.clock)
    return made.stream


@pytest.fixture
def client(as_person: SignIn) -> Client:
    """Whoever plans inspections in the county."""
    return as_person("zhang.qingxi")


def test_what_another_agency_has_planned_can_be_combined(play: Play, client: Client) -> None:
    planned(play, "heming", "2026-09-01")
    asked = {"party_name": str(PLAN["party_name"]), "planned_on": "2026-10-01"}
    part = client.get("/inspections/target/", asked).content.decode()
    assert "可以合并" in part and Agency.objects.get(slug="heming").name in part
    assert "本机关没有设定上限；另有1次计划可以合并" in part
    other = client.get("/inspections/target/", {**asked, "planned_on": "2027-05-01"}).content.decode()
    assert "没有可以合并的计划" in other


def test_it_is_kept_with_the_plan_and_shown_to_who_agrees(play: Play, as_person: SignIn) -> None:
    planned(play, "heming", "2026-09-01")
    stream = planned(play, "qingxi", "2026-10-01")
    weighed = load_matter(stream).last("inspection_weighed")
    assert weighed is not None and weighed.open["count"] == 0 and len(weighed.open["planned"]) == 1
    page = as_person("ke.qingxi").get(f"/do/endorse_inspection/{stream}/").content.decode()
    assert "本年度对检查对象的检查" in page
    assert Agency.objects.get(slug="heming").name in page


def test_another_province_is_not_counted(play: Play, client: Client) -> None:
    planned(play, "wangdu", "2026-09-01")
    part = client.get(
        "/inspections/target/", {"party_code": str(PLAN["party_code"]), "planned_on": "2026-10-01"}
    )
    assert "没有可以合并的计划" in part.content.decode()


def test_the_pool_of_a_draw_comes_from_the_register(play: Play, client: Client, as_person: SignIn) -> None:
    stream = begun_catalogue(play.agency_id)
    for name, kind, address, code in (
        ("清溪县康宁诊所", "hospital", "清溪县城关镇东街1号", "H41000000001"),
        ("清溪县民安大药房", "pharmacy", "清溪县城关镇西街2号", "P41000000004"),
        ("清溪县济世堂药店", "pharmacy", "清溪县云峰乡", "P41000000006"),
    ):
        play.act(
            "enter_institution", "ke", stream, name=name, institution_kind=kind, address=address,
            insurance_code=code, credit_code="", licence="",
        )  # fmt: skip
    case = play.file_case_of("清溪县民安大药房")
    play.act("inspect", "zhang", case)

    def found(**asked: str) -> tuple[list[str], int]:
        told = client.get("/inspections/pool/", {"planned_on": "2026-12-01", **asked}).json()
        return [row["name"] for row in told["rows"]], told["inspected"]

    assert found(place="城关镇") == (["清溪县康宁诊所", "清溪县民安大药房"], 0)
    assert found(place="城关镇", fresh="1") == (["清溪县康宁诊所"], 1)
    assert found(kind="pharmacy", fresh="1") == (["清溪县济世堂药店"], 1)
    assert found(kind="pharmacy", fresh="1", planned_on="2027-02-01")[1] == 0
    assert "data-pool" in as_person("ke.qingxi").get("/do/plan_draw/").content.decode()


def test_nobody_is_drawn_without_a_certificate(play: Play) -> None:
    with pytest.raises(Invalid) as refused:
        play.act(
            "plan_draw", "ke", target_pool=[{"name": "甲"}, {"name": "乙"}], target_count=1, inspector_count=1,
            inspector_pool=[play.who("zhang").id, play.who("dang").id], planned_on="2026-09-01",
        )  # fmt: skip
    assert "没有有效的执法证" in refused.value.errors["inspector_pool"]
