"""What the key fields of a form can name: the instances that the matter already holds."""

from collections.abc import Collection, Mapping
from typing import Any

from liuhen import ledger
from liuhen.accounts.projections import PEOPLE
from liuhen.acts import Form, Matter, fields_of, registry
from liuhen.acts.cited import citation
from liuhen.acts.matter import law_of, load_matter
from liuhen.cases import delivering, renotified
from liuhen.cases.lists import JOINABLE_MAX, open_leads
from liuhen.claims import state
from liuhen.documents.acts import VOIDS, voidable
from liuhen.documents.voids import VOIDED
from liuhen.inspections.models import DrawRow
from liuhen.kernel.clock import format_local
from liuhen.law.dictionary import Field, Kind
from liuhen.law.rules import Record
from liuhen.ledger import Entry
from liuhen.review import redoing
from liuhen.web import adopting, draws, figures, people_choices, readings, registers
from liuhen.web.articles import packs_of
from liuhen.web.entries import instance_title, phase_titles
from liuhen.web.forms.control import Prefill
from liuhen.web.forms.show import is_phase

_KEYS = frozenset({"key", "keys", "draft"})
ANSWERED = "answered"
"""The kind that answers what the law leaves to judgement; its key names the question."""

_DRAWS = frozenset({"inspection_planned", "draw_replaced"})
"""Kinds in which something is chosen of what was drawn."""
RECKONED = "fine_reckoned"
"""The kind that reckons a fine: it names a list of claims and a tier of a benchmark."""

DELIVERED = "delivered"
"""The kind that delivers a paper; its number is that of a paper of the case."""

JOINED = "adopted"
"""The kind by which a case takes in another record; its key names that record."""

_ANY_INSTANCE = "subject"
"""The field that may name an instance of any kind: what a recording or an answer is about."""

_HOLD_ACTS = frozenset({"case", "lead", "inspection"})
_TELLING = ("name", "asked_name", "place", "recipient")
"""Which of several acts of one kind it is: the first of these fields that it has."""
_CLOCK = slice(11, 16)


def instances(
    form: Form, matter: Matter | None, agency: str, typed: Mapping[str, Any] | None = None
) -> dict[str, dict[str, str]]:
    """For each field to be chosen, the values that can be chosen and how they are named."""
    if matter is not None and matter.type == PEOPLE:
        return people_choices.choices(form, matter)
    if matter is not None and matter.type in registers.STREAMS and registers.is_of_one(form):
        return registers.choices(form, matter, typed or {})
    if form.kind.name in _DRAWS:
        return draws.choices(form.kind.name, matter, agency)
    found: dict[str, dict[str, str]] = {}
    whole = _widest(matter)
    phases = phase_titles(matter.agency) if matter else {}
    if form.kind.name == RECKONED and matter is not None:
        found["tier"] = registers.tiers(matter.agency, format_local(matter.entries[-1].recorded_ms)[:10])
        found["list"] = {one.key: str(one.imported.open["title"]) for one in state.lists_of(matter)}
    for name, field in {**form.asked, **_fixed(form)}.items():
        if name in found:
            continue
        if is_phase(field, phases):
            found[name] = {phase: phases[phase] for phase in field.choices}
        elif form.kind.name == ANSWERED and name == form.kind.key and matter is not None:
            found[name] = {
                ask.id: f"{ask.text}（{citation(ask.article)}）"
                for ask in law_of(matter.agency).bundle.asks()
            }
        elif form.kind.name == adopting.KIND and name == form.kind.key:
            found[name] = adopting.options(agency)
        elif form.kind.name == figures.KIND and name == form.kind.key:
            found[name] = figures.options(agency)
        elif form.kind.name == readings.KIND and name == form.kind.key:
            found[name] = readings.options(agency, (typed or {}).get(name))
        elif name == renotified.FIELD and matter is not None:
            found[name] = {
                key: _titled(entry) for key, entry in renotified.since_first_notice(matter).items()
            }
        elif form.kind.name == redoing.DONE and field.type == "keys" and matter is not None:
            found[name] = {key: _titled(entry) for key, entry in redoing.since_promised(matter).items()}
        elif form.kind.name == DELIVERED and name == delivering.CHOSEN and matter is not None:
            found[name] = delivering.numbers(matter)
        elif form.kind.name == VOIDED and name == VOIDS and matter is not None:
            found[name] = voidable(matter)
        elif form.kind.name == JOINED and name == form.kind.key and matter is not None:
            found[name] = _joinable(matter.agency)
        elif name == form.kind.key and form.act.same and name in form.asked:
            found[name] = {str(fields_of(entry)[name]): instance_title(entry) for entry in form.instances}
        elif name == _ANY_INSTANCE and whole is not None:
            found[name] = _acts_done(
                whole, _asked_about(whole) if form.kind.name == ANSWERED else _recorded(whole)
            )
        elif field.type in _KEYS and whole is not None:
            found[name] = _of_matter(name, whole)
        elif field.choices_from:
            found[name] = _kinds(whole)
    return {name: options for name, options in found.items() if options}


