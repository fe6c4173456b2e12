"""事实、证据、依据对照表: numbers stay, places are read, what lies outside the evidence is told."""

from typing import Any

import pytest

from liuhen.cases.proofs import Place, Proof, beyond, place_of

PAPER: Any = Proof(4, "k", None, "书证：结算明细", pages=12)  # type: ignore[arg-type]
VIDEO: Any = Proof(2, "v", None, "录像：现场", seconds=8100)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("第3—9页", Place([3, 9], [])),
        ("第4页、第6页至第7页", Place([4, 6, 7], [])),
        ("00:42:10—00:58:00", Place([], [2530, 3480])),
        ("12:30", Place([], [750])),
        ("全部", Place([], [])),
        ("认定违规的1200行", Place([], [])),
    ],
)
def test_a_place_is_read_as_people_write_it(text: str, place: Place) -> None:
    assert place_of(text) == place


def test_what_lies_outside_is_told_with_how_long_it_is() -> None:
    assert beyond(PAPER, "第11—13页") == "证4共12页，没有“第11—13页”"
    assert beyond(VIDEO, "03:10:00") == "证2长02:15:00，没有“03:10:00”"
    assert beyond(PAPER, "第3—9页") == beyond(VIDEO, "02:15:00") == beyond(PAPER, "封面") == ""
