"""The public pages answer in Chinese, find what is published, and know nothing that is not."""

import json

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from liuhen.portal import store
from tests.portal.test_store import NOON, snapshot

pytestmark = pytest.mark.urls("liuhen.config.urls_public")


def body(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_an_empty_site_says_so(database: str, client: Client) -> None:
    assert "还没有公示的执法结果" in body(client, "/")
    assert "还没有公开的内容" in body(client, "/about/")


def test_list_and_detail(database: str, client: Client) -> None:
    store.put(snapshot(remedy="六十日内申请行政复议"), NOON)
    page = body(client, "/")
    assert "某诊所违规使用医疗保障基金案" in page
    assert "望医保罚〔2026〕1号" in page
    page = body(client, "/p/0190aa/")
    assert "罚款12000元" in page
    assert "六十日内申请行政复议" in page
    assert snapshot(remedy="六十日内申请行政复议").digest in page


@pytest.mark.parametrize(("category", "above"), [("during", "抽查公示</a> ›"), ("after", "执法结果</a> ›")])
def test_a_publication_leads_back_to_its_list(
    database: str, client: Client, category: str, above: str
) -> None:
    store.put(snapshot(category=category), NOON)
    assert above in body(client, "/p/0190aa/")


@pytest.mark.parametrize(
    ("query", "found"),
    [("诊所", True), ("罚款12000", True), ("某诊所 望都", True), ("医院", False), ("100%", False)],
)
def test_search(database: str, client: Client, query: str, found: bool) -> None:
    store.put(snapshot(), NOON)
    answer = client.get("/", {"q": query}).content.decode()
    assert ("共 1 条" in answer) is found
    assert ("没有符合条件的公示" in answer) is not found


def test_paging_goes_through_everything_once(database: str, client: Client) -> None:
    for number in range(45):
        store.put(snapshot(posting=f"p{number:02}", title=f"案件{number:02}"), NOON + number)
    titles = [line for page in (1, 2, 3) for line in body(client, f"/?page={page}").split("案件")[1:]]
    assert len({line[:2] for line in titles}) == 45
    assert "第 3 / 3 页" in body(client, "/?page=99")
    assert "第 1 / 3 页" in body(client, "/?page=-1")


def test_what_was_taken_down_says_why(database: str, client: Client) -> None:
    store.put(snapshot(), NOON)
    store.withdraw("0190aa", "原决定被撤销", NOON + 1)
    page = body(client, "/p/0190aa/", 410)
    assert "原决定被撤销" in page
    assert "罚款12000元" not in page
    assert "某诊所" not in body(client, "/")
    assert "某诊所" not in body(client, "/feed.json")


def test_unknown_address(database: str, client: Client) -> None:
    assert "没有这个页面" in body(client, "/p/nothing/", 404)
    assert "没有这个页面" in body(client, "/cases/", 404)


def test_markup_in_a_publication_is_text(database: str, client: Client) -> None:
    store.put(snapshot(title="<script>alert(1)</script>"), NOON)
    assert "<script>alert" not in body(client, "/p/0190aa/")


def test_feed_and_robots(database: str, client: Client) -> None:
    store.put(snapshot(), NOON)
    feed = json.loads(body(client, "/feed.json"))
    assert feed["items"][0]["_liuhen"]["sha256"] == snapshot().digest
    assert "Disallow: /*?" in body(client, "/robots.txt")


def test_no_style_or_script_from_elsewhere(database: str, client: Client) -> None:
    answer = client.get("/")
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "style=" not in answer.content.decode()
    assert "<script" not in answer.content.decode()


def test_only_reading(database: str, client: Client) -> None:
    assert client.post("/").status_code == 405


def test_the_feed_ends(database: str, client: Client) -> None:
    for number in range(21):
        store.put(snapshot(posting=f"p{number}"), 1_700_000_000_000 + number)
    first = json.loads(body(client, "/feed.json"))
    assert first["next_url"].endswith("/feed.json?page=2")
    assert "next_url" not in json.loads(body(client, "/feed.json?page=2"))
    assert client.get("/feed.json?page=3").status_code == 404


def test_whoever_wants_to_draw_again_finds_the_script_and_how_to_use_it(
    database: str, client: Client
) -> None:
    page = body(client, "/during/")
    assert 'href="/static/portal/check_draw.py" download' in page
    assert "python3 check_draw.py content.json" in page
    assert finders.find("portal/check_draw.py")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "望医保罚(2026)1号"}, True),
        ({"q": "望医保罚[2026]１号"}, True),
        ({"from": "2026-05-15", "to": "2026-05-15"}, True),
        ({"from": "2026-05-16"}, False),
        ({"to": "2026-05-14"}, False),
        ({"from": "no day", "to": "2026-13-40"}, True),
    ],
)
def test_a_number_in_any_brackets_and_a_day_find_it(
    database: str, client: Client, asked: dict[str, str], found: bool
) -> None:
    fields = (("行政相对人名称", "=望都某诊所"), ("处罚结果", "罚款"))
    store.put(snapshot(fields=fields, number="望医保罚〔2026〕1号", decided_on="2026-05-15"), NOON)
    page = client.get("/", asked).content.decode()
    assert ("=望都某诊所" in page) is found
    table = b"".join(client.get("/list.csv", asked).streaming_content).decode()  # type: ignore[attr-defined]
    assert ("'=望都某诊所,某诊所违规使用医疗保障基金案" in table) is found
    assert "/p/0190aa/" in table or not found
