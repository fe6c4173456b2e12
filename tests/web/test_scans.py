"""扫描件归位 on the screen: what went where, what is missing, what lies aside, read with progress; own agency only."""

import random
from io import BytesIO

import pytest
from django.test import Client
from PIL import Image

from liuhen.accounts.models import Officer
from liuhen.acts.uploads import receive
from tests.scans.printing import Paper, papers
from tests.web.conftest import SignIn
from tests.web.played import Play


@pytest.fixture
def printed(play: Play) -> list[Paper]:
    """The paper of a case that was just filed."""
    return list(papers(play.file_case()))


@pytest.fixture
def client(as_person: SignIn) -> Client:
    """The case's handler."""
    return as_person("zhang.qingxi")


def waiting(play: Play, content: bytes, name: str = "扫描.jpg") -> str:
    owner = Officer.objects.get(username="zhang.qingxi").id
    return receive([content], owner=owner, name=name, now_ms=play.clock.ms).id


def test_read_with_progress_then_filed_and_shown(play: Play, printed: list[Paper], client: Client) -> None:
    chance = random.Random(2)
    ids = [waiting(play, printed[0].scan(chance)), waiting(play, printed[0].scan(chance, 180))]
    blank = waiting(play, _blank())
    read = client.post(f"/cases/{play.case}/scans/read/{ids[0]}/")
    assert read.json() == {"read": 1, "count": 1, "coded": 1}
    assert client.post(f"/cases/{play.case}/scans/read/{blank}/").json()["coded"] == 0
    play.act("file_scans", "zhang", play.case, files=[*ids, blank])
    page = client.get(f"/cases/{play.case}/scans/").content.decode()
    assert "第 1 页扫了不止一次" in page
    assert "没有读到核验码" in page
    assert "还没有扫描件的文书" in page
    assert f"/cases/{play.case}/scans/" in client.get(f"/cases/{play.case}/?tab=documents").content.decode()


def test_what_cannot_be_read_is_told_before_it_is_handed_in(
    play: Play, printed: list[Paper], client: Client
) -> None:
    id = waiting(play, b"%PDF-1.7\n" + b"x" * 99, "坏.pdf")
    answer = client.post(f"/cases/{play.case}/scans/read/{id}/")
    assert answer.status_code == 422
    assert "PDF 打不开" in answer.json()["message"]


def test_somebody_else_s_upload_is_not_read(play: Play, printed: list[Paper], as_person: SignIn) -> None:
    id = waiting(play, _blank())
    assert as_person("dang.qingxi").post(f"/cases/{play.case}/scans/read/{id}/").status_code == 404


def test_who_may_not_hand_in_is_told_why(play: Play, printed: list[Paper], as_person: SignIn) -> None:
    page = as_person("ke.qingxi").get(f"/cases/{play.case}/scans/").content.decode()
    assert "没有办理“扫描件归位”的权限" in page
    assert "data-upload" not in page
    assert "data-upload" in as_person("dang.qingxi").get(f"/cases/{play.case}/scans/").content.decode()


def test_another_agency_finds_nothing_there(play: Play, printed: list[Paper], as_person: SignIn) -> None:
    stranger = as_person("zhang.wangdu")
    assert stranger.get(f"/cases/{play.case}/scans/").status_code == 404
    assert stranger.post(f"/cases/{play.case}/scans/read/{waiting(play, _blank())}/").status_code == 404


def _blank() -> bytes:
    return Paper("", 1, _png()).scan(random.Random(9), 0)


def _png() -> bytes:
    out = BytesIO()
    Image.new("L", (600, 800), 255).save(out, "PNG")
    return out.getvalue()
