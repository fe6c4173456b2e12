"""From a typed payload to an act that is ready to be judged: known values, frozen officers, files, own signature."""

from collections.abc import Collection, Mapping
from hashlib import sha256
from typing import Any

from liuhen import ledger
from liuhen.acts import payload as payloads
from liuhen.acts import registry, times
from liuhen.acts.act import Act, Actor, Doing, Matter, field_of
from liuhen.acts.asked import not_his_own, not_over_taken
from liuhen.acts.correcting import (
    Correction,
    blank_time,
    corrected_entry,
    kept_time,
    kept_values,
    of_the_void_paper,
)
from liuhen.acts.errors import Invalid
from liuhen.acts.form import (
    AT,
    Form,
    ended,
    form_of,
    is_own_signature,
    names_own_stream,
    opens_stream,
    out_of_place,
)
from liuhen.acts.matter import law_of
from liuhen.acts.signing import wrong
from liuhen.acts.uploads import taken_in
from liuhen.acts.wanted import wanted_of
from liuhen.kernel.clock import MS_PER_MINUTE
from liuhen.kernel.ids import new_id
from liuhen.law.dictionary import Kind


def fill(
    act: Act,
    actor: Actor,
    matter: Matter | None,
    given: Mapping[str, Any],
    stream: str | None,
    now_ms: int,
    correction: Correction | None = None,
    later: Collection[str] = (),
) -> Doing:
    """Everything the entry will hold. Raises `Invalid` with all messages at once; the caller keeps the typing.

    `later`: fields that are still to be filled and are not missed yet.
    """
    corrected = corrected_entry(registry.kind_of(act), matter, correction) if correction else None
    if corrected is None:
        _right_stream(act, matter)
        _not_over(act, matter)
    form = form_of(act, matter)
    kind = form.kind
    typed = {name: value for name, value in given.items() if name != AT}
    fixed = {name: source.value for name, source in form.filled.items() if source.fixed}
    _only_asked(form, typed, fixed)
    values, errors = _read(act, form, actor, typed, later)
    values |= fixed
    values |= act.constants
    happened = happened_as_typed(form, given, values, blank_time(kind, corrected, now_ms), errors)
    happened = kept_time(kind, corrected, _after_its_minute(happened, matter, now_ms))
    since = times.began(matter, corrected)
    for name, message in times.wrong(kind, values, happened, since, now_ms).items():
        errors.setdefault(name, message)
    if corrected is not None:
        untimed = payloads.is_blank(given.get(AT))
        void = of_the_void_paper(kind, corrected, values, happened, untimed=untimed)
        errors |= {name: message for name, message in void.items() if name not in errors}
    if not errors:
        _freeze(form, values, actor, matter, happened, now_ms, errors)
    target = corrected.stream if corrected else _target(act, matter, stream)
    if not errors and corrected:
        values = kept_values(act, kind, corrected, values)
    elif not errors:
        _keys(act, form, matter, values, target, errors)
    if not errors:
        if act.made:
            values |= act.made.by(values, matter)
        _date_signatures(form, values, now_ms if corrected and not kind.goes_out_again else happened)
        errors |= wrong(kind, typed, values, happened, now_ms, since, corrected)
        _own_signature(act, kind, values, actor, now_ms)
        lacking = _lacking(act, kind, values)
        reason = correction.reason.strip() if correction else ""
        doing = Doing(act, actor, matter, target, values, now_ms, happened, lacking, corrected, reason)
        checked = {**registry.checked(doing), **not_his_own(doing), **not_over_taken(doing)}
        errors |= {name: message for name, message in checked.items() if name not in later}
    if errors:
        raise Invalid(errors)
    return doing


def _read(
    act: Act, form: Form, actor: Actor, typed: Mapping[str, Any], later: Collection[str]
) -> tuple[dict[str, Any], dict[str, str]]:
    """What was typed as values, and what is wrong with it or missing by the form, the act and the articles."""
    kind = form.kind
    values, errors = payloads.clean(kind, typed, frozenset(kind.fields) - frozenset(form.asked))
    errors |= payloads.unconfirmed(kind, values) | _needed(act, kind, values)
    errors = _wanted(form, actor, values) | errors
    if act.same and payloads.is_blank(typed.get(kind.key)):
        errors.pop(kind.key, None)  # the only instance there is, or `_keys` says what is missing
    return values, {name: message for name, message in errors.items() if name not in later}


def asked_ahead(act: Act, actor: Actor, given: Mapping[str, Any], now_ms: int) -> list[ledger.Question[Any]]:
    """What will be asked of the database when this is filled in and checked, as far as what was typed tells."""
    kind = registry.kind_of(act)
    people = [
        given[name] for name, field in kind.fields.items() if field.type == "officers" and given.get(name)
    ]
    typed = given.get(kind.span[1] if kind.span else AT)
    try:
        day = now_ms if payloads.is_blank(typed) else payloads.instant(typed)
        chosen = [payloads.ids(ids) for ids in people]
        if not all(one.isalnum() and one.isascii() for ids in chosen for one in ids):
            return []
        questions = [registry.people_asked(actor.agency, ids, day) for ids in chosen]
        return [*questions, *registry.asked_ahead(act, actor, given)]
    except payloads.BadValue:
        return []


def _lacking(act: Act, kind: Kind, values: Mapping[str, Any]) -> dict[str, str]:
    """Required values that come from an earlier step, when that step was not taken."""
    return {
        name: f"{kind.fields[name].label}：应取自前一步骤，但没有记录；请先办理前一步骤"
        for name in act.fixed
        if kind.fields[name].required and name not in values
    }


