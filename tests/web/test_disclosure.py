"""公示台: what must be public beforehand, a year's figures that open to their cases, a text's versions."""

import re

import pytest
from django.test import Client

from liuhen.acts.matter import register_of
from liuhen.disclosure.models import PostingRow
from liuhen.disclosure.publishing import publish_due
from liuhen.portal.models import Snapshot
from tests.web.conftest import SignIn
from tests.web.played import Play

BASIS = [{"name": "中华人民共和国行政处罚法", "number": "主席令第七十号"}]


def published(play: Play, stream: str) -> None:
    play.act("review_disclosure", "fa", stream, agree=True)
    play.act("review_secrecy", "mi", stream, agree=True)
    play.act("approve_disclosure", "fuju", stream, channels=["portal"])
    publish_due(play.clock)


def prepared(play: Play, name: str, **fields: object) -> str:
    return play.act(name, "zhao", register_of(play.who("zhao").agency), **fields).stream


@pytest.mark.article("HN-G-5")
@pytest.mark.article("HN-G-11")
def test_an_item_is_prepared_published_and_renewed_under_its_address(play: Play, as_person: SignIn) -> None:
    clerk = as_person("zhao.qingxi")
    page = clerk.get("/disclosure/beforehand/").content.decode()
    assert "还有 8 项没有公示" in page and "/do/prepare_basis/" in page
    assert (
        "/do/prepare_basis/" not in as_person("zhang.qingxi").get("/disclosure/beforehand/").content.decode()
    )
    stream = prepared(play, "prepare_basis", list=BASIS)
    assert f"/do/review_disclosure/{stream}/" in as_person("fa.qingxi").get("/").content.decode()
    page = as_person("fa.qingxi").get(f"/disclosure/{stream}/").content.decode()
    assert "各次文本（1）" in page and f"/do/review_disclosure/{stream}/" in page
    published(play, stream)
    page = clerk.get("/disclosure/beforehand/").content.decode()
    assert "还有 7 项没有公示" in page and "/do/prepare_basis/" not in page
    renewed = [*BASIS, {"name": "医疗保障基金使用监督管理条例", "number": "国务院令第735号"}]
    play.act("record_change", "zhao", stream, cause="basis", what="增加一项依据。")
    play.act("prepare_basis", "zhao", stream, list=renewed, renewal_reason="增加一项依据。")
    assert (
        Snapshot.objects.get(posting=stream).withdrawn_ms is None
    )  # the earlier stays until the new is approved
    published(play, stream)
    assert [
        row.withdrawn_ms is None for row in Snapshot.objects.filter(posting=stream).order_by("posted_ms")
    ] == [
        False,
        True,
    ]
    versions = clerk.get(f"/disclosure/{stream}/texts/").content.decode()
    assert (
        "共 2 次" in versions and "随后更新" in versions and "起公示至今" in versions and "<del" in versions
    )
    assert as_person("zhao.wangdu").get(f"/disclosure/{stream}/texts/").status_code == 404
    row = PostingRow.objects.get(stream=stream)
    assert (row.sort, row.status) == ("before", "posted")


@pytest.mark.article("HN-G-8")
def test_a_figure_opens_to_what_it_counts(play: Play, as_person: SignIn) -> None:
    play.file_case()
    clerk = as_person("zhao.qingxi")
    page = clerk.get("/disclosure/annual/2026/").content.decode()
    assert re.search(r"立案</td><td class=\"num\"><a href=\"/disclosure/annual/2026/filed/\">1</a>", page)
    assert "还没有结束" in page and "/do/prepare_annual_report/" not in page
    assert "清溪县仁和诊所" in clerk.get("/disclosure/annual/2026/filed/").content.decode()
    assert clerk.get("/disclosure/annual/2026/nothing/").status_code == 404
    assert clerk.get("/disclosure/annual/2019/").status_code == 404
    play.clock.set("2027-01-11 09:00")
    page = clerk.get("/disclosure/annual/").content.decode()
    (address,) = re.findall(r'href="(/do/prepare_annual_report/[^"]+)"', page)
    form = clerk.get(address.replace("&amp;", "&")).content.decode()
    assert "2026年度本机关行政执法总体情况" in form and 'value="2026"' in form
    stream = prepared(play, "prepare_annual_report", year=2026, figures="本年度立案1件。")
    assert {row["line"]: row["count"] for row in play.receipts["prepare_annual_report"].fields["counted"]}[
        "立案"
    ] == "1"
    published(play, stream)
    shown = Snapshot.objects.get(posting=stream)
    assert (shown.category, shown.title) == ("annual", "2026年度行政执法总体情况")
    assert f"/disclosure/{stream}/" in clerk.get("/disclosure/annual/").content.decode()


@pytest.mark.urls("liuhen.config.urls_public")
def test_the_public_reads_tables_and_sees_that_it_was_renewed(play: Play, client: Client) -> None:
    stream = prepared(play, "prepare_basis", list=BASIS)
    published(play, stream)
    assert "执法依据" in client.get("/about/").content.decode()
    page = client.get(f"/p/{stream}/").content.decode()
    assert "主席令第七十号</td>" in page and "更新情况" not in page
    play.act("prepare_basis", "zhao", stream, list=BASIS, renewal_reason="核对后重新公示。")
    published(play, stream)
    page = client.get(f"/p/{stream}/").content.decode()
    assert "更新情况" in page and "核对后重新公示。" in page
    assert client.get("/annual/").status_code == 200
    assert client.get(f"/p/{stream}/pictures/{'0' * 64}.png").status_code == 404
