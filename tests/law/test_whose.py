"""Whoever owes something under a pack is a role that people hold, is outside, or is a body held by people."""

import pytest

from liuhen.accounts.permissions import table
from liuhen.acts.matter import packs
from liuhen.law.reading import answers_for, roles
from liuhen.law.rules import Record

BY_THE_CASE = {"handler", "recorder", "officer"}


def holdable() -> set[str]:
    """The roles that the table of acts knows: somebody holds them."""
    return {role for row in table().values() for role in row.get("roles", ())}


def test_whoever_owes_is_somebody() -> None:
    owing = {role for pack in packs().values() for rule in pack.owes for role in rule.who}
    nobody = {
        role
        for role in owing - holdable() - BY_THE_CASE
        if not roles()[role].outside and not roles()[role].held_by
    }
    assert nobody <= {"supervisor"}, nobody


@pytest.mark.article("R09-20")
def test_whatever_must_be_recorded_is_recorded_by_somebody() -> None:
    must = [
        rule
        for pack in packs().values()
        for rule in pack.rules
        if isinstance(rule, Record) and not rule.allowed
    ]
    assert must and not [rule.id for rule in must if not set(rule.who) & (holdable() | BY_THE_CASE)]


def test_a_body_is_held_by_people() -> None:
    for role in roles().values():
        assert set(role.held_by) <= holdable(), role


def test_the_heads_answer_for_their_units() -> None:
    assert answers_for({"handling_unit_head"}) == {"handling_unit", "enforcement_unit"}
    assert answers_for({"handler", "finance"}) == frozenset()
