"""本年度的检查: counted over the tree; shown before an inspection is planned and before it is agreed to."""

import pytest
from django.test import Client

from liuhen.accounts.actor import actor_of
from liuhen.accounts.models import Agency, Officer
from liuhen.acts import perform
from liuhen.acts.matter import load_matter
from liuhen.kernel.ids import new_id
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
