"""同一当事人以前的案件: a second complaint about the same institution shows the first case where it is weighed."""

from liuhen.acts.matter import load_matter
from liuhen.kernel.clock import MS_PER_HOUR
from tests.factories.matters import play_case
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
    assert "查本机关的记录，有1件：" in own and "没有接入本系统的机关另行查证" in own
    assert "同一当事人以前的案件" not in client.get(f"/do/inspect/{first}/").content.decode()
    assert f'href="/cases/{first}/"' in client.get(f"/leads/{lead}/").content.decode(), (
        "on the lead's own page"
    )


def test_of_other_agencies_only_what_stands_decided(play: Play, as_person: SignIn) -> None:
    case = play_case("decision")
    decided = load_matter(case.case)
    name = str(decided.value("filed", "party_name"))
    play.clock.ms = decided.entries[-1].recorded_ms + MS_PER_HOUR
    other = Play("heming", play.clock)
    lead = other.act("register_lead", "zhang", suspect=name).stream

    def shown() -> str:
        return as_person("zhang.heming").get(f"/leads/{lead}/").content.decode()

    told = shown()
    assert "其他机关的决定" in told and str(decided.value("decided", "number")) in told
    assert f"/cases/{case.case}/" not in told, "nothing of the matter itself can be opened"
    withheld = Play("qingxi", play.clock)
    withheld.act("withhold", "ju", case.case, ground="secret", reason="涉及个人隐私", decided_by="沈正")
    assert "其他机关的决定" not in shown()
    withheld.act("lift_withholding", "ju", case.case, why="gone", reason="情形消失")
    assert "其他机关的决定" in shown()
