"""限阅的内容不得公示: refused when prepared, not put up when prepared before, masked for who may not see it."""

import pytest

from liuhen.acts import Invalid
from liuhen.acts.matter import load_matter
from liuhen.disclosure import restricted
from liuhen.disclosure.publishing import publish_due
from liuhen.kernel.clock import MS_PER_HOUR
from tests.factories.matters import play_case
from tests.web.conftest import SignIn
from tests.web.played import Play

NAME, PHONE = "田秀英", "13800000002"
FACTS = f"经{NAME}举报查明虚记治疗项目，联系电话{PHONE}。"


@pytest.mark.article("R09-17")
def test_it_is_refused_and_never_put_up_and_masked_afterwards(
    play: Play, as_person: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = play_case("decision").case
    play.clock.ms = load_matter(case).entries[-1].recorded_ms + MS_PER_HOUR
    said = {"form": "abstract", "title": "虚构医药服务项目案", "result": "罚款。"}
    with pytest.raises(Invalid) as refused:
        play.act("prepare_disclosure", "zhao", case, **said, facts=FACTS)
    told = refused.value.errors["facts"]
    assert "投诉举报人姓名（田*英）" in told and "联系电话（1*********2）" in told and NAME not in told
    with monkeypatch.context() as before_it_was_looked_at:
        before_it_was_looked_at.setattr(restricted, "given_away", lambda *_: {})
        posting = play.act("prepare_disclosure", "zhao", case, **said, facts=FACTS).stream
        differ = [
            {"what": one, "why": "摘要，从简。"} for one in ("主要违法事实", "处罚结果", "作出决定的机关")
        ]
        play.act("review_disclosure", "fa", posting, agree=True, accepted=differ)
        play.act("review_secrecy", "mi", posting, agree=True)
        play.act("approve_disclosure", "fuju", posting, channels=["portal"])
    assert publish_due(play.clock) == 0
    clerk, handler = as_person("zhao.qingxi"), as_person("zhang.qingxi")
    for url in (
        f"/disclosure/{posting}/?tab=record",
        f"/disclosure/{posting}/texts/",
        f"/cases/{case}/?tab=record",
    ):
        page = clerk.get(url)
        assert page.status_code == 200
        assert "虚记治疗项目" in page.content.decode()
        assert NAME not in page.content.decode() and PHONE not in page.content.decode(), url
    assert NAME in handler.get(f"/disclosure/{posting}/?tab=record").content.decode()
