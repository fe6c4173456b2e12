"""读入正式文本: shown before it is kept, by whom the table names; afterwards the article's page has its wording."""

import hashlib
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from liuhen.acts.matter import packs
from tests.web.conftest import SignIn
from tests.web.played import Play

ADDRESS = "/law/texts/"


def a_text(title: str) -> bytes:
    """A made-up measure of that title; no official wording."""
    chapters = (
        "第一章　总则\n第一条　为了测试，制定本办法。\n第二条　测试应当真实。",
        "第二章　附则\n第三条　本办法自公布之日起施行。",
    )
    return "\n".join((title, *chapters, "")).encode()


def file(data: bytes, name: str = "办法.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def hidden(page: str) -> dict[str, str]:
    form = page[page.index('name="content"') - 40 :]
    return dict(re.findall(r'type="hidden" name="(content|name|digest)" value="([^"]*)"', form))


@pytest.fixture(autouse=True)
def library(tmp_path: Path):
    with override_settings(LAW_LIBRARY=tmp_path / "library"):
        yield tmp_path / "library"


def test_it_is_shown_before_it_is_kept(play: Play, as_person: SignIn, library: Path) -> None:
    data = a_text(packs()["HN-S"].measure.title)
    client = as_person("fa.qingxi")
    page = client.post(ADDRESS, {"text": file(data)}).content.decode()
    assert hashlib.sha256(data).hexdigest() in page
    for told in (
        "第一章 总则（2 条）",
        "第二章 附则（1 条）",
        "测试应当真实",
        "条数不一致",
        "按标题相同选定",
    ):
        assert told in page, told
    assert not library.exists()
    kept = client.post(ADDRESS, {**hidden(page), "measure-0": "HN-S"}, follow=True).content.decode()
    assert "已存入法规库" in kept and "作为《" in kept
    assert "测试应当真实" in client.get("/law/articles/HN-S-2/").content.decode()


def test_it_is_for_those_of_the_table(play: Play, as_person: SignIn) -> None:
    client = as_person("zhang.qingxi")
    assert client.get(ADDRESS).status_code == 403
    assert client.post(ADDRESS, {"text": file(a_text("甲办法"))}).status_code == 403
    assert ADDRESS not in client.get("/law/").content.decode()
    assert ADDRESS in as_person("fa.qingxi").get("/law/").content.decode()


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"", "办法.txt", "是空的（0 字节）"),
        (b"%PDF-1.4 x", "办法.pdf", "没有找到条文，不能存入"),
        ("没有条文的一段话。".encode(), "说明.txt", "没有找到条文，不能存入"),
        (b"x" * (6 * 1024 * 1024 + 1), "长.txt", "超过 6MB"),
    ],
)
def test_what_is_no_official_text_is_not_kept(
    play: Play, as_person: SignIn, library: Path, data: bytes, name: str, told: str
) -> None:
    page = as_person("fa.qingxi").post(ADDRESS, {"text": file(data, name)}).content.decode()
    assert told in page
    assert not library.exists()


def test_what_was_altered_on_the_way_is_shown_again(play: Play, as_person: SignIn, library: Path) -> None:
    client = as_person("fa.qingxi")
    page = client.post(ADDRESS, {"text": file(a_text("甲办法"))}).content.decode()
    again = client.post(ADDRESS, {**hidden(page), "digest": "0" * 64})
    assert "还没有存入，请核对" in again.content.decode()
    assert not library.exists()


def test_only_measures_of_ones_own_agency_are_assigned(play: Play, as_person: SignIn, library: Path) -> None:
    client = as_person("fa.wangdu")
    page = client.post(ADDRESS, {"text": file(a_text("甲办法"))}).content.decode()
    client.post(ADDRESS, {**hidden(page), "measure-0": "HN-S"})
    assert (library / "texts").exists() and not (library / "measures").exists()


def test_a_text_is_replaced_by_the_agency_that_owns_it_or_the_installation(
    play: Play, as_person: SignIn, library: Path
) -> None:
    def keep(who: str, data: bytes) -> str:
        client = as_person(who)
        page = client.post(ADDRESS, {"text": file(data)}).content.decode()
        return client.post(ADDRESS, {**hidden(page), "measure-0": "R09"}, follow=True).content.decode()

    first = a_text(packs()["R09"].measure.title)
    newer = first + "第四条　另行规定。\n".encode()
    assert "已存入法规库" in keep("fa.qingxi", first)
    assert "已存入法规库" in keep("fa.wangdu", first), "the same text replaces nothing"
    refused = keep("fa.wangdu", newer)
    assert "没有存入" in refused and "由清溪县医疗保障局（演示）登记" in refused
    assert "由本机关的" in keep("xitong.qingxi", newer)
    assert hashlib.sha256(newer).hexdigest() not in (library / "measures" / "R09.json").read_text()
    assert "已存入法规库" in keep("fa.qingxi", newer)
    assert "已存入法规库" in keep("xitong.henan", first)
