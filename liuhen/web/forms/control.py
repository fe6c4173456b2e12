"""What one field of a form shows: its label, what is typed, where a value came from, what is wrong."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from liuhen.kernel.clock import format_local
from liuhen.kernel.money import format_yuan
from liuhen.law.dictionary import Field, Kind
from liuhen.web.forms.parse import SIGNATURE_COLUMNS, Typed
from liuhen.web.forms.show import HIDDEN_TYPES, Shown, show_value
from liuhen.web.roles import named

WIDE = frozenset({"longtext", "officers", "signatures", "files", "items", "choices"})
HINTS = {
    "money": "单位：元，最多两位小数",
    "instant": "北京时间",
    "int": "整数",
    "files": "先存入暂存区，提交本页后固化；中断的文件不会留下残片",
    "signatures": "拒绝签名的，勾选并注明情况",
}


@dataclass(frozen=True)
class Person:
    """An officer who may be chosen, with the certificate as it stands; `why`: why he is not offered."""

    id: str
    name: str
    certificate: str
    note: str
    valid: bool
    why: str = ""


@dataclass(frozen=True)
class Prefill:
    """A value taken from the record: where from, and whether it may be typed over."""

    value: Any
    source: str
    fixed: bool = False


@dataclass(frozen=True)
class Option:
    """One choice of a list."""

    value: str
    label: str
    on: bool


@dataclass(frozen=True)
class Waiting:
    """A file in staging: its number, its name, when it was sent, and what is to be said of it."""

    id: str
    name: str
    sent: str = ""
    note: str = ""


@dataclass(frozen=True)
class Control:
    """One field as the page shows it. `template` draws it; `shown` stands in for a field that cannot be typed.

    `recorded`: what the record says of the same thing, to be seen beside the field. `lookup`: the register from which
    it can be chosen. `left_out`: people who do not fit, each with why. `aids`: what helps to write it.
    `widths`: of a table's columns, in percent, by what they hold. `waiting`: files that were sent and put nowhere.
    `clips`: recordings that pictures can be cut from. `offers`: a table's column (none of a text), and what to choose.
    """

    name: str
    label: str
    type: str
    required: bool
    template: str
    value: Any = ""
    error: str = ""
    source: str = ""
    hint: str = ""
    wide: bool = False
    guarded: bool = False
    options: Sequence[Option] = ()
    people: Sequence[tuple[Person, bool]] = ()
    waiting: Sequence[Waiting] = ()
    left_out: Sequence[Person] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    rows: Sequence[tuple[int, Sequence[tuple[str, str]]]] = ()
    next_row: int = 0
    widths: Sequence[int] = ()
    shown: Shown | None = None
    recorded: Sequence[Any] = ()
    lookup: Any = None
    aids: Any = None
    clips: Sequence[Any] = ()
    offers: tuple[str, Sequence[str]] = ("", ())

    @property
    def blank_signature(self) -> list[tuple[str, str]]:
        """The cells of a signature row still to be filled: the likely identity stands in it."""
        likely = next((option.value for option in self.options if option.on), "")
        return [(name, likely if name == "who" else "") for name in SIGNATURE_COLUMNS]

    @property
    def described_by(self) -> str:
        """The ids of what explains the field to a screen reader, for `aria-describedby`."""
        ids = [
            f"{self.name}-hint" if self.hint or self.source else "",
            f"{self.name}-wrong" if self.error else "",
        ]
        return " ".join(one for one in ids if one)


@dataclass(frozen=True)
class Ground:
    """What the form stands on besides the dictionary."""

    typed: Typed
    errors: Mapping[str, str]
    prefilled: Mapping[str, Prefill]
    people: Mapping[str, Sequence[Person]]
    roles: Mapping[str, str]
    instances: Mapping[str, Mapping[str, str]]
    names: Mapping[str, str]


def controls(
    kind: Kind,
    *,
    typed: Typed | None = None,
    errors: Mapping[str, str] | None = None,
    prefilled: Mapping[str, Prefill] | None = None,
    people: Mapping[str, Sequence[Person]] | None = None,
    roles: Mapping[str, str] | None = None,
    instances: Mapping[str, Mapping[str, str]] | None = None,
    names: Mapping[str, str] | None = None,
    skip: Iterable[str] = (),
) -> list[Control]:
    """The controls of a kind in the order of the dictionary.

    `typed` wins over `prefilled`; `instances` gives, for a key field, the instances that can be named (id → title);
    `names` the file names of staged uploads by id; `roles` the identities under which somebody signs.
    """
    ground = Ground(
        typed or {}, errors or {}, prefilled or {}, people or {}, roles or {}, instances or {}, names or {}
    )
    left_out = set(skip)
    made = (_control(kind, name, spec, ground) for name, spec in kind.fields.items() if name not in left_out)
    return [control for control in made if control is not None]


def _control(kind: Kind, name: str, spec: Field, ground: Ground) -> Control | None:
    prefill = ground.prefilled.get(name)
    choices = ground.instances.get(name) or spec.choices
    if spec.type in ("key", "draft", "keys") and not choices and (prefill is None or not prefill.fixed):
        return None
    common: dict[str, Any] = {
        "name": name, "label": spec.label, "type": spec.type, "required": spec.required,
        "error": ground.errors.get(name, ""), "hint": HINTS.get(spec.type, ""), "wide": spec.type in WIDE,
        "source": prefill.source if prefill else "", "guarded": spec.part not in (None, "", "open"),
    }  # fmt: skip
    if prefill is not None and prefill.fixed:
        if spec.type in HIDDEN_TYPES and str(prefill.value) not in choices:
            return None
        shown = show_value(spec, prefill.value, choices)
        return Control(**common, template="web/forms/fixed.html", shown=shown)
    value = ground.typed.get(name, prefill.value if prefill else None)
    return Control(**common, **_body(spec, value, choices, ground))


def _body(spec: Field, value: Any, choices: Mapping[str, str], ground: Ground) -> dict[str, Any]:
    if spec.type in ("choice", "choices") or choices:
        chosen = set(value) if isinstance(value, list) else {value}
        options = [Option(key, label, key in chosen) for key, label in choices.items()]
        many = spec.type in ("choices", "keys")
        if many or len(options) <= 4:
            return {"template": f"web/forms/{'checks' if many else 'radios'}.html", "options": options}
        return {"template": "web/forms/select.html", "options": options}
    if spec.type == "bool":
        return {
            "template": "web/forms/radios.html",
            "options": [Option("yes", "是", value is True), Option("no", "否", value is False)],
        }
    if spec.type == "officers":
        chosen = {one["id"] if isinstance(one, Mapping) else one for one in value or []}
        people = ground.people.get(spec.name, ())
        return {
            "template": "web/forms/officers.html",
            "people": [(one, one.id in chosen) for one in people if not one.why or one.id in chosen],
            "left_out": [one for one in people if one.why and one.id not in chosen],
        }
    if spec.type == "files":
        named = ((one, ground.names.get(one, "已上传的文件")) for one in value or [] if isinstance(one, str))
        kept = [Waiting(one, name) for one, name in named]
        return {"template": "web/forms/files.html", "value": kept}
    if spec.type == "items":
        return _table("web/forms/items.html", spec.columns, value or [])
    if spec.type == "signatures":
        return _signatures(value or [], ground.roles)
    fitting = [one for one in ground.people.get(spec.name, ()) if not one.why]
    return {
        "template": f"web/forms/{_INPUTS.get(spec.type, 'text')}.html",
        "value": as_typed(spec, value),
        "people": [(one, one.name == value) for one in fitting],
    }


_INPUTS = {"longtext": "longtext", "int": "int", "money": "money", "date": "date", "instant": "instant"}


def as_typed(spec: Field, value: Any) -> str:
    """A recorded value the way a person would type it; what was typed comes back unchanged."""
    if value is None:
        return ""
    if isinstance(value, int) and spec.type == "money":
        return format_yuan(value, grouped=False)
    if isinstance(value, int) and spec.type == "instant":
        return format_local(value).replace(" ", "T")
    return str(value)


def _table(template: str, columns: Mapping[str, str], typed: list[Mapping[str, Any]]) -> dict[str, Any]:
    rows = [
        (number, [(name, str(row.get(name, ""))) for name in columns]) for number, row in enumerate(typed)
    ]
    if not rows:
        rows = [(0, [(name, "") for name in columns])]
    widths = _widths([list(columns.values()), *([text for _, text in cells] for _, cells in rows)])
    return {"template": template, "columns": columns, "rows": rows, "next_row": len(rows), "widths": widths}


_LEAST, _MOST, _STEP = 4, 30, 5


def _widths(lines: Sequence[Sequence[str]]) -> list[int]:
    """Shares of a table by the longest text of each column, within bounds, in steps of five percent."""
    longest = [
        min(max(*(len(text) for text in column), _LEAST), _MOST) for column in zip(*lines, strict=True)
    ]
    return [max(_STEP, round(90 * one / sum(longest) / _STEP) * _STEP) for one in longest]


def _signatures(typed: list[Mapping[str, Any]], roles: Mapping[str, str]) -> dict[str, Any]:
    at = Field(name="at", type="instant", label="签名时间")
    likely = next(iter(roles), "")
    rows = []
    for number, row in enumerate(typed or [{"who": likely}]):
        cells = [
            (name, as_typed(at, row.get(name)) if name == "at" else row.get(name, ""))
            for name in SIGNATURE_COLUMNS
        ]
        rows.append((number, cells))
    typed_as = {str(row["who"]): named([str(row["who"])]) for row in typed if row.get("who")}
    options = [Option(name, title, name == likely) for name, title in (dict(roles) | typed_as).items()]
    return {
        "template": "web/forms/signatures.html", "rows": rows, "next_row": len(rows), "options": options,
    }  # fmt: skip
