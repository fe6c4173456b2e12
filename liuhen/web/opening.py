"""What an act's form opens with: what the record knows and can work out, the people, the choices."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from liuhen.acts import Matter, Preview, registry
from liuhen.acts.form import Form, opens_stream
from liuhen.acts.wanted import wanted
from liuhen.disclosure.texts import RENEWAL
from liuhen.kernel.clock import local_date
from liuhen.ledger import Entry
from liuhen.recordings.suggestion import recording_of
from liuhen.web import choices, drafts, matrix, registers, roles, signing
from liuhen.web.articles import RECORDING_ACT, packs_of
from liuhen.web.citing import with_known
from liuhen.web.correcting import original, time_control
from liuhen.web.forms import Control, Prefill, controls
from liuhen.web.hindered import hinted
from liuhen.web.materials import files_named
from liuhen.web.me import Me
from liuhen.web.people import choosable, for_fields, only_one
from liuhen.web.points import OPINION_ACT, recorded
from liuhen.web.unset import told_unset
from liuhen.web.writing import with_aids

_OWN_NAME = frozenset({"立卷人", "起草人"})
"""Fields, by their labels, in which whoever performs the act writes his own name."""
_OTHERS = frozenset({"inspector_pool", "persons", "members", "agents"})
"""Fields of officers who are chosen, asked about or put on a list: not of whoever performs the act."""


def controls_of(
    me: Me,
    seen: Preview,
    matter: Matter | None,
    typed: Mapping[str, Any],
    errors: Mapping[str, str],
    corrected: Entry | None = None,
    emptied: Mapping[str, Any] = MappingProxyType({}),
) -> list[Control]:
    """The controls of an act's form as it opens; of a correction, with what the entry says.

    What was `typed` stands above what is known, and what was `emptied` stays so; `errors` are shown at their fields,
    by name.
    """
    form = seen.form
    packs = packs_of(me.agency)
    prefilled = _prefilled(me, seen, matter, typed, corrected)
    people = for_fields(form.kind, form.asked, me.agency, matter, local_date(me.now_ms))
    options = choices.instances(form, matter, me.agency, typed)
    if corrected is None:
        prefilled |= only_one(people, form, prefilled) | choices.sole(form, options, prefilled)
    made = controls(
        form.kind,
        typed={**emptied, **_with_asked(typed, prefilled)},
        errors=errors,
        prefilled=prefilled,
        people=people,
        roles=roles.signers(form.kind.name, packs),
        instances=options,
        names={**drafts.upload_names(me, typed), **files_named(matter)},
        skip=set(form.kind.fields) - set(form.asked) - _fixed(form) | _of_renewal(seen, matter),
    )
    must = {*seen.act.needed, *wanted(form.kind, packs)}
    made = [replace(one, required=one.required or one.name in must) for one in made]
    if seen.name == OPINION_ACT and matter is not None:
        told = recorded(matter, me.actor, me.now_ms)
        made = [replace(control, recorded=told.get(control.name, ())) for control in made]
    found = registers.lookups(form.kind.name)
    made = [replace(control, lookup=None if control.shown else found.get(control.name)) for control in made]
    made = hinted(made, seen.name, matter, me.now_ms)
    made = told_unset(made, seen.name, me.agency, me.now_ms)
    made = with_known(made, form.kind.name, me.agency, matter)
    made = matrix.fitted(with_aids(made, me, seen.name, matter), seen.name, matter)
    asks = signing.hint(form.kind, packs)
    made = [replace(one, hint=asks or one.hint) if one.name == signing.FIELD else one for one in made]
    return [time_control(form, typed, errors, corrected), *made] if form.asks_time else made


def _of_renewal(seen: Preview, matter: Matter | None) -> set[str]:
    """Why it is renewed is not asked of what is published for the first time."""
    return {RENEWAL} if seen.act.renews and opens_stream(seen.act, matter) else set()


def _prefilled(
    me: Me, seen: Preview, matter: Matter | None, typed: Mapping[str, Any], corrected: Entry | None
) -> dict[str, Prefill]:
    """What stands in the fields before anybody types: each line may replace what the lines above it found."""
    form = seen.form
    prefilled = {
        name: Prefill(source.value, source.told, source.fixed) for name, source in form.filled.items()
    }
    worked_out = {
        **_worked_out(me, seen, matter, typed),
        **registry.suggest_chosen(seen.name, me.agency, typed, matter),
    }
    prefilled |= {name: Prefill(value, origin) for name, (value, origin) in worked_out.items()}
    if corrected is None:
        prefilled |= registers.as_it_stands(form, matter, typed)
        prefilled |= registers.as_registered(form, me.agency, prefilled)
    else:
        fixed = _fixed(form)
        prefilled |= {name: value for name, value in original(corrected).items() if name not in fixed}
    prefilled |= _own(me, seen, prefilled)
    if signing.FIELD in form.asked and (corrected is None or not form.kind.carried_over(signing.FIELD)):
        prefilled |= _to_sign(form, matter, me, prefilled)
    return prefilled


def _with_asked(typed: Mapping[str, Any], prefilled: Mapping[str, Prefill]) -> dict[str, Any]:
    """A draft keeps no row in which nobody stands: whom the articles ask to sign has his empty one again."""
    kept, asked = typed.get(signing.FIELD), prefilled.get(signing.FIELD)
    if not kept or asked is None:
        return dict(typed)
    there = {row.get("who") for row in kept}
    empty = [row for row in asked.value if not row.get("name") and row.get("who") not in there]
    return {**typed, signing.FIELD: [*kept, *empty]}


def _fixed(form: Form) -> set[str]:
    return {name for name, source in form.filled.items() if source.fixed}


def _to_sign(
    form: Form, matter: Matter | None, me: Me, prefilled: Mapping[str, Prefill]
) -> dict[str, Prefill]:
    """The rows for the signatures that the articles ask for; names are those that the form already holds."""
    names = {one.id: one.name for one in choosable(me.agency, local_date(me.now_ms))}
    known: dict[str, Any] = {"party_head": matter.value("filed", "party_head") if matter else None}
    for name, prefill in prefilled.items():
        value = prefill.value
        if name in form.kind.fields and form.kind.fields[name].type == "officers":
            value = [
                one if isinstance(one, Mapping) else {"name": names.get(one, "")}
                for one in prefill.value or ()
            ]
        known[name] = value
    packs = packs_of(me.agency)
    likely = next(iter(roles.signers(form.kind.name, packs)), "")
    rows = signing.rows(form.kind, packs, known, likely)
    return {signing.FIELD: Prefill(rows, "", False)} if rows else {}


def _worked_out(me: Me, seen: Preview, matter: Matter | None, typed: Mapping[str, Any]) -> registry.Suggested:
    """What is worked out for the form; of a recording, from the act that it was opened for."""
    of, subject = str(typed.get("of", "")), str(typed.get("subject", ""))
    if seen.name == RECORDING_ACT and matter is not None and of and subject:
        return recording_of(matter, of, subject)
    return registry.suggest(seen.name, matter, local_date(me.now_ms))


def _own(me: Me, seen: Preview, known: Mapping[str, Prefill]) -> dict[str, Prefill]:
    """Whoever performs the act is the likely one where it names people and nothing else says whom."""
    if seen.form.kind.stream in registers.STREAMS:
        return {}
    return {
        name: Prefill([me.actor.id] if spec.type == "officers" else me.name, "本人")
        for name, spec in seen.form.asked.items()
        if name not in known
        and (
            spec.type == "officers" and name not in _OTHERS or spec.type == "text" and spec.label in _OWN_NAME
        )
    }
