"""Files: staged as they come, refused when they lie, attached by number, played in ranges, their opening noted."""

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from liuhen.kernel.ids import new_id
from tests.web.conftest import SignIn
from tests.web.played import Play
from tests.web.test_acts import LEAD

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489") + b"\0" * 4000


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path: Path) -> None:
    settings.LEDGER_FILES = tmp_path / "files"


def send(client: Client, data: bytes, name: str = "现场.png", **headers: str):
    from_name = "".join(f"%{byte:02X}" for byte in name.encode())
    return client.post(
        "/uploads/",
        data,
        content_type="application/octet-stream",
        headers={"X-File-Name": from_name, **headers},
    )


def attached(client: Client) -> str:
    """A lead with one photograph; the address of the photograph."""
    staged = json.loads(send(client, PNG).content)
    answer = client.post(
        "/do/register_lead/", {**LEAD, "_key": new_id(), "files": f"{staged['id']}|现场.png|4033"}
    )
    page = client.get(answer.headers["Location"] + "?tab=files").content.decode()
    found = re.search(r'src="(/files/[^"]+)"', page)
    assert found, page
    return found[1]


def test_a_photograph_is_attached_and_opens(play: Play, as_person: SignIn) -> None:
    client = as_person("zhang.qingxi")
    answer = client.get(attached(client))
    assert answer.status_code == 200
    assert answer.getvalue() == PNG
    assert answer.headers["Content-Type"] == "image/png"
    assert "%E7%8E%B0%E5%9C%BA.png" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("asked", "status", "span"),
    [
        ("bytes=0-99", 206, (0, 100)),
        ("bytes=4000-", 206, (4000, 4033)),
        ("bytes=-33", 206, (4000, 4033)),
        ("rubbish", 200, (0, 4033)),
    ],
)
def test_ranges_for_playing(
    play: Play, as_person: SignIn, asked: str, status: int, span: tuple[int, int]
) -> None:
    client = as_person("zhang.qingxi")
    answer = client.get(attached(client), headers={"Range": asked})
    assert answer.status_code == status
    assert answer.getvalue() == PNG[span[0] : span[1]]


def test_a_range_beyond_the_end_cannot_be_given(play: Play, as_person: SignIn) -> None:
    client = as_person("zhang.qingxi")
    answer = client.get(attached(client), headers={"Range": "bytes=9999-"})
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == "bytes */4033"


def test_another_agency_or_another_entry_gives_no_right_to_a_file(play: Play, as_person: SignIn) -> None:
    client = as_person("zhang.qingxi")
    address = attached(client)
    assert as_person("zhang.wangdu").get(address).status_code == 404
    assert client.get(address.replace("/1/", "/2/", 1)).status_code == 404


def test_a_complaint_letter_is_for_those_who_verify_and_who_sign(play: Play, as_person: SignIn) -> None:
    """Whoever registers it, whom he names to verify, and the heads; the substance is for all of the agency."""
    zhang = as_person("zhang.qingxi")
    letter = json.loads(send(zhang, PNG, "信.png").content)
    photo = json.loads(send(zhang, PNG + b"1", "药盒.png").content)
    given = {
        **LEAD,
        "_key": new_id(),
        "files": f"{letter['id']}|信.png|4033",
        "material": f"{photo['id']}|药盒.png|4034",
        "verifiers": play.who("li").id,
    }
    lead = zhang.post("/do/register_lead/", given).headers["Location"]
    page = zhang.get(lead + "?tab=files").content.decode()
    addresses = re.findall(r'src="(/files/[^"]+)"', page)
    opened = {
        person: sorted(as_person(f"{person}.qingxi").get(one).status_code for one in addresses)
        for person in ("zhang", "li", "ke", "ju", "zhao", "shen", "cai", "mi", "xitong")
    }
    assert len(addresses) == 2
    assert opened == {
        **{person: [200, 200] for person in ("zhang", "li", "ke", "ju")},
        **{person: [200, 404] for person in ("zhao", "shen", "mi")},
        "cai": [403, 403],
        "xitong": [403, 403],
    }
    seen = as_person("zhao.qingxi").get(lead + "?tab=files").content.decode()
    assert "药盒.png" in seen and "信.png" not in seen
    told = as_person("zhao.qingxi").get(lead + "?tab=record").content.decode()
    assert "重复收费" in told and "信.png" not in told


def test_opening_a_file_is_noted_before_the_answer(play: Play, as_person: SignIn) -> None:
    client = as_person("zhang.qingxi")
    address = attached(client)
    client.get(address)
    with connection.cursor() as cursor:
        cursor.execute("SELECT what, actor FROM ledger_read WHERE how = 'file'")
        rows = cursor.fetchall()
    assert [(actor, what.split(":")[1]) for what, actor in rows] == [
        (play.who("zhang").id, address.split("/")[4])
    ]


def test_a_file_that_is_not_what_its_name_says_is_refused(play: Play, as_person: SignIn) -> None:
    answer = send(as_person("zhang.qingxi"), b"MZ not a picture" * 300)
    assert answer.status_code == 422
    assert "内容与名称不符" in json.loads(answer.content)["message"]


def test_an_upload_cut_half_way_leaves_nothing(play: Play, as_person: SignIn, settings) -> None:
    cut: dict[str, Any] = {"wsgi.input": io.BytesIO(PNG), "CONTENT_LENGTH": "9000"}
    answer = as_person("zhang.qingxi").post(
        "/uploads/", PNG, content_type="application/octet-stream", headers={"X-File-Name": "a.png"}, **cut
    )
    assert answer.status_code == 422
    staging = Path(settings.LEDGER_FILES) / "staging"
    assert not staging.exists() or not list(staging.iterdir())


def test_another_persons_upload_cannot_be_attached(play: Play, as_person: SignIn) -> None:
    staged = json.loads(send(as_person("li.qingxi"), PNG).content)
    answer = as_person("zhang.qingxi").post(
        "/do/register_lead/", {**LEAD, "_key": new_id(), "files": staged["id"]}
    )
    assert answer.status_code == 422
    assert 'id="files-wrong"' in answer.content.decode()


def test_an_upload_survives_a_refused_form(play: Play, as_person: SignIn) -> None:
    client = as_person("zhang.qingxi")
    staged = json.loads(send(client, PNG).content)
    answer = client.post(
        "/do/register_lead/", {**LEAD, "suspect": "", "_key": new_id(), "files": f"{staged['id']}|现场.png|1"}
    )
    assert f'value="{staged["id"]}|现场.png"' in answer.content.decode()


def test_half_a_picture_is_taken_and_said_to_be_half(play: Play, as_person: SignIn) -> None:
    whole, half = PNG + b"IEND", PNG[:30]
    client = as_person("zhang.qingxi")
    assert "note" not in send(client, whole, "现场.png").json()
    assert "没有文件的结尾，可能不完整" in send(client, half, "现场.png").json()["note"]


def test_an_altered_picture_is_not_shown_as_the_original(play: Play, as_person: SignIn, settings) -> None:
    client = as_person("zhang.qingxi")
    address = attached(client)
    digest = address.split("/")[4]
    stored = Path(settings.LEDGER_FILES) / digest[:2] / digest[2:4] / digest
    stored.chmod(0o600)
    stored.write_bytes(PNG[:-1] + b"\x01")
    for header in ({}, {"Range": "bytes=0-99"}):
        answer = client.get(address, headers=header)
        assert answer.status_code == 409
        assert "文件与登记时不一致" in answer.content.decode() and "现场.png" in answer.content.decode()
    stored.unlink()
    assert client.get(address).status_code == 409
