"""申请法院强制执行 comes after 催告: the suggestion names 催告 first, and the door asks for it."""

import pytest

from liuhen.acts import Refused
from liuhen.acts.matter import load_matter
from liuhen.kernel.clock import MS_PER_DAY, parse_local
from liuhen.web.me import Me
from liuhen.web.next_step import Next, next_of
from tests.stories.office import Office, case_as_far_as

pytestmark = pytest.mark.usefixtures("stage")


def told(office: Office, slug: str, case: str) -> Next:
    """What is suggested to somebody."""
    now = office.clock.now_ms()
    found = next_of(Me(office.officer(slug), office.who(slug), now), load_matter(case))
    assert found is not None
    return found


@pytest.mark.article("R09-55")
@pytest.mark.article("WD-20")
@pytest.mark.parametrize("slug", ["zhang", "ju"])
def test_the_party_is_urged_before_the_court_is_asked(slug: str) -> None:
    """Instalments are over and not all is paid: the handler urges, and the head asks the court after that alone."""
    office, streams = case_as_far_as("told", "enforcement.yaml")
    office.clock.ms = parse_local("2026-07-06 09:00")
    seen = told(office, slug, streams["case"])
    titles = [one.title for one in [seen.now, *seen.also] if one]
    assert "催告" in titles and "申请法院强制执行" not in titles


def test_the_court_is_not_asked_before_the_party_was_urged() -> None:
    office, streams = case_as_far_as("told", "enforcement.yaml")
    office.clock.ms = parse_local("2026-07-06 09:00") + MS_PER_DAY
    asked = {
        "court": "望都县人民法院",
        "grounds": "骗取基金支出。",
        "party_view": "无。",
        "matters": "罚款。",
    }
    with pytest.raises(Refused, match="没有催告当事人履行"):
        office.do("ju", "apply_court_enforcement", asked, streams["case"])
