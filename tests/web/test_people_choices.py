"""人员栏: who is listed for a field, and why the others are not."""

from datetime import date

from liuhen.accounts.models import Certificate
from liuhen.acts.matter import load_matter
from liuhen.kernel.clock import MS_PER_HOUR
from tests.factories.matters import play_case
from tests.web.conftest import SignIn
from tests.web.played import Play


def listed(page: str, field: str) -> tuple[str, str]:
    """Who can be ticked, and who is said not to fit."""
    box = page.partition(f'id="field-{field}"')[2].partition("</fieldset>")[0]
    offered, _, left_out = box.partition("<details")
    return offered, left_out


def test_who_does_not_fit_is_left_out_with_the_reason(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    Certificate.objects.filter(officer__username="li.qingxi").update(valid_to=date(2026, 7, 31))
    Certificate.objects.filter(officer__username="zhao.qingxi").update(valid_to=date(2026, 8, 3))
    client = as_person("zhang.qingxi")
    offered, left_out = listed(client.get(f"/do/inspect/{case}/").content.decode(), "officers")
    assert "张明远" in offered and "赵一鸣" in offered, "what is reported may lie back"
    assert "执法证已于2026年7月31日到期" in offered.partition("李若溪")[2], (
        "named by the filing, and seen to lack it"
    )
    assert "陆清：承办人不得兼任法制审核人员" in left_out and "温静：没有执法证" in left_out
    play.clock.set("2026-08-10 09:00")
    offered, left_out = listed(client.get(f"/do/notify_inquiry/{case}/").content.decode(), "officers")
    assert "赵一鸣" not in offered and "赵一鸣：执法证已于2026年8月3日到期" in left_out


def test_heads_and_presiders_are_those_with_the_role(play: Play, as_person: SignIn) -> None:
    case = play_case("hearing").case
    play.clock.ms = load_matter(case).entries[-1].recorded_ms + MS_PER_HOUR
    offered, left_out = listed(
        as_person("fa.qingxi").get(f"/do/notify_hearing/{case}/").content.decode(), "presider"
    )
    assert "许衡" in offered and "张明远" not in offered and "张明远：不是听证主持人" in left_out


def test_a_name_that_only_one_can_bear_is_filled_in(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    draft = as_person("zhang.qingxi").get(f"/do/draft_decision/{case}/").content.decode()
    assert 'value="顾川"' in draft and "取自 人员名册" in draft, "only one heads the unit"
