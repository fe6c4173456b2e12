"""Whoever has nothing to do is told what he does here, and may open each place that he is sent to."""

import re

import pytest

from tests.web.conftest import SignIn
from tests.web.played import Play


@pytest.mark.parametrize(
    ("slug", "first"),
    [
        ("dang", "结案待归档的案件"), ("mi", "公示"), ("shen", "在法制审核的案件"), ("cai", "已作决定的案件"),
        ("xitong", "机关设置"), ("anquan", "人员"), ("shenji", "审计"),
    ],
)  # fmt: skip
def test_an_empty_day_begins_somewhere(play: Play, as_person: SignIn, slug: str, first: str) -> None:
    client = as_person(f"{slug}.qingxi")
    listed = (
        client.get("/").content.decode().partition('aria-label="常去的地方"')[2].partition("</section>")[0]
    )
    found = re.findall(r'<a href="([^"]+)">([^<]+)</a>', listed)
    assert found[0][1] == first
    for url, title in found:
        assert client.get(url).status_code == 200, title


def test_whoever_has_work_is_shown_his_work(play: Play, as_person: SignIn) -> None:
    play.file_case()
    assert "常去的地方" not in as_person("zhang.qingxi").get("/").content.decode()
