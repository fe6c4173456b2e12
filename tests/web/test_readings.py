"""读法: listed by measure and words, signed by a legal officer under the pack's digest; an objection is seen."""

import re
from dataclasses import replace

import pytest

from liuhen.acts import matter
from liuhen.acts.matter import packs, register_of
from liuhen.law import PACKS
from liuhen.law.pack import build, read_tree
from liuhen.law.source import Node
from tests.web.conftest import SignIn
from tests.web.played import Play

LIST, READING = "/law/readings/", "R09-45:1"


def row(page: str, name: str) -> str:
    found = re.search(rf'<tr id="{re.escape(name)}">.*?</tr>', page, re.S)
    assert found
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[0]))


def sign(play: Play, client, **said: str):
    url = f"/do/sign_reading/{register_of(play.agency_id)}/"
    form = client.get(f"{url}?reading={said['reading']}").content.decode()
    assert 'aria-label="要审签的读法"' in form and "R09-45:2" not in form
    assert re.search(rf'value="{re.escape(said["reading"])}"[^>]*(?:checked|selected)', form)
    key = re.search(r'name="_key" value="(\w+)"', form)
    assert key
    return client.post(url, {"_key": key[1], **said})


def test_the_list_is_filtered_and_who_may_not_sign_has_no_link(play: Play, as_person: SignIn) -> None:
    client = as_person("zhang.qingxi")
    everything = client.get(LIST, {"q": "R09-45"}).content.decode()
    assert "未审签" in everything and "sign_reading" not in everything
    only = client.get(LIST, {"measure": "R09", "q": "R09-45"}).content.decode()
    assert set(re.findall(r'<tr id="([^"]+):\d', only)) == {"R09-45"}
    assert "没有符合条件的读法" in client.get(LIST, {"q": "没有这样的话"}).content.decode()
    assert LIST in client.get("/law/").content.decode()


def test_an_objection_is_read_beside_the_rule_until_it_is_agreed(
    play: Play, as_person: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    play.file_case()
    client = as_person("fa.qingxi")
    assert "sign_reading" in client.get(LIST, {"q": "R09-45"}).content.decode()
    case = f"/cases/{play.case}/"
    assert "读法有异议" not in client.get(case).content.decode()
    refused = sign(play, client, reading=READING, opinion="objected", words="")
    assert refused.status_code == 422 and "有异议的必填" in refused.content.decode()
    assert (
        sign(play, client, reading=READING, opinion="objected", words="应当自次日起算。").status_code == 302
    )
    assert re.search(
        r"有异议 许衡 \S+ 有异议：应当自次日起算。",
        row(client.get(LIST, {"q": "R09-45"}).content.decode(), READING),
    )
    for page in (case, "/law/articles/R09-45/"):
        assert "应当自次日起算。" in client.get(page).content.decode(), page
    assert "本条的读法有异议" in client.get(case).content.decode()

    older = packs()["R09"]
    elsewhere = replace(older, digest="0" * 64)
    monkeypatch.setattr(matter, "_laws", {})
    monkeypatch.setattr(matter, "packs", lambda: {**packs(), "R09": elsewhere})
    assert "有异议 许衡" in row(client.get(LIST, {"q": "R09-45"}).content.decode(), READING), (
        "another rule's edit"
    )
    tree = read_tree(PACKS / "R09")
    (_, rules), *_rest = (pair for pair in tree.articles["R09-45"].items() if pair[0] == "owe")
    (name, rule), *_more = rules.items()
    edited = Node(
        {**rules.value, name: Node({**rule.value, "title": Node("另一个名目", rule.place)}, rule.place)},
        rules.place,
    )
    article = tree.articles["R09-45"]
    article = Node({**article.value, "owe": edited}, article.place)
    changed = build(tree.without("R09-45", article), older.dictionary)
    monkeypatch.setattr(matter, "_laws", {})
    monkeypatch.setattr(matter, "packs", lambda: {**packs(), "R09": changed})
    assert "对改动以前的规则（这一项的文字没有变）" in row(
        client.get(LIST, {"q": "R09-45"}).content.decode(), READING
    )
    assert "读法或者有关规则已改，待重新审签" in row(
        client.get(LIST, {"q": "R09-45"}).content.decode(), READING
    )
    monkeypatch.undo()
    matter._laws.clear()
    assert sign(play, client, reading=READING, opinion="agreed", words="").status_code == 302
    assert "本条的读法有异议" not in client.get(case).content.decode()
