"""到了哪一步: who must act on a publication, what the program does itself; what has not come yet is said so."""

import pytest

from liuhen.acts import Invalid
from liuhen.acts.matter import load_matter
from liuhen.kernel.clock import MS_PER_HOUR
from tests.factories.matters import play_case
from tests.web.conftest import SignIn
from tests.web.played import Play
from tests.web.test_acts import LEAD, register


@pytest.mark.article("HN-G-13")
@pytest.mark.article("HN-J-7")
def test_a_publication_says_whom_it_waits_for_and_a_duty_that_it_is_not_due_yet(
    play: Play, as_person: SignIn
) -> None:
    case = play_case("case").case
    told = as_person("zhang.qingxi").get(f"/cases/{case}/?show=other").content.decode()
    assert "还没有到：还没有“作出决定”" in told
    played = play_case("looked_over")
    posting = next(one for one in played.streams if load_matter(one).type == "publication")
    play.clock.ms = load_matter(posting).entries[-1].recorded_ms + MS_PER_HOUR
    clerk = as_person("zhao.qingxi")
    page = clerk.get(f"/disclosure/{posting}/").content.decode()
    assert "办理“公示保密审查”" in page and "办理“公示法制审核”" not in page
    play.act("review_secrecy", "mi", posting, agree=True)
    assert "等机关负责人或者主要负责人办理“批准公示”" in clerk.get(f"/disclosure/{posting}/").content.decode()
    play.act("approve_disclosure", "fuju", posting, channels=["portal", "notice_board"])
    page = clerk.get(f"/disclosure/{posting}/").content.decode()
    assert "由程序自动放到公示网站" in page and "办理“批准公示”" not in page
    assert "批准的渠道还有“办事大厅公示栏”" in page and "互联网+监管平台" not in page.split("最近的记录")[0]
    assert f"/do/record_channel/{posting}/" in clerk.get("/").content.decode(), "it is asked for on his list"
    with pytest.raises(Invalid, match="没有批准在“互联网\\+监管平台”公示"):
        play.act("record_channel", "zhao", posting, channel="platform", address="https://example.cn/")
    play.act("record_channel", "zhao", posting, channel="notice_board", address="办事大厅东墙")
    assert "批准的渠道还有" not in clerk.get(f"/disclosure/{posting}/").content.decode()


def test_a_draft_that_was_submitted_elsewhere_says_what_it_became(play: Play, as_person: SignIn) -> None:
    client = as_person("zhang.qingxi")
    client.post("/drafts/register_lead/", {**LEAD, "_draft_version": "0", "_key": "x"})
    assert "这份草稿已" not in client.get("/do/register_lead/?_draft=0").content.decode()
    lead = register(client).headers["Location"]
    page = client.get("/do/register_lead/?_draft=0").content.decode()
    assert "这份草稿已于" in page and "办理了“案源登记”" in page and f'href="{lead}"' in page
