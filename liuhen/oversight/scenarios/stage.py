"""The stage of a scenario: agencies, people and registers of the demonstration, in an empty database."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from liuhen.accounts.actor import OfficerActor, actor_of, system_actor
from liuhen.accounts.demo import load_people
from liuhen.accounts.models import Agency, Officer
from liuhen.acts import Actor
from liuhen.kernel.clock import FixedClock

FOUNDED = "2021-07-14 08:00"
"""When the registers of every scenario are made: before the first act of any."""


def prepare() -> None:
    """Agencies, people without a password, and registers: what every scenario begins with."""
    load_people(None, FixedClock.at(FOUNDED))


def change_people(agency: str, people: Mapping[str, Mapping[str, Any]]) -> None:
    """People as this scenario needs them: an expired certificate, none at all, somebody who left."""
    for by, change in people.items():
        officer = officer_of(by, agency)
        if "certificate_to" in change:
            officer.certificates.update(valid_to=date.fromisoformat(str(change["certificate_to"])))
        if change.get("certified") is False:
            officer.certificates.all().delete()
        if "in_service" in change:
            officer.is_active = bool(change["in_service"])
            officer.save()


def officer_of(by: str, agency: str) -> Officer:
    """The officer of a slug (`zhang`, `zhang@wangdu`)."""
    slug, _, other = by.partition("@")
    return Officer.objects.get(username=f"{slug}.{other or agency}")


def actor(by: str, agency: str, at_ms: int, system: str) -> Actor:
    """Who performs a step, as he stands at that instant."""
    slug, _, other = by.partition("@")
    if slug == system:
        return system_actor(Agency.objects.get(slug=other or agency).id)
    found: OfficerActor = actor_of(officer_of(by, agency), at_ms)
    return found
