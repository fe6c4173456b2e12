"""Every row of the table of acts and roles, at the door: who may gets as far as the form, anybody else is refused."""

from collections.abc import Collection, Iterator

import pytest
from django.db import transaction

from liuhen.accounts.actor import OfficerActor
from liuhen.accounts.demo import PEOPLE
from liuhen.accounts.permissions import handlers_of, table
from liuhen.accounts.projections import people_stream
from liuhen.acts import ActError, Refused, perform, registry
from liuhen.acts.matter import load_matter, register_of
from liuhen.kernel.ids import new_id
from tests.stories.office import Office, case_as_far_as

STREAMS = {"lead": "lead", "case": "case", "recording": "video", "publication": "posting"}


@pytest.fixture
def played(stage: object) -> Iterator[tuple[Office, dict[str, str]]]:
    office, streams = case_as_far_as("posting")
    register, people = register_of(office.agency), people_stream(office.agency)
    assert register is not None and people is not None
    own = {"register": register, "people": people}
    yield office, {**{kind: streams[name] for kind, name in STREAMS.items()}, **own}


def barred(office: Office, person: OfficerActor, act: str, stream: str | None) -> bool:
    """Whether the table of roles refused; the act is undone."""
    try:
        with transaction.atomic():
            perform(act, person, {}, new_id(), clock=office.clock, stream=stream)
            transaction.set_rollback(True)
    except Refused as refused:
        return any(reason.rule == f"permission.{act}" for reason in refused.reasons)
    except ActError:
        return False
    return False


def places(act: str, streams: dict[str, str]) -> list[str | None]:
    on = registry.act(act).on
    return [streams[kind] for kind in sorted(on) if kind in streams] if on else [None]


def should_be_barred(
    person: OfficerActor, roles: Collection[str], act: str, handlers: Collection[str]
) -> bool:
    row = table()[act]
    if not set(roles) & set(row.get("roles", [])):
        return True
    is_handler = person.id in handlers
    if row.get("of") == "handler":
        return bool(handlers) and not is_handler
    return row.get("of") == "not_handler" and is_handler


def test_everybody_at_every_act(played: tuple[Office, dict[str, str]]) -> None:
    office, streams = played
    people = {person: office.who(person.slug) for person in PEOPLE}
    handlers = {stream: handlers_of(load_matter(stream)) for stream in streams.values()}
    wrong = []
    for act in table():
        for stream in places(act, streams):
            for told, person in people.items():
                expected = should_be_barred(person, told.roles, act, handlers.get(stream or "", ()))
                if barred(office, person, act, stream) != expected:
                    wrong.append(f"{told.slug} {act}: {'may' if expected else 'may not'}")
    assert wrong == []


def test_without_the_guard_it_would_be_noticed(
    played: tuple[Office, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    office, streams = played
    assert barred(office, office.who("dang"), "decide", streams["case"])
    monkeypatch.setitem(registry._hooks, "may", lambda act, actor, matter: [])
    assert not barred(office, office.who("dang"), "decide", streams["case"])


def test_another_agency_and_somebody_who_left(played: tuple[Office, dict[str, str]]) -> None:
    office, streams = played
    stranger = Office(office.clock, "wangdu")
    assert barred(stranger, stranger.who("ju"), "decide", streams["case"])
    ju = office.officer("ju")
    ju.is_active = False
    ju.save()
    assert barred(office, office.who("ju"), "decide", streams["case"])


def test_the_system_does_only_what_is_the_systems(played: tuple[Office, dict[str, str]]) -> None:
    office, streams = played
    systems = {act for act, row in table().items() if row.get("system")}
    assert "confirm_posting" in systems and "decide" not in systems
    for person in PEOPLE:
        assert barred(office, office.who(person.slug), "confirm_posting", streams["publication"])
