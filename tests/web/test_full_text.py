"""公示形式“决定书”: the decision's own text goes out, looked over by people, without what may not be public."""

import json

import pytest
from django.http import QueryDict
from django.urls import reverse

from liuhen.acts import Invalid
from liuhen.acts.matter import load_matter
from liuhen.disclosure.accepting import still_open
from liuhen.disclosure.full_text import whole_text
from liuhen.disclosure.publishing import publish_due
from liuhen.kernel.clock import MS_PER_DAY, MS_PER_HOUR
from liuhen.portal.models import Snapshot
from liuhen.web.drafts import about_of
from liuhen.web.duties import Duties
from tests.factories.matters import play_case
from tests.web.conftest import SignIn
from tests.web.played import Play

SAID = {"title": "虚构医药服务项目案", "result": "罚款。"}


@pytest.mark.article("HN-G-7")
def test_the_decision_itself_is_published_as_it_was_looked_over(play: Play, as_person: SignIn) -> None:
    case = play_case("decision").case
    matter = load_matter(case)
    play.clock.ms = matter.entries[-1].recorded_ms + MS_PER_HOUR
    text = whole_text(matter)
    decided = matter.last("decided")
    assert decided is not None
    assert all(decided.open[name] in text for name in ("number", "facts", "evidence", "remedies"))
    ending = as_person("zhang.qingxi").get(f"/do/end_execution/{case}/").content.decode()
    assert f'value="{decided.open["decision"]}" checked' in ending, "there is only one decision to choose"
    clerk = as_person("zhao.qingxi")
    steps = clerk.get(f"/ahead/{case}/", {"next": "1"}).content.decode()
    assert "应当办理：公开处罚" in steps and "再往后，等期限届满或者等对方" in steps
    play.clock.ms += 20 * MS_PER_DAY
    duty = next(
        one
        for one in Duties(matter, play.who("zhao"), play.clock.ms).shown("pressing")
        if one.title.startswith("公开处罚")
    )
    assert [title for title, _ in duty.acts] == ["拟制公示"]
    begin = f"/do/prepare_disclosure/{case}/"
    assert begin in clerk.get("/").content.decode(), "whoever owes it is led to what begins it"
    bar = clerk.get(f"/cases/{case}/").content.decode()
    bar = bar[bar.index('<ol class="course"') :]
    assert "● 送达执行" in bar[: bar.index("</ol>")], "where the badge stands"
    steps = clerk.get(f"/ahead/{case}/", {"next": "1"}).content.decode()
    assert "已经逾期" in steps and "现在没有本机关可以办的下一步" not in steps
    form = clerk.get(f"/do/prepare_disclosure/{case}/", {"form": "decision"}).content.decode()
    assert decided.open["evidence"] in form and "已隐去不宜公开的内容" in form
    assert decided.open["evidence"] not in clerk.get(f"/do/prepare_disclosure/{case}/").content.decode()
    assert "更新的理由" not in form, "nothing is renewed that was not published"
    kept = {"title": "别处写了一半的标题", "form": "abstract", "_draft_version": "0"}
    elsewhere = about_of(QueryDict("form=decision"), "case")
    clerk.post(f"/drafts/prepare_disclosure/{case}/?_about={elsewhere}", kept)
    assert 'value="别处写了一半的标题"' not in clerk.get(begin, {"form": "decision"}).content.decode()
    clerk.post(f"/drafts/prepare_disclosure/{case}/", kept | {"title": "本页写了一半的标题"})
    going_on = clerk.get(begin, {"form": "decision"}).content.decode()
    assert "本页写了一半的标题" in going_on and 'value="decision" checked' in going_on, "chosen in the draft"
    for wrong in ({"form": "decision", "full_text": ""}, {"form": "abstract", "full_text": text}):
        with pytest.raises(Invalid) as refused:
            play.act("prepare_disclosure", "zhao", case, **SAID, **wrong)
        assert "决定书全文" in refused.value.errors["full_text"]
    posting = play.act(
        "prepare_disclosure", "zhao", case, **SAID, form="decision", full_text=text.replace("罚款", "罚金", 1)
    ).stream
    looked_over = as_person("fa.qingxi").get(f"/do/review_disclosure/{posting}/").content.decode()
    assert "<del>款</del>" in looked_over or "<del>罚款</del>" in looked_over
    desk = as_person("fa.qingxi").get("/").content.decode()
    assert desk.count(f"/do/review_disclosure/{posting}/") == 1, "owed and handed on is one line"
    accepted = [{"what": one, "why": "按审核意见改。"} for one in still_open(load_matter(posting))]
    assert any(row["what"].startswith("决定书全文") for row in accepted)
    play.act("review_disclosure", "fa", posting, agree=True, accepted=accepted)
    play.act("review_secrecy", "mi", posting, agree=True)
    card = as_person("fuju.qingxi").get(reverse("to-sign")).content.decode()
    card = card[card.index("批准公示") :]
    assert "公示法制审核：同意" in card and "保密审查：" in card, "each review that handed it on"
    assert decided.open["party_name"] in card and decided.open["number"] in card and "罚款" in card
    play.act("approve_disclosure", "fuju", posting, channels=["portal"])
    assert publish_due(play.clock) == 1
    shown = _fields(posting)
    assert "罚金" in shown["决定书全文"] and decided.open["evidence"] in shown["决定书全文"]
    desk = clerk.get("/disclosure/").content.decode()
    assert f"/p/{posting}/" in desk and "网址" not in desk
    page = clerk.get(f"/disclosure/{posting}/").content.decode()
    assert "在公示网站查看" in page and decided.open["number"] in page and "已公示" in page
    play.act("take_down", "zhao", posting, why="error", reason="名称写错，更正后重新公示。")
    (again,) = (
        one
        for one in Duties(load_matter(case), play.who("zhao"), play.clock.ms).shown("open")
        if one.title.startswith("内容有误撤下的")
    )
    assert again.acts == [("拟制公示", f"/do/prepare_disclosure/{posting}/?next=%2Fcases%2F{case}%2F")]


def _fields(posting: str) -> dict[str, str]:
    return dict(json.loads(Snapshot.objects.get(posting=posting).content)["fields"])