def sole(form: Form, options: Mapping[str, Mapping[str, str]], known: Collection[str]) -> dict[str, Prefill]:
    """The instance that the form is about, where there is only one: nobody is asked which."""
    name = form.kind.key
    there = options.get(name, {})
    if not form.act.same or name not in form.asked or name in known or len(there) != 1 or not form.instances:
        return {}
    title = registry.dictionary().kinds[form.instances[-1].kind].title
    return {name: Prefill(next(iter(there)), title)}


def _joinable(agency: str) -> dict[str, str]:
    """Open leads, and inspections that were begun and that no case has taken in yet."""
    found = {
        row["stream"]: f"案源：{row['suspect']}（{format_local(row['received_ms'])}收到）"
        for row in open_leads(agency)
    }
    visits = DrawRow.objects.filter(agency=agency, status__in=("started", "concluded"))
    for row in visits.order_by("-planned_ms", "-stream")[:JOINABLE_MAX]:
        if ledger.adopters({row.stream}) == {row.stream}:
            found[row.stream] = f"检查：{row.title}（{row.planned_on}）"
    return found


def _fixed(form: Form) -> dict[str, Field]:
    """The fields that the record fills: what they name is shown by its title."""
    return {name: form.kind.fields[name] for name, source in form.filled.items() if source.fixed}


def _widest(matter: Matter | None) -> Matter | None:
    """A recording is about what happened in the case that took it in."""
    if matter is None or matter.type not in ("recording", "publication"):
        return matter
    above = [stream for stream in ledger.adopters({matter.stream}) if stream != matter.stream]
    return load_matter(above[0]) if above else matter


def _of_matter(name: str, matter: Matter) -> dict[str, str]:
    kinds = registry.dictionary().kinds
    found: dict[str, str] = {}
    for entry in matter.entries:
        key = kinds[entry.kind].key if entry.kind in kinds else ""
        value = fields_of(entry).get(key) if key == name else None
        if value:
            found.setdefault(str(value), instance_title(entry))
    return found


def _recorded(matter: Matter | None) -> frozenset[str]:
    """Kinds of enforcement acts that are recorded: what the measures name, what has a beginning and an end, and
    what officers report to have done."""
    kinds = registry.dictionary().kinds.values()
    named = {
        kind
        for pack in (packs_of(matter.agency) if matter else ())
        for rule in pack.rules
        if isinstance(rule, Record)
        for kind in rule.of
    }
    return frozenset(
        kind.name
        for kind in kinds
        if kind.stream in _HOLD_ACTS and (kind.name in named or kind.span or _by_officers(kind))
    )


def _by_officers(kind: Kind) -> bool:
    return kind.time == "reported" and any(field.type == "officers" for field in kind.fields.values())


def _asked_about(matter: Matter) -> frozenset[str]:
    """Kinds about whose entries something can be left to judgement."""
    return frozenset(kind for ask in law_of(matter.agency).bundle.asks() for kind in ask.of)


def _acts_done(matter: Matter, wanted: frozenset[str]) -> dict[str, str]:
    """What was done, each by its title and when; what was corrected as it reads now."""
    kinds = registry.dictionary().kinds
    found: dict[str, str] = {}
    for entry in matter.entries:
        value = fields_of(entry).get(kinds[entry.kind].key) if entry.kind in wanted else None
        if value and (value != matter.stream or kinds[entry.kind].span):
            found[str(value)] = _titled(entry)
    return found


def _titled(entry: Entry) -> str:
    """`现场检查：清溪县仁和诊所（2026-03-12 09:30 至 11:30）`."""
    kind, fields = registry.dictionary().kinds[entry.kind], fields_of(entry)
    first, last = (fields.get(end) for end in kind.span or ("", ""))
    when = format_local(entry.happened_ms)
    if isinstance(first, int) and isinstance(last, int):
        when = f"{format_local(first)} 至 {format_local(last)[_CLOCK]}"
    about = next((str(fields[name]) for name in _TELLING if fields.get(name)), "")
    return f"{kind.title}{f'：{about}' if about else ''}（{when}）"


def _kinds(matter: Matter | None) -> dict[str, str]:
    """Kinds of acts that can be recorded: those that the matter holds first."""
    kinds = registry.dictionary().kinds
    held = {entry.kind for entry in matter.entries} if matter else set()
    wanted = sorted(_recorded(matter), key=lambda name: (name not in held, list(kinds).index(name)))
    return {name: kinds[name].title for name in wanted}
