"""节假日安排: entered on a screen by the administrator; what was provisional is firm, and the worklist says so."""

import re

from liuhen.acts import rebuild
from liuhen.acts.matter import register_of
from liuhen.kernel.clock import parse_local
from tests.web.conftest import SignIn
from tests.web.played import Play

DAYS = {
    "year": "2027",
    "notice": "国办发明电〔2026〕7号",
    "off-0-date": "2027-01-01/2027-01-03",
    "off-0-name": "元旦",
}


def announce(play: Play, client, **days: str):
    url = f"/do/announce_year/{register_of(play.agency_id)}/"
    key = re.search(r'name="_key" value="(\w+)"', client.get(url).content.decode())
    assert key
    return client.post(url, {"_key": key[1], **DAYS, **days})


def test_a_year_entered_makes_provisional_dates_firm(play: Play, as_person: SignIn) -> None:
    play.clock.ms = parse_local("2026-12-25 09:00")
    play.act("register_lead", "zhang", source="superior")
    handler, administrator = as_person("zhang.qingxi"), as_person("xitong.qingxi")
    home = handler.get("/").content.decode()
    assert "2027-01-18" in home and ">暂定</span>" in home
    settings = administrator.get("/settings/").content.decode()
    assert "2027 年还没有录入" in settings and re.search(r"有 \d+ 项期限暂定", settings)

    for wrong, told in (
        ({"off-0-date": "2026-10-01"}, "不在 2027 年"),
        ({"off-0-date": "元旦"}, "连着的几日写作"),
        ({"work-0-date": "2027-01-02"}, "不能又放假又上班"),
        ({"work-0-date": "2027-01-04"}, "本来就上班"),
        ({"off-1-date": "2027-01-03"}, "写了两次"),
    ):
        refused = announce(play, administrator, **wrong)
        assert refused.status_code == 422 and told in refused.content.decode(), wrong
    assert announce(play, administrator, **{"work-0-date": "2027-01-09"}).status_code == 302
    while rebuild.judge_stale():
        pass
    home = handler.get("/").content.decode()
    assert "2027-01-15" in home and ">暂定</span>" not in home
    settings = administrator.get("/settings/").content.decode()
    assert "放假 3 日，调休上班 1 日" in settings and "还没有录入" not in settings
