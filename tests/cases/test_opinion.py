"""法制审核意见: what is said of another opinion is not said of one that speaks for itself."""

from typing import Any

import pytest

from liuhen.acts import registry
from liuhen.acts.act import Doing


@pytest.mark.article("HN-S-8")
@pytest.mark.parametrize(
    ("opinion", "passes", "told"),
    [("change", True, True), ("agree", False, True), ("change", None, False), ("other", True, False)],
)
def test_only_another_opinion_says_whether_it_counts_as_passed(
    opinion: str, passes: bool | None, told: bool
) -> None:
    act: Any = registry.act("give_opinion")
    payload = {"opinion": opinion, "passes": passes}
    doing: Any = Doing(act, None, None, "", payload, 0, 0)  # type: ignore[arg-type]
    found = act.checks[1](doing)
    assert bool(found) is told and (not told or "只有“其他意见和建议”" in found["passes"])
