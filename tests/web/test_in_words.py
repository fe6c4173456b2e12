"""一句话: what an entry says of itself, and what is published of a decision, says nothing of what there is not."""

import pytest

from liuhen.disclosure.suggestion import result_of
from liuhen.ledger import Entry
from liuhen.web.entries import sentence


def entry(kind: str, **fields: object) -> Entry:
    return Entry(
        agency="a", index=0, stream="s", number=1, kind=kind, happened_ms=0, recorded_ms=0, supersedes=None,
        leaf_hash=b"", parts={"open": fields}, content={"kind_version": 1},
    )  # fmt: skip


def test_a_decision_without_a_fine_says_nothing_of_one() -> None:
    none = entry("decided", decision_kind="none", number="清医保罚〔2026〕1号")
    fine = entry("decided", decision_kind="penalty", number="清医保罚〔2026〕2号", amount=3000000)
    assert sentence(none) == "作出不予处罚决定清医保罚〔2026〕1号"
    assert sentence(fine).startswith("作出行政处罚决定清医保罚〔2026〕2号，罚款30,000.00")
    assert sentence(entry("decided", decision_kind="none")) == "作出不予处罚决定（未填）"


@pytest.mark.parametrize(
    ("decided", "said"),
    [
        (entry("decided", decision_kind="none", correction_ordered=False), "不予处罚"),
        (
            entry("decided", decision_kind="penalty", correction_ordered=True, amount=100),
            "责令改正；罚款1.00元",
        ),
        (entry("on_spot_decided", sanction="warning", correction_ordered=True), "警告；责令改正"),
        (
            entry("on_spot_decided", sanction="fine", correction_ordered=True, amount=10000),
            "责令改正；罚款100.00元",
        ),
    ],
)
def test_what_is_published_names_what_was_decided(decided: Entry, said: str) -> None:
    assert result_of(decided) == said
