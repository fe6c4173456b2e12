"""The register of people on the screens: each of three administrators does his part, and nobody anybody else's."""

import argparse
import getpass
import re
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.urls import reverse

from liuhen.accounts.models import Officer
from liuhen.accounts.projections import people_stream
from liuhen.acts.matter import load_matter
from liuhen.config.commands import people as console
from liuhen.kernel.ids import new_id
from tests.factories.people import PASSWORD
from tests.web.conftest import SignIn
from tests.web.played import Play

ADMINISTRATORS = ("xitong", "anquan", "shenji")
EVERYBODY = ("zhang", "ju", "fa", *ADMINISTRATORS)


def officer(slug: str) -> Officer:
    return Officer.objects.get(username=f"{slug}.qingxi")


def stream() -> str:
    found = people_stream(officer("zhang").agency_id)
    assert found is not None
    return found


def send(client: Client, act: str, **fields: str) -> Any:
    return client.post(reverse("act-on", args=[act, stream()]), {"_key": new_id(), **fields})


def test_the_list_leads_administrators_to_persons_and_nobody_else(play: Play, as_person: SignIn) -> None:
    address = reverse("person", args=[officer("zhang").id])
    for slug in EVERYBODY:
        client = as_person(f"{slug}.qingxi")
        may = slug in ("xitong", "anquan")
        page = client.get("/people/").content.decode()
        assert "基金监管科（" in page
        assert (address in page) is may, slug
        assert client.get(address).status_code == (200 if may else 403), slug


def test_another_agencys_person_is_not_there(play: Play, as_person: SignIn) -> None:
    one = Officer.objects.get(username="zhang.wangdu")
    client = as_person("xitong.qingxi")
    assert client.get(reverse("person", args=[one.id])).status_code == 404
    for name in ("person-password", "person-unlock"):
        assert (
            as_person("anquan.qingxi").post(reverse(name, args=[one.id]), {"reason": "x"}).status_code == 404
        )


def test_a_person_is_added_given_a_certificate_and_a_role_and_signs_in(play: Play, as_person: SignIn) -> None:
    system, security = as_person("xitong.qingxi"), as_person("anquan.qingxi")
    page = system.get(reverse("act-on", args=["add_person", stream()])).content.decode()
    assert "基金监管科" in page
    fields = {"username": "wu.qingxi", "name": "吴新", "unit": "基金监管科", "post": "科员"}
    assert send(system, "add_person", **fields).status_code == 302
    one = officer("wu")
    card = {"number": "41912100099", "from_on": "2026-01-01", "to_on": "2027-12-31", "area": "清溪县"}
    assert send(system, "enter_certificate", officer=one.id, **card).status_code == 302
    page = security.get(
        reverse("act-on", args=["grant_role", stream()]) + f"?officer={one.id}"
    ).content.decode()
    assert f'value="{one.id}" selected' in page and "承办人" in page
    granted = {"officer": one.id, "role": "handler", "from_on": "2026-08-01", "reason": "任职文件"}
    assert send(security, "grant_role", **granted).status_code == 302
    page = security.get(reverse("person", args=[one.id])).content.decode()
    assert "承办人" in page and "41912100099" in page and "收回角色" in page
    answer = security.post(reverse("person-password", args=[one.id]), {"_key": new_id(), "reason": "新账号"})
    (made,) = re.findall(r'<span class="mono">([a-z0-9-]{19})</span>', answer.content.decode())
    again = security.get(reverse("person", args=[one.id])).content.decode()
    assert made not in again, "shown once"
    client = Client()
    signed = client.post("/sign-in/", {"username": "wu.qingxi", "password": made})
    assert signed.status_code == 302
    assert client.get("/cases/").headers["Location"] == "/password/", "first a password of his own"
    change = {"old_password": made, "new_password1": "my own long word", "new_password2": "my own long word"}
    assert client.post("/password/", {**change, "new_password2": "another"}).status_code == 422
    assert (
        client.post("/password/", {**change, "new_password1": made, "new_password2": made}).status_code == 422
    )
    assert client.post("/password/", change).status_code == 302
    assert client.get("/cases/").status_code == 200
    assert officer("wu").check_password("my own long word")


@pytest.mark.parametrize("slug", [one for one in EVERYBODY if one != "xitong"])
def test_only_the_system_administrator_adds_and_changes_people(
    play: Play, as_person: SignIn, slug: str
) -> None:
    client, one = as_person(f"{slug}.qingxi"), officer("li")
    sent = [
        ("add_person", {"username": "x.qingxi", "name": "某", "unit": "法规科"}),
        ("change_person", {"officer": one.id, "name": "某", "unit": "法规科", "reason": "x"}),
        ("deactivate_person", {"officer": one.id, "reason": "x"}),
        ("enter_certificate", {"officer": one.id, "number": "9", "from_on": "2026-01-01", "to_on": "2027-01-01",
                               "area": "县"}),
    ]  # fmt: skip
    for act, fields in sent:
        answer = send(client, act, **fields)
        assert answer.status_code == 422 and "权限" in answer.content.decode(), act
    assert not Officer.objects.filter(username="x.qingxi").exists()
    assert officer("li").is_active


