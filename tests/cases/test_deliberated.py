"""集体讨论: members, absent and views add up; what cannot be is said of the field that is wrong."""

from typing import Any

import pytest

from liuhen.acts import registry
from liuhen.acts.act import Doing
from liuhen.cases.deliberating import everybody_signed


@pytest.mark.parametrize(
    ("members", "absent", "views", "field", "told"),
    [
        (2, 5, 1, "absent", "缺席5人，多于总人数2人"),
        (7, 1, 5, "views", "应为6人，现列5人"),
        (7, 1, 6, "", ""),
    ],
)
def test_numbers_add_up(members: int, absent: int, views: int, field: str, told: str) -> None:
    act: Any = registry.act("deliberate")
    payload = {"members": members, "absent": absent, "views": [{"name": "甲"}] * views}
    doing: Any = Doing(act, None, None, "", payload, 0, 0)  # type: ignore[arg-type]
    found = act.checks[0](doing)
    assert list(found) == ([field] if field else [])
    assert told in found.get(field, "")


def test_everybody_who_spoke_signs() -> None:
    act: Any = registry.act("deliberate")
    views = [{"name": "甲"}, {"name": "乙"}]
    signed = [{"who": "committee", "name": "甲", "at": 1}]
    doing: Any = Doing(act, None, None, "", {"views": views, "signatures": signed}, 0, 0)  # type: ignore[arg-type]
    assert "还缺乙的签名" in everybody_signed(doing)["signatures"]
    doing = Doing(act, None, None, "", {"views": views[:1], "signatures": signed}, 0, 0)  # type: ignore[arg-type]
    assert everybody_signed(doing) == {}
