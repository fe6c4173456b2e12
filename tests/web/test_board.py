"""科室一览: late and due by officer, the weekly sheet, one's matters handed over in one act each, both told."""

from django.urls import reverse

from liuhen.acts.matter import load_matter
from liuhen.cases import board
from liuhen.kernel.clock import MS_PER_DAY
from tests.web.conftest import SignIn
from tests.web.played import Play


def test_who_owes_what_and_since_when(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    play.clock.advance(200 * MS_PER_DAY)
    client, zhang = as_person("ke.qingxi"), play.who("zhang").id
    page = client.get(reverse("board")).content.decode()
    load = board.by_officer(play.who("ke").agency, play.clock.now_ms())[zhang]
    assert load.late > 0 and "已逾期" in page and f"! {load.late}</span>" in page
    of = client.get(reverse("board-of", args=[zhang])).content.decode()
    assert f"共 {load.late + load.soon} 项" in of and f"/cases/{case}/" in of
    assert of.count("<tr><td class") == load.late + load.soon
    sheet = client.get(reverse("board-sheet"))
    assert sheet.headers["Content-Type"] == "application/pdf" and sheet.content.startswith(b"%PDF")


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
