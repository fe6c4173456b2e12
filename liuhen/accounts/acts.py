"""Acts on an agency's own register (机关登记: measures, figures, calendar …) and on its people (人员名册)."""

from collections.abc import Mapping
from dataclasses import dataclass

from liuhen.accounts import register_checks as check
from liuhen.accounts.projections import PEOPLE
from liuhen.acts import registry
from liuhen.acts.act import Act, Check, Doing
from liuhen.acts.matter import law_of

REGISTER = frozenset({"register"})


_PEOPLE = frozenset({PEOPLE})
WITH_EFFECT = frozenset({"reset_password", "unlock_account"})
"""Acts that do something besides their entry: they are performed where that is done, and by no general form."""


def register() -> None:
    """Make the acts of this room known to the door."""
    registry.register(
        Act("measure_adopted", on=REGISTER),
        Act("amount_set", on=REGISTER, checks=(_known_figure,)),
        Act("year_announced", on=REGISTER, checks=(check.days_are_dates,)),
        Act("committee_set", on=REGISTER, new_key=True),
        Act("custodian_named", on=REGISTER, new_key=True),
        Act("reads_sealed", on=REGISTER, by_system=True),
    )
    registry.register(
        Act("people_taken_over", on=_PEOPLE, new_key=True, by_system=True),
        _people("agency_changed", check.free_agency_name, new_key=True),
        _people("unit_entered", new_key=True),
        _people("person_added", check.free_name, new_key=True),
        _people("person_changed", check.in_service),
        _people("person_left", check.in_service, check.not_oneself, check.somebody_left),
        _people("person_returned", check.has_left),
        _people("certificate_entered", check.in_service, check.free_number, new_key=True),
        _people("certificate_halted", check.not_halted),
        _people("certificate_restored", check.halted),
        _people(
            "role_granted", check.in_service, check.not_oneself, check.not_held, check.separate, new_key=True
        ),
        _people("role_withdrawn", check.not_oneself, check.grant_open, check.somebody_left),
        _people("leave_recorded", check.in_service, check.substitute_fits, new_key=True),
        _people("leave_ended", check.leave_open),
        _people("password_reset", check.in_service, check.not_oneself),
        _people("account_unlocked"),
    )


def _known_figure(doing: Doing) -> Mapping[str, str]:
    """What is set is a figure that a measure of the agency leaves to it."""
    known = {spec.id: spec.text for spec in law_of(doing.actor.agency).bundle.figures()}
    if doing.payload["name"] in known:
        return {}
    listed = "、".join(dict.fromkeys(known.values())) or "（无）"
    return {"name": f"规则中的名称：本机关适用的办法没有留待机关设定这一数额，可以设定的有：{listed}"}


def _people(kind: str, *checks: Check, new_key: bool = False) -> Act:
    """An act on the people's register: whoever it names is known, then its own checks."""
    return Act(
        kind, on=_PEOPLE, new_key=new_key, checks=(check.known, check.in_order, *map(_OnceKnown, checks))
    )


@dataclass(frozen=True)
class _OnceKnown:
    """A check that is asked only when everybody and everything named is known."""

    own: Check

    def __call__(self, doing: Doing) -> Mapping[str, str]:
        return {} if check.known(doing) else self.own(doing)
