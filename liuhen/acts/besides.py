"""一次说全: what the law refuses besides what is wrong with a form, as far as what was filled in tells."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from typing import Any

from liuhen import law
from liuhen.acts import judgement, registry
from liuhen.acts.act import Act, Actor, Matter
from liuhen.acts.errors import Invalid, Reason
from liuhen.acts.form import Form, form_of, known_key
from liuhen.acts.matter import law_of
from liuhen.acts.payload import clean


def as_typed(form: Form, agency: str, typed: Mapping[str, Any], now_ms: int) -> dict[str, Any]:
    """What can be read of the typing, officers with their certificates, and what the record fixes."""
    values, _ = clean(form.kind, typed, frozenset(form.kind.fields) - frozenset(form.asked))
    for name in [name for name in values if form.kind.fields[name].type == "officers"]:
        try:
            values[name] = registry.freeze_officers(agency, values[name], now_ms)
        except Invalid:
            del values[name]
    return values | {name: source.value for name, source in form.filled.items() if source.fixed}


def with_made(act: Act, values: Mapping[str, Any], matter: Matter | None) -> dict[str, Any]:
    """With what the door works out from what was typed, where enough was typed to work it out.

    Files are named by their uploads until they are taken: nothing is worked out of them yet.
    """
    found = dict(values)
    if act.made:
        files = {name for name, field in registry.kind_of(act).fields.items() if field.type == "files"}
        read = {name: value for name, value in found.items() if name not in files}
        with suppress(Invalid, KeyError, ValueError, TypeError):
            found |= act.made.by(read, matter)
    return found


def refused_besides(
    act: Act,
    actor: Actor,
    matter: Matter | None,
    typed: Mapping[str, Any],
    wrong: Collection[str],
    now_ms: int,
) -> list[Reason]:
    """The reasons of the gates that refuse; none that hangs on a field that is `wrong` itself."""
    if matter is None:
        return []
    form = form_of(act, matter)
    values = {**known_key(form, matter), **as_typed(form, actor.agency, typed, now_ms), **act.constants}
    values = with_made(act, values, matter)
    speaking = law_of(matter.agency).bundle.gates.get(registry.name_of(act), ())
    unsure = {gate.id for _, gate in speaking if law.typed_by(gate) & set(wrong)}
    return [one for one in judgement.before(act, matter, now_ms, values) if one.rule not in unsure]
