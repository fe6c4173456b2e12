"""正卷: what the decision is proved by stands in the volume that the party reads."""

from datetime import date

import pytest

from liuhen.cases.proofs import KINDS
from liuhen.documents.catalogue import catalogue

_KEPT_APART = {"claims_imported", "recording_ended"}
"""Lists and recordings lie in the file as such, not as papers made of them."""


@pytest.mark.parametrize("kind", sorted(set(KINDS) - _KEPT_APART))
def test_a_paper_that_proves_stands_in_the_main_volume(kind: str) -> None:
    forms = catalogue().of(kind, date(2026, 11, 23))
    assert [form.id for form in forms if form.volume == "main"], kind


def test_the_opinion_of_an_expert_of_before_keeps_its_place() -> None:
    (before,) = catalogue().of("appraisal_received", date(2026, 11, 22))
    assert before.plain and before.volume == "sub"
