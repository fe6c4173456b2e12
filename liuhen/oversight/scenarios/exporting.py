"""From a recorded case to a scenario file: the acts in order, as they were typed; identities hidden when asked."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

from ruamel.yaml import YAML

from liuhen import law, ledger
from liuhen.accounts import demo
from liuhen.accounts.actor import SYSTEM
from liuhen.accounts.models import Agency
from liuhen.acts import Matter, fields_of, judgement, registry
from liuhen.acts.act import Act
from liuhen.acts.correcting import PART
from liuhen.acts.form import AT, automatic
from liuhen.acts.matter import load_matter
from liuhen.cases.models import CaseRow
from liuhen.kernel.clock import MS_PER_SECOND, format_local
from liuhen.kernel.money import format_yuan
from liuhen.law.dictionary import Field, Kind
from liuhen.ledger import Entry
from liuhen.oversight.scenarios.hiding import Cast, hidden

_MS_PER_MINUTE = 60 * MS_PER_SECOND
_REFERENCES = frozenset({"key", "draft"})


class CannotExport(Exception):
    """不能写成场景. The message is Chinese."""


def export(case: str, *, anonymise: bool) -> str:
    """The scenario of a case, named by its filing number (立案号) or its id. Raises `CannotExport`."""
    found = CaseRow.objects.filter(number=case).first() or CaseRow.objects.filter(stream=case).first()
    if found is None:
        raise CannotExport(f"没有立案号或者编号为“{case}”的案件")
    agency = Agency.objects.get(id=found.agency)
    matter = load_matter(found.stream)
    steps = list(_Export(matter, Cast(agency.id), anonymise).steps())
    last = max(entry.recorded_ms for entry in matter.entries)
    steps.append({"at": _time(last), "on": _name_of_case(steps), "expect": _verdicts(matter, last)})
    title = "一件案件" if anonymise else f"{found.party_name}{found.cause}"
    return _yaml({"scenario": title, "agency": _stand_in(agency), "steps": steps})


def _stand_in(agency: Agency) -> str:
    """The agency of the demonstration that stands for this one: itself, or one under the same measures."""
    specs = demo.AGENCIES
    if any(spec.slug == agency.slug for spec in specs):
        return agency.slug
    register = next(iter(ledger.streams_of(agency.id, "register")), None)
    adopted = (
        {entry.open["measure"] for entry in ledger.read([register]) if entry.kind == "measure_adopted"}
        if register
        else set()
    )
    for spec in specs:
        if set(spec.adopts) == adopted and spec.level == agency.level:
            return spec.slug
    raise CannotExport(f"演示机关中没有与{agency.name}适用相同办法的，不能写成场景")


def _name_of_case(steps: list[dict[str, Any]]) -> str:
    opening = registry.name_of(_acts_by_kind()["filed"])
    return next(str(step["as"]) for step in steps if step["do"] == opening)


def _verdicts(matter: Matter, at_ms: int) -> dict[str, Any]:
    """Every obligation as it stands, so that the file shows when a judgement changes."""
    found: dict[str, list[str]] = {}
    for row in judgement.owed(matter):
        found.setdefault(row.rule, []).append(law.state(row, at_ms).state)
    return {rule: states[0] if len(states) == 1 else states for rule, states in found.items()}


def _acts_by_kind() -> dict[str, Act]:
    return {act.kind: act for act in registry.acts().values()}


@dataclass
class _Export:
    matter: Matter
    cast: Cast
    anonymise: bool
    names: dict[str, str] = field(default_factory=dict)
    streams: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    entries: dict[str, str] = field(default_factory=dict)

    def steps(self) -> Iterable[dict[str, Any]]:
        """One step for each act, in the order of the log."""
        acts, seen = _acts_by_kind(), set()
        for entry in sorted(self.matter.entries, key=lambda entry: entry.index):
            if entry.key in seen or entry.actor == SYSTEM:
                continue
            seen.add(entry.key)
            if entry.kind not in acts:
                raise CannotExport(f"条目“{entry.kind}”还没有办理事项，不能写成场景")
            yield self._step(acts[entry.kind], entry)

    def _step(self, act: Act, entry: Entry) -> dict[str, Any]:
        kind = registry.kind_of(act)
        step: dict[str, Any] = {
            "at": _time(entry.recorded_ms),
            "by": self.cast.slug(entry.actor),
            "do": registry.name_of(act),
        }
        if act.on:
            step["on"] = self.streams[self._performed_on(kind, entry)]
        step["as"] = name = self._new_name(entry.kind)
        step["with"] = self._typed(act, kind, entry)
        if entry.supersedes:
            step |= {"corrects": self.entries[entry.supersedes], "reason": self._reason(entry)}
        self.entries[entry.id] = name
        self.streams.setdefault(entry.stream, name)
        for key, value in fields_of(entry).items():
            if kind.fields[key].type in _REFERENCES:
                self.names.setdefault(str(value), f"${name}.{key}")
        return {word: value for word, value in step.items() if value != {}}

    def _reason(self, entry: Entry) -> str:
        reason = str((entry.parts.get(PART) or {}).get("reason", ""))
        return "更正" if self.anonymise else reason

    def _performed_on(self, kind: Kind, entry: Entry) -> str:
        if not kind.opens:
            return entry.stream
        if entry.adopts:
            return entry.adopts[0]
        same = [
            other for other in self.matter.entries if other.key == entry.key and entry.stream in other.adopts
        ]
        return same[0].stream if same else entry.stream  # a text prepared anew on its own publication

    def _new_name(self, kind: str) -> str:
        name, count = kind, 1
        while name in self.used:
            count += 1
            name = f"{kind}{count}"
        self.used.add(name)
        return name

    def _typed(self, act: Act, kind: Kind, entry: Entry) -> dict[str, Any]:
        by_door = automatic(act, kind) | set(act.fixed)
        values: dict[str, Any] = {}
        if kind.time == "reported" and not kind.span and entry.happened_ms != entry.recorded_ms:
            values[AT] = _time(entry.happened_ms)
        for name, value in fields_of(entry).items():
            made_here = name == kind.key and act.new_key and str(value) not in self.names
            if name not in by_door and not made_here:
                values[name] = self._value(kind.fields[name], value)
        return values

    def _value(self, field: Field, value: Any) -> Any:
        if field.type in _REFERENCES:
            return self.names.get(str(value), value)
        if field.type == "officers":
            return [self.cast.slug(officer["id"]) for officer in value]
        if field.type == "instant":
            return _time(value)
        if field.type == "money":
            return f"{format_yuan(value)}元"
        if self.anonymise:
            value = hidden(field, value, self.cast)
        if field.type == "files":
            return [{"file": file["name"]} for file in value]
        if field.type == "signatures":
            return [{**row, "at": _time(row["at"])} if "at" in row else dict(row) for row in value]
        return value


def _time(ms: int) -> str:
    if ms % _MS_PER_MINUTE == 0:
        return format_local(ms)
    text = format_local(ms, seconds=True)
    return text if ms % MS_PER_SECOND == 0 else f"{text}.{ms % MS_PER_SECOND:03d}"


def _yaml(content: dict[str, Any]) -> str:
    yaml = YAML()
    yaml.width = 110
    yaml.allow_unicode = True
    out = StringIO()
    yaml.dump(content, out)
    return out.getvalue()
