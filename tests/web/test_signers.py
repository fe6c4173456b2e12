"""签名的身份: only who signs such a record, each once, the likely one first."""

import pytest

from liuhen.acts import registry
from liuhen.acts.matter import packs
from liuhen.web.roles import SIGNERS_MAX, put_to, signers

KINDS = sorted(
    kind.name
    for kind in registry.dictionary().kinds.values()
    if any(field.type == "signatures" for field in kind.fields.values())
)


@pytest.mark.parametrize("kind", KINDS)
def test_few_fitting_and_different(kind: str) -> None:
    found = signers(kind, packs().values())
    assert 0 < len(found) <= SIGNERS_MAX
    assert len(set(found.values())) == len(found)
    assert not {"任何人", "系统管理员", "公众"} & set(found.values())


def test_the_likely_one_comes_first() -> None:
    assert next(iter(signers("inquired"))) == "asked"
    assert next(iter(signers("delivered"))) == "party"
    assert "holder" in signers("evidence_collected")


def test_a_question_is_put_to_those_who_hold_the_role() -> None:
    assert put_to(["handling_unit_head"], ["handling_unit_head", "handler"])
    assert not put_to(["agency_head"], ["handler"])
