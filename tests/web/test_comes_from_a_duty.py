"""从应当办理的一项去办: the form that is opened from what is owed is about that, and not about something else."""

import re
from html import unescape

from liuhen.acts.matter import load_matter
from liuhen.kernel.clock import MS_PER_DAY, MS_PER_HOUR, parse_local
from tests.factories.matters import play_case
from tests.web.conftest import SignIn
from tests.web.played import Play


def test_the_notice_that_is_to_be_delivered_is_chosen_among_the_papers(play: Play, as_person: SignIn) -> None:
    """From the case, from what is proposed and from the list of one's work alike."""
    case = play_case("hearing").case
    play.clock.ms = parse_local("2026-12-01 09:00")  # the notice bears a number since 2026-11-23
    play.act(
        "notify_hearing",
        "fa",
        case,
        presider=[play.who("fa").id],
        hearing_at=play.clock.now_ms() + 30 * MS_PER_DAY,
    )
    number = load_matter(case).value("hearing_notified", "number")
    zhang = as_person("zhang.qingxi")
    for page in (f"/cases/{case}/", f"/ahead/{case}/?next=1", "/"):
        shown = unescape(zhang.get(page).content.decode())
        links = re.findall(rf'href="(/do/deliver/{case}/\?[^"]*for=hearing_notified[^"]*)"', shown)
        assert links, page
        form = zhang.get(links[0], follow=True).content.decode()
        papers = re.findall(r'name="document_number" value="([^"]*)"( checked)?', form)
        assert len(papers) > 2 and [one for one, checked in papers if checked] == [number], page
        assert re.search(r'name="document_name"[^>]*value="听证通知书"', form), page


def test_an_entry_without_a_paper_chooses_nothing(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    play.act("inspect", "zhang", case)
    zhang = as_person("zhang.qingxi")
    for about in ("inspected.1", "nothing.2", "decided.3"):
        answer = zhang.get(f"/do/deliver/{case}/?for={about}", follow=True)
        assert answer.redirect_chain[-1][0] == f"/do/deliver/{case}/", about


def test_a_paper_that_was_delivered_already_says_so_in_the_list(play: Play, as_person: SignIn) -> None:
    case = play_case("delivery").case
    play.clock.ms = load_matter(case).entries[-1].recorded_ms + MS_PER_HOUR
    form = as_person("zhang.qingxi").get(f"/do/deliver/{case}/").content.decode()
    assert re.search(r"行政处罚决定书（清医保罚〔2026〕1号）〔已于2026-05-\d\d送达〕", form)
    assert "行政处罚事先告知书（清医保罚告〔2026〕1号）<" in form, "delivered with its own form"
