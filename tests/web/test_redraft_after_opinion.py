"""审核没有同意: another draft comes first, wherever one looks; the unchanged one is not offered for review again."""

import pytest

from liuhen.acts.matter import load_matter
from liuhen.kernel.clock import MS_PER_HOUR
from tests.factories.matters import play_case
from tests.web.conftest import SignIn
from tests.web.played import Play

pytestmark = pytest.mark.article("R09-39")


def test_after_an_opinion_that_did_not_agree_the_draft_is_written_anew(play: Play, as_person: SignIn) -> None:
    case = play_case("opinion1").case
    matter = load_matter(case)
    assert matter.value("review_opined", "opinion") == "change"
    play.clock.ms = matter.entries[-1].recorded_ms + MS_PER_HOUR
    zhang = as_person("zhang.qingxi")
    for page in ("/", f"/cases/{case}/", f"/ahead/{case}/?next=1"):
        shown = zhang.get(page).content.decode()
        assert f"/do/draft_decision/{case}/" in shown, page
        among_all = 1 if page.startswith("/cases/") else 0  # whatever may be done on a case is listed there
        assert shown.split("其后还有")[0].count(f"/do/submit_review/{case}/") == among_all, page
    assert "“法制审核意见”没有同意：变更" in zhang.get(f"/ahead/{case}/?next=1").content.decode()
