"""The stage of a scenario: agencies, people and registers of the demonstration, in an empty database."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from liuhen.accounts.actor import OfficerActor, actor_of, system_actor
from liuhen.accounts.demo import load_people
from liuhen.accounts.models import Agency, Officer, RoleGrant
from liuhen.accounts.permissions import table
from liuhen.accounts.projections import people_stream
from liuhen.acts import Actor, perform
from liuhen.kernel.clock import FixedClock
from liuhen.kernel.ids import new_id

FOUNDED = "2021-07-14 08:00"
"""When the registers of every scenario are made: before the first act of any."""


def prepare() -> None:
    """Agencies, people without a password, and registers: what every scenario begins with."""
    load_people(None, FixedClock.at(FOUNDED))


def change_people(agency: str, people: Mapping[str, Mapping[str, Any]]) -> None:
    """People as this scenario needs them, by the door: an expired certificate, none at all, somebody who left."""
    for by, change in people.items():
        officer = officer_of(by, agency)
        for certificate in officer.certificates.all():
            if "certificate_to" in change:
                end = date.fromisoformat(str(change["certificate_to"])) + timedelta(days=1)
            elif change.get("certified") is False:
                end = certificate.valid_from
            else:
                continue
            fields = {"certificate": certificate.key.partition(".")[0], "state": "returned"}
            _change(officer, "halt_certificate", {**fields, "from_on": str(end)})
        if change.get("in_service") is False:
            _change(officer, "deactivate_person", {"officer": officer.id})


def _change(officer: Officer, act: str, fields: Mapping[str, Any]) -> None:
    """An act of whoever keeps the register of his agency, on the day of its founding."""
    clock = FixedClock.at(FOUNDED)
    keepers = RoleGrant.objects.filter(agency=officer.agency, role__in=table()[act]["roles"])
    by = actor_of(keepers.select_related("officer")[0].officer, clock.now_ms())
    stream = people_stream(officer.agency_id)
    perform(act, by, {**fields, "reason": "场景所设"}, new_id(), clock=clock, stream=stream)


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
