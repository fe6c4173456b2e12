"""数额标准: chosen among what the measures leave to the agency, reached from the gate that lacks it."""

import re

import pytest
from django.template.loader import render_to_string

from liuhen.accounts.models import Officer
from liuhen.acts import Reason
from liuhen.acts.matter import register_of
from liuhen.web.me import Me
from tests.web.conftest import SignIn
from tests.web.played import Play

FIGURE = "R09-37.large_fine"
LACKING = Reason("R09-37.reviewed", "R09-37", "尚不能判断是否允许办理：缺少本机关的标准", "", needs=(FIGURE,))


def said(play: Play, person: str) -> str:
    """What stands in the way as this person reads it."""
    actor = play.who(person)
    officer = Officer.objects.get(id=actor.id)
    me = Me(officer, actor, play.clock.now_ms())
    return render_to_string("web/parts/reasons.html", {"title": "没有办理", "reasons": [LACKING], "me": me})


@pytest.mark.article("R09-37")
def test_the_gate_that_lacks_a_figure_leads_to_it_and_it_can_be_set(play: Play, as_person: SignIn) -> None:
    """The head follows the link, finds the figure chosen, sets it, and reads how it stands; others read who does."""
    register = register_of(play.agency_id)
    url = f"/do/set_amount/{register}/"
    assert f'href="{url}?name={FIGURE}"' in said(play, "ju")
    assert url not in said(play, "zhang") and "在“机关设置”中设定" in said(play, "zhang")
    head = as_person("ju.qingxi")
    form = head.get(f"{url}?name={FIGURE}").content.decode()
    assert re.search(rf'value="{FIGURE}"[^>]*(?:checked|selected)', form)
    assert "罚款数额较大、须经法制审核的标准（元）（" in form and "还没有设定" in form
    key = re.search(r'name="_key" value="(\w+)"', form)
    assert key
    posted = {
        "_key": key[1],
        "name": FIGURE,
        "value": "150000",
        "effective_on": "2026-01-05",
        "source": "目录",
    }
    assert head.post(url, posted).status_code == 302
    assert "现为150000元，自2026-01-05起" in head.get(url).content.decode()
    settings = head.get("/settings/").content.decode()
    assert "设定“罚款数额较大、须经法制审核的标准（元）”为150000" in settings


@pytest.mark.article("HN-G-5")
@pytest.mark.article("HN-G-8")
def test_what_was_due_before_the_system_was_begun_with_is_said_so(play: Play, as_person: SignIn) -> None:
    """Long adopted: not overdue since 2021, not done either; what comes due later is overdue."""
    client = as_person("xitong.qingxi")
    before = client.get("/settings/").content.decode()
    assert "逾期、缺失" in before and "启用本系统以前到期" not in before
    play.act(
        "begin_watch", "xitong", register_of(play.agency_id), from_on="2026-01-01", before="在原门户网站"
    )
    page = client.get("/settings/").content.decode()
    late, watched = page.split("启用本系统以前到期，是否办过没有记录（")
    assert "公示执法依据" in watched and "公示执法依据" not in late
    assert "还没有启用本系统：是否办过没有记录，不作判断" in watched
    assert late.count('class="what">公开上年度执法数据') == 1, "that of last year, due on 31 January"
