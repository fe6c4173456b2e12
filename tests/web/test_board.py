"""科室一览: late and due by officer, the weekly sheet, one's matters handed over in one act each, both told."""

import re

import pytest
from django.urls import reverse

from liuhen.acts.matter import load_matter
from liuhen.acts.models import OwedRow
from liuhen.cases import board
from liuhen.cases.late import late_total
from liuhen.cases.owed import shown
from liuhen.kernel.clock import MS_PER_DAY
from liuhen.oversight.below import standing
from tests.web.conftest import SignIn
from tests.web.played import Play


def test_who_owes_what_and_since_when(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    play.clock.advance(200 * MS_PER_DAY)
    client, zhang = as_person("ke.qingxi"), play.who("zhang").id
    page = client.get(reverse("board")).content.decode()
    load = board.by_officer(play.who("ke").agency, play.clock.now_ms(), {})[zhang]
    assert load.late > 0 and "已逾期" in page and f"! {load.late}</span>" in page
    of = client.get(reverse("board-of", args=[zhang])).content.decode()
    assert f"共 {load.late + load.soon} 项" in of and f"/cases/{case}/" in of
    assert of.count("<tr><td class") == load.late + load.soon
    sheet = client.get(reverse("board-sheet"))
    assert sheet.headers["Content-Type"] == "application/pdf" and sheet.content.startswith(b"%PDF")


@pytest.mark.article("R09-7")
def test_the_board_and_the_bureau_above_count_the_same(play: Play, as_person: SignIn) -> None:
    """The same days, as many; what no handler has is a body's; what he owes in his role is in his row."""
    play.file_case()
    play.clock.advance(400 * MS_PER_DAY)
    agency, now = play.who("ke").agency, play.clock.now_ms()
    total = late_total(agency, now)
    assert total == standing([agency], now)[agency].overdue_total > 0
    client = as_person("ke.qingxi")
    page = client.get(reverse("board")).content.decode()
    assert f"逾期 {total} 项" in page
    bodies = board.by_role(agency, now)
    assert all(reverse("board-role", args=[who or "nobody"]) in page for who in bodies)
    ke = play.who("ke")
    own, _ = board.pressing(agency, ke.id, now, 0, 0, roles=ke.roles)
    of_role, _ = board.pressing(agency, "enforcement_unit", now, 0, 0, roles=None)
    assert own >= of_role > 0
    listed = client.get(reverse("board-role", args=["enforcement_unit"])).content.decode()
    late = as_person("ju.heming").get("/oversight/qingxi/list/?late=1").content.decode()
    days = re.findall(r"已逾期 (\d+ 天)</span> (\d+年\d+月\d+日)", listed)
    assert days and all(f">{said}</td>" in late for said, _day in days)


def test_a_duty_of_an_inspection_stands_under_whom_it_inspects(play: Play) -> None:
    play.file_case()
    inspection = play.act("plan_inspection", "zhang").stream
    owed = OwedRow.objects.filter(is_open=True).latest("id")
    OwedRow.objects.filter(id=owed.id).update(matter=inspection)
    (first,) = shown([(False, 0, 0, inspection, owed.id)])
    assert first["party_name"] == load_matter(inspection).value("inspection_planned", "party_name")


def test_a_handler_does_not_see_it(play: Play, as_person: SignIn) -> None:
    client = as_person("zhang.qingxi")
    assert client.get(reverse("board")).status_code == 403
    assert client.get(reverse("hand-over", args=[play.who("li").id])).status_code == 403


def test_all_in_hand_goes_to_another_and_both_are_told(play: Play, as_person: SignIn) -> None:
    first, second = play.file_case(), play.file_case()
    unfiled = play.act("register_lead", "zhang").stream
    zhang, zhao = play.who("zhang").id, play.who("zhao").id
    client, address = as_person("ke.qingxi"), reverse("hand-over", args=[zhang])
    shown = client.get(address).content.decode()
    assert all(f'value="{stream}" checked' in shown for stream in (first, second, unfiled))
    lacking = client.post(address, {"m": [first], "ground": "left"})
    assert lacking.status_code == 422 and "接手的人：必选" in lacking.content.decode()
    sent = {"m": [first, second, unfiled], "takers": [zhao], "ground": "left", "reason": "调离。"}
    done = client.post(address, sent).content.decode()
    assert "共 3 件，办成 2 件" in done and "承办人不得少于两人" in done
    assert {one["id"] for one in load_matter(first).value("handed_over", "handlers")} == {
        zhao,
        play.who("li").id,
    }
    for who, said in (("zhang", "移交给"), ("zhao", "由张明远移交")):
        home = as_person(f"{who}.qingxi").get("/").content.decode()
        assert "近日移交承办的事项（2）" in home and said in home
    assert "接收移交" in as_person("zhao.qingxi").get("/").content.decode()
    assert "接收移交" not in as_person("zhang.qingxi").get("/").content.decode()
    assert first not in {row["matter"] for row in board.matters_of(play.who("ke").agency, zhang)}
