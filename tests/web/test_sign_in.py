"""登录: wrong passwords lock, and the page says for how long; nothing tells which of name and password was wrong."""

from django.test import Client

from tests.factories.people import PASSWORD
from tests.web.played import Play


def attempt(client: Client, password: str, username: str = "zhang.qingxi"):
    return client.post("/sign-in/", {"username": username, "password": password})


def test_right_password_leads_home_or_where_he_was_going(play: Play, client: Client) -> None:
    assert attempt(client, PASSWORD).headers["Location"] == "/"
    other = Client()
    answer = other.post("/sign-in/", {"username": "li.qingxi", "password": PASSWORD, "next": "/cases/"})
    assert answer.headers["Location"] == "/cases/"


def test_elsewhere_is_not_gone_to(play: Play, client: Client) -> None:
    answer = client.post(
        "/sign-in/", {"username": "li.qingxi", "password": PASSWORD, "next": "https://elsewhere.example/"}
    )
    assert answer.headers["Location"] == "/"


def test_wrong_name_and_wrong_password_read_the_same(play: Play, client: Client) -> None:
    wrong = attempt(client, "wrong").content.decode()
    nobody = attempt(client, "wrong", "nobody.qingxi").content.decode()
    assert "登录名或者密码不正确" in wrong
    assert "登录名或者密码不正确" in nobody


def test_five_wrong_passwords_lock_and_say_until_when(play: Play, client: Client) -> None:
    for _ in range(4):
        assert attempt(client, "wrong").status_code == 200
    answer = attempt(client, "wrong")
    assert answer.status_code == 429
    assert "15 分钟内不能" in answer.content.decode()
    assert attempt(client, PASSWORD).status_code == 429
    assert attempt(Client(REMOTE_ADDR="10.0.0.9"), PASSWORD).status_code == 302


def test_sign_out(play: Play, client: Client) -> None:
    attempt(client, PASSWORD)
    assert client.post("/sign-out/").headers["Location"] == "/sign-in/"
    assert client.get("/").status_code == 302