@pytest.mark.parametrize("slug", [one for one in EVERYBODY if one != "anquan"])
def test_only_the_security_administrator_gives_roles_and_passwords(
    play: Play, as_person: SignIn, slug: str
) -> None:
    client, one = as_person(f"{slug}.qingxi"), officer("li")
    granted = {"officer": one.id, "role": "finance", "from_on": "2026-08-01", "reason": "x"}
    assert send(client, "grant_role", **granted).status_code == 422
    for name in ("person-password", "person-unlock"):
        answer = client.post(reverse(name, args=[one.id]), {"_key": new_id(), "reason": "x"})
        assert answer.status_code in (403, 422), name
    assert officer("li").check_password(PASSWORD)


def test_an_act_with_an_effect_is_not_done_by_the_bare_form(play: Play, as_person: SignIn) -> None:
    client, one = as_person("anquan.qingxi"), officer("li")
    answer = send(client, "reset_password", officer=one.id, reason="x")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/people/")
    assert officer("li").check_password(PASSWORD)


def test_a_lock_is_lifted(play: Play, as_person: SignIn) -> None:
    for _ in range(6):
        Client().post("/sign-in/", {"username": "li.qingxi", "password": "wrong wrong wrong"})
    assert AccessAttempt.objects.filter(username="li.qingxi").exists()
    one, client = officer("li"), as_person("anquan.qingxi")
    assert "登录已锁定" in client.get(reverse("person", args=[one.id])).content.decode()
    said = client.post(reverse("person-unlock", args=[one.id]), {"_key": new_id(), "reason": ""})
    assert said.status_code == 422 and "原因" in said.content.decode()
    assert (
        client.post(reverse("person-unlock", args=[one.id]), {"_key": new_id(), "reason": "核实"}).status_code
        == 302
    )
    assert not AccessAttempt.objects.filter(username="li.qingxi").exists()
    assert Client().post("/sign-in/", {"username": "li.qingxi", "password": PASSWORD}).status_code == 302


def test_somebody_who_left_can_neither_act_nor_sign_in(play: Play, as_person: SignIn) -> None:
    one, system = officer("li"), as_person("xitong.qingxi")
    assert send(system, "deactivate_person", officer=one.id, reason="调离").status_code == 302
    assert Client().post("/sign-in/", {"username": "li.qingxi", "password": PASSWORD}).status_code == 200
    page = system.get(reverse("person", args=[one.id])).content.decode()
    assert "恢复在岗" in page and "重置密码的原因" not in page


def test_a_role_is_not_granted_twice(play: Play, as_person: SignIn) -> None:
    client, one = as_person("anquan.qingxi"), officer("li")
    granted = {"officer": one.id, "role": "handler", "from_on": "2026-08-01", "reason": "任职文件"}
    again = send(client, "grant_role", **granted)
    assert again.status_code == 422 and "不能重复授予；要改期限的，先收回" in again.content.decode()


def test_who_writes_a_list_of_inspectors_is_not_on_it_by_himself(play: Play, as_person: SignIn) -> None:
    client, one = as_person("zhang.qingxi"), officer("zhang")
    ticked = f'name="inspector_pool" value="{one.id}" checked'
    page = client.get("/do/plan_draw/").content.decode()
    assert 'name="inspector_pool"' in page and ticked not in page


def test_what_is_done_at_the_server_is_entered(
    play: Play, as_person: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(getpass, "getpass", lambda _: "another long word")
    monkeypatch.setattr(getpass, "getuser", lambda: "root")
    monkeypatch.setenv("SUDO_USER", "sunwei")
    asked = argparse.Namespace(username="li.qingxi", reason="安全管理员休假")
    assert console.password(asked) == 0
    assert officer("li").check_password("another long word")
    for _ in range(6):
        Client().post("/sign-in/", {"username": "li.qingxi", "password": "wrong wrong wrong"})
    assert console.unlock(asked) == 0
    assert not AccessAttempt.objects.filter(username="li.qingxi").exists()
    assert console.unlock(asked) == 0, "nothing to lift, nothing entered"
    entered = load_matter(stream()).entries[-2:]
    assert [entry.kind for entry in entered] == ["password_reset", "account_unlocked"]
    for entry in entered:
        assert entry.actor == "system" and entry.open["officer"] == officer("li").id
        assert entry.open["reason"] == "在服务器上办理（服务器账号 sunwei，以 root）：安全管理员休假"
