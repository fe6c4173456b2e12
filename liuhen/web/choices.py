"""What the key fields of a form can name: the instances that the matter already holds."""

from liuhen import ledger
from liuhen.acts import Form, Matter, fields_of, registry
from liuhen.acts.matter import law_of, load_matter
from liuhen.law.dictionary import Field
from liuhen.web.cited import citation
from liuhen.web.entries import instance_title, phase_titles
from liuhen.web.forms.show import is_phase

_KEYS = frozenset({"key", "keys", "draft"})
ANSWERED = "answered"
"""The kind that answers what the law leaves to judgement; its key names the question."""

_ANY_INSTANCE = "subject"
"""The field that may name an instance of any kind: what a recording or an answer is about."""


def instances(form: Form, matter: Matter | None) -> dict[str, dict[str, str]]:
    """For each field to be chosen, the values that can be chosen and how they are named."""
    found: dict[str, dict[str, str]] = {}
    whole = _widest(matter)
    phases = phase_titles(matter.agency) if matter else {}
    for name, field in {**form.asked, **_fixed(form)}.items():
        if is_phase(field, phases):
            found[name] = {phase: phases[phase] for phase in field.choices}
        elif form.kind.name == ANSWERED and name == form.kind.key and matter is not None:
            found[name] = {
                ask.id: f"{ask.text}（{citation(ask.article)}）"
                for ask in law_of(matter.agency).bundle.asks()
            }
        elif name == form.kind.key and form.act.same and name in form.asked:
            found[name] = {str(fields_of(entry)[name]): instance_title(entry) for entry in form.instances}
        elif field.type in _KEYS and whole is not None:
            found[name] = _of_matter(name, whole)
        elif field.choices_from:
            found[name] = _kinds(whole)
    return {name: options for name, options in found.items() if options}


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
        if key != name and (name != _ANY_INSTANCE or key in ("", "case", "lead", "recording", "adopted")):
            continue
        value = fields_of(entry).get(key)
        if value:
            found.setdefault(str(value), instance_title(entry))
    return found


def _kinds(matter: Matter | None) -> dict[str, str]:
    """Kinds of acts that can be recorded: those that the matter holds, then all that have a beginning and an end."""
    kinds = registry.dictionary().kinds
    held = {entry.kind for entry in matter.entries} if matter else set()
    wanted = [
        kind
        for kind in kinds.values()
        if kind.stream in ("case", "lead") and (kind.name in held or kind.span)
    ]
    return {kind.name: kind.title for kind in wanted}
