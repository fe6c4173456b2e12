"""The one door: an act is checked, judged, recorded and projected in one transaction, or nothing happens at all."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from liuhen import ledger
from liuhen.acts import judgement, registry
from liuhen.acts.act import Act, Actor, Doing, Matter
from liuhen.acts.asked import standing_in_the_way
from liuhen.acts.besides import refused_besides
from liuhen.acts.correcting import Correction
from liuhen.acts.drafting import draft_entries
from liuhen.acts.entering import enter
from liuhen.acts.errors import Invalid, Moved, Reason, Refused
from liuhen.acts.filling import asked_ahead, fill
from liuhen.acts.form import comes_first, out_of_place
from liuhen.acts.found import find, read_ahead
from liuhen.acts.matter import one_law
from liuhen.kernel.clock import Clock, format_local

TRIES = 3
"""So often an act is tried when what it begins collides with what another process began in the same instant."""


@dataclass(frozen=True)
class Receipt:
    """回执: what an act recorded. `stream` is the stream written to (a new one for an act that opens one)."""

    key: str
    act: str
    stream: str
    entry: str
    recorded_ms: int
    fields: Mapping[str, Any]
    again: bool = False


def perform(
    name: str,
    actor: Actor,
    payload: Mapping[str, Any],
    key: str,
    *,
    clock: Clock,
    stream: str | None = None,
    seen: int | None = None,
    correction: Correction | None = None,
) -> Receipt:
    """Perform the act `name` (办理) on `stream` (None for an act that begins from nothing), once for its `key`.

    `payload` is what the person filled in, `seen` the index of the last entry that he saw; with `correction` the new
    entry stands in the place of an earlier one (更正), which stays. Durable when it returns.
    Raises `Invalid` (fields), `Refused` (roles or law, all reasons at once), `Moved`, `UnknownAct`.
    """
    act = registry.act(name)
    if act.prepare is not None:
        act.prepare(actor, payload)
    with ledger.one_connection() as here:
        if stream is not None and not here.in_atomic_block:
            read_ahead(stream)
        return _try(act, name, actor, payload, key, clock, stream, seen, correction)


def _try(act: Act, name: str, actor: Actor, payload: Mapping[str, Any], key: str, *others: Any) -> Receipt:
    """Perform it, again where what it begins collides with what another process began in the same instant."""
    for tries_left in reversed(range(TRIES)):
        try:
            return _perform(act, name, actor, payload, key, *others)
        except IntegrityError:
            if ledger.here().in_atomic_block:
                raise
            # the same form sent twice at once, from nothing: no common lock, so the receipt's own key stops the second
            earlier = ledger.receipt(actor.agency, key)
            if earlier is not None:
                return _again(earlier, name)
            # or processes began streams in the same tick, whose rows would bear one number: with another it goes
            if not tries_left:
                raise
    raise AssertionError


def _perform(
    act: Act,
    name: str,
    actor: Actor,
    payload: Mapping[str, Any],
    key: str,
    clock: Clock,
    stream: str | None,
    seen: int | None,
    correction: Correction | None,
) -> Receipt:
    alone = not ledger.here().in_atomic_block
    ahead = asked_ahead(act, actor, payload, clock.now_ms()) if ledger.worth_asking() else []
    while True:
        try:
            with _one_transaction(), one_law(), ledger.asked_ahead():
                found = find(actor.agency, stream, key, alone=alone, ahead=ahead)
                if found.earlier:
                    return _again(found.earlier, name)
                matter = found.matter
                _not_moved(act, matter, seen)
                barred = registry.may(act, actor, matter)
                doing = _filled(act, actor, matter, payload, stream, clock.now_ms(), barred, correction)
                verdicts = _permitted(doing, barred)
                (main, *_) = enter(doing, draft_entries(doing, verdicts), key, found)
        except ledger.Grown:
            continue
        return Receipt(key, name, main.stream, main.id, main.recorded_ms, main.open)


@contextmanager
def _one_transaction() -> Iterator[None]:
    """The turn to write, then the transaction. Inside an import's transaction, that one."""
    if ledger.here().in_atomic_block:
        yield
        return
    with ledger.write_turn(), transaction.atomic():
        yield


def _again(earlier: ledger.Receipt, name: str) -> Receipt:
    """The first receipt of a form sent twice."""
    if earlier.act != name:
        raise Invalid({"": "这一表单编号已用于另一事项；请重新打开表单"})
    (main,) = ledger.read_log(earlier.agency, earlier.first, earlier.first + 1)
    return Receipt(earlier.key, name, main.stream, main.id, main.recorded_ms, main.open, again=True)


def _not_moved(act: Act, matter: Matter | None, seen: int | None) -> None:
    """Somebody did the same since the form was opened: say so, write nothing."""
    if matter is None or seen is None:
        return
    since = [entry for entry in matter.all(act.kind) if entry.index > seen]
    if since:
        title = registry.kind_of(act).title
        when = format_local(since[-1].recorded_ms)
        raise Moved(
            f"打开表单以后，已有人于{when}办理“{title}”。您填写的内容仍保留；请先查看，再决定是否另行办理"
        )


def _filled(
    act: Act,
    actor: Actor,
    matter: Matter | None,
    payload: Mapping[str, Any],
    stream: str | None,
    now_ms: int,
    barred: Sequence[Reason],
    correction: Correction | None,
) -> Doing:
    """Somebody who may not perform the act hears that, and not what is wrong with his form."""
    try:
        return fill(act, actor, matter, payload, stream, now_ms, correction)
    except Invalid as error:
        if barred:
            raise Refused(barred) from None
        if correction is not None or out_of_place(act, matter):
            raise
        raise Invalid(
            error.errors, refused_besides(act, actor, matter, payload, error.errors, now_ms)
        ) from None


def _permitted(doing: Doing, barred: Sequence[Reason]) -> list[dict[str, Any]]:
    """The table of roles, then every gate. All reasons at once. Returns the verdicts to be kept."""
    verdicts, refused = judgement.gates(doing)
    if not refused and doing.corrected is None:
        refused = standing_in_the_way(doing.act, doing.matter, doing.payload)
    if barred or refused:
        raise Refused([*barred, *refused])
    if doing.corrected is None and (first := comes_first(doing.act, doing.matter)):
        raise Invalid({"": first})
    if doing.lacking:
        raise Invalid(doing.lacking)
    return verdicts
