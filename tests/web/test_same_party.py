"""同一当事人以前的案件: a second complaint about the same institution shows the first case where it is weighed."""

from tests.web.conftest import SignIn
from tests.web.played import Play


def test_a_repeat_is_seen_where_it_matters(play: Play, as_person: SignIn) -> None:
    first = play.file_case()
    lead = play.act("register_lead", "zhang").stream
    client = as_person("zhang.qingxi")
    page = client.get(f"/do/verify_lead/{lead}/").content.decode()
    beside = page[page.index("<aside") :]
    assert "同一当事人以前的案件" in beside and f'href="/cases/{first}/"' in beside
    assert f'href="/leads/{lead}/"' not in beside, "it is not its own predecessor"
    own = client.get(f"/do/draft_decision/{first}/").content.decode()
    assert f'href="/leads/{lead}/"' in own and f'href="/leads/{play.lead}/"' not in own.partition("<aside")[2]
    assert "查本机关的记录，有1件：" in own and "还要查其他机关的记录" in own
    assert "同一当事人以前的案件" not in client.get(f"/do/inspect/{first}/").content.decode()
