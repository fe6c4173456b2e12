"""办理流程: the stages that the measures name, laid together from the nation down."""

import pytest

from liuhen.law import PACKS, Bundle, load
from liuhen.law.course import course

_PROVINCE = Bundle([load(PACKS / name) for name in ("R09", "HN-G", "HN-J", "HN-S")])
_COUNTY = Bundle([load(PACKS / name) for name in ("R09", "WD")])


@pytest.mark.article("HN-J-3")
def test_the_province_has_five_stages_in_its_own_words_archiving_among_them():
    assert [phase.title for phase in course(_PROVINCE)] == [
        "程序启动",
        "调查取证",
        "审查决定",
        "送达执行",
        "归档管理",
    ]


@pytest.mark.article("WD-3")
@pytest.mark.parametrize("bundle", [_PROVINCE, _COUNTY])
def test_each_act_stands_in_one_stage(bundle):
    acts = [act for phase in course(bundle) for act in phase.acts]
    assert len(acts) == len(set(acts))
    assert (
        acts.index("file_case")
        < acts.index("inspect")
        < acts.index("decide")
        < acts.index("deliver")
        < acts.index("close_case")
    )
