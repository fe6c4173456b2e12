"""The periods to turn against a decision are the regulation's amounts: no paper that tells them has its own."""

import pytest

from liuhen.documents import figures
from liuhen.documents.catalogue import catalogue
from liuhen.documents.figures import with_figures
from liuhen.documents.terms import _words
from liuhen.law.amounts import figures as amounts

LATEST = {form.id: form for form in sorted(catalogue(), key=lambda form: form.version)}
TOLD = {
    "decision_drafted": _words()["remedies"],
    **{
        form.id: block.text
        for form in LATEST.values()
        for block in form.blocks
        if "申请行政复议" in block.text and "提起行政诉讼" in block.text
    },
}


@pytest.mark.article("R10-31")
@pytest.mark.parametrize("paper", sorted(TOLD))
def test_the_periods_are_the_regulations(paper: str, monkeypatch: pytest.MonkeyPatch) -> None:
    said = with_figures(TOLD[paper])
    assert "六十日内" in said and "六个月内" in said, "as the two laws have it"

    def longer(packs: object) -> object:
        found = dict(amounts(packs))  # type: ignore[arg-type]
        for name in ("reconsideration_days", "lawsuit_months"):
            found[name] = found[name].__class__(**{**vars(found[name]), "value": 90})
        return found

    monkeypatch.setattr(figures, "figures", longer)
    monkeypatch.setattr(figures, "figure", figures.figure.__wrapped__)
    changed = with_figures(TOLD[paper])
    assert "九十日内" in changed and "九十个月内" in changed, "nothing of it is typed in the form"


def test_the_papers_that_tell_them() -> None:
    assert {"sealing_decision", "decision_drafted"} <= TOLD.keys()