def _needed(act: Act, kind: Kind, values: Mapping[str, Any]) -> dict[str, str]:
    """What the act asks besides what its kind does."""
    return {
        name: f"{kind.fields[name].label}：必填，请填写后再办理" for name in act.needed if name not in values
    }


def _wanted(form: Form, actor: Actor, values: Mapping[str, Any]) -> dict[str, str]:
    """What the articles ask to be written in every such entry, where the form asks it and nothing was written."""
    asked = wanted_of(form.kind, law_of(actor.agency).bundle)
    return {
        name: f"{form.kind.fields[name].label}：{'、'.join(articles)}要求写明，请填写；没有内容的写“无”"
        for name, articles in asked.items()
        if name in form.asked and name not in values
    }


def _right_stream(act: Act, matter: Matter | None) -> None:
    if out_of_place(act, matter):
        raise Invalid({"": f"“{registry.kind_of(act).title}”不能在这里办理"})


def _not_over(act: Act, matter: Matter | None) -> None:
    """Some acts have no place after others: evidence is not taken in a case that is closed."""
    over = act.over(matter) if matter else None
    if over is not None:
        title = registry.kind_of(act).title
        done = registry.dictionary().kinds[over].title
        raise Invalid(
            {"": f"已经“{done}”，不能再办理“{title}”；原记录有误的请更正，另有新情况的请另行登记案源"}
        )


def _only_asked(form: Form, typed: Mapping[str, Any], fixed: Mapping[str, Any]) -> None:
    """A fixed value may be sent back unchanged; what the door fills may not be sent at all."""
    for name in typed:
        if name in form.kind.fields and name not in form.asked and fixed.get(name) != typed[name]:
            label = form.kind.fields[name].label
            raise Invalid({name: f"{label}：由系统填入，不能改写"})


def happened_as_typed(
    form: Form, given: Mapping[str, Any], values: Mapping[str, Any], blank: int, errors: dict[str, str]
) -> int:
    """When it happened, as typed; `blank` where nothing was."""
    kind = form.kind
    if kind.span:
        return int(values.get(kind.span[1], blank))
    if not form.asks_time or payloads.is_blank(given.get(AT)):
        return blank
    try:
        return payloads.instant(given[AT])
    except payloads.BadValue as error:
        errors[AT] = f"发生时间：{error}"
        return blank


def _after_its_minute(happened: int, matter: Matter | None, now_ms: int) -> int:
    """A time typed to the minute counts as after whatever else was entered in that minute, never as later than now."""
    minute = happened // MS_PER_MINUTE
    if happened % MS_PER_MINUTE or happened > now_ms:
        return happened
    beside = [entry.happened_ms for entry in (matter.entries if matter else ())]
    return max([at for at in beside if at // MS_PER_MINUTE == minute and at <= now_ms], default=happened)


def _target(act: Act, matter: Matter | None, stream: str | None) -> str:
    """The stream that the act's own entry is written to; made here when the act opens one."""
    return stream if stream is not None and not opens_stream(act, matter) else new_id()


def _keys(
    act: Act, form: Form, matter: Matter | None, values: dict[str, Any], target: str, errors: dict[str, str]
) -> None:
    """Which instance this is: a new one, the only one open, or the one chosen."""
    kind = form.kind
    known = {field_of(entry, kind.key) for entry in form.instances}
    label = kind.fields[kind.key].label
    if kind.key in values:
        if act.same and values[kind.key] not in known:
            why = ended(act, matter)
            errors[kind.key] = f"{label}：{f'{why}，' if why else ''}不是本案中可以办理这一事项的对象"
    elif names_own_stream(kind):
        values[kind.key] = target
    elif act.same and len(known) == 1:
        values[kind.key] = known.pop()
    elif act.new_key and not known:
        values[kind.key] = new_id()
    elif act.same:
        none = f"{ended(act, matter)}，没有" if ended(act, matter) else "本案还没有"
        found = "请选择是哪一件" if known else f"{none}可以办理这一事项的对象"
        errors[kind.key] = f"{label}：{found}"


def _freeze(
    form: Form,
    values: dict[str, Any],
    actor: Actor,
    matter: Matter | None,
    happened: int,
    now_ms: int,
    errors: dict[str, str],
) -> None:
    """Officers become what they were that day, uploads become files."""
    for name, field in form.kind.fields.items():
        if name not in values or name in form.filled and form.filled[name].fixed:
            continue
        try:
            if field.type == "officers":
                values[name] = registry.freeze_officers(actor.agency, values[name], happened)
            elif field.type == "files":
                values[name] = taken_in(values[name], matter, actor.id, now_ms)
        except Invalid as error:
            errors[name] = f"{field.label}：{'；'.join(error.errors.values())}"
        except ledger.UploadRefused as error:
            errors[name] = f"{field.label}：{error}"


def _date_signatures(form: Form, values: dict[str, Any], happened: int) -> None:
    """Whoever signed and gave no time of his own signed when it happened; a refusal is no signature."""
    for name, field in form.asked.items():
        if field.type == "signatures" and name in values:
            values[name] = [row if row.get("refused") else {"at": happened, **row} for row in values[name]]


def _own_signature(act: Act, kind: Kind, values: dict[str, Any], actor: Actor, now_ms: int) -> None:
    """The signature of whoever performs the act names the digest of the very values that he was shown."""
    names = [
        name for name, field in kind.fields.items() if is_own_signature(name, field) and name not in values
    ]
    if not names:
        return
    role = registry.acting_role(act, actor)
    shown = sha256(ledger.canonical(values)).hexdigest()
    for name in names:
        values[name] = [
            {
                "who": role,
                "id": actor.id,
                "name": actor.name,
                "certificate": actor.certificate,
                "at": now_ms,
                "shown": shown,
            }
        ]
