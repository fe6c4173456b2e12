"""A recorded value as people read it: words, 元, local times; never an identifier."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from liuhen.kernel.clock import format_local
from liuhen.kernel.money import format_yuan
from liuhen.law.dictionary import Field, Kind, standard
from liuhen.web.roles import titles

ROWS_SHOWN = 20
"""Rows of a table that stand open; a longer one says how many it has."""
HIDDEN_TYPES = frozenset({"key", "keys", "draft"})


@dataclass(frozen=True)
class Shown:
    """One field of an entry as shown: plain text, or a table, or files."""

    label: str
    text: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    files: tuple[Mapping[str, Any], ...] = ()
    guarded: bool = False

    @property
    def labelled(self) -> list[list[tuple[str, str]]]:
        """The rows with each cell under its column: on a phone a row is read as a list."""
        return [list(zip(self.columns, row, strict=False)) for row in self.rows]

    @property
    def long(self) -> bool:
        """Whether the table is unfolded only when somebody wants it."""
        return len(self.rows) > ROWS_SHOWN


def show(kind: Kind, fields: Mapping[str, Any], phases: Mapping[str, str] | None = None) -> list[Shown]:
    """All filled fields of an entry in the order of the dictionary; keys name instances and are left out.

    So is what another field of the entry says in full.
    `phases`: what the agency's measure calls the stages of a matter, where a field names one.
    """
    return [
        show_value(spec, fields[name], phases if is_phase(spec, phases or {}) else None)
        for name, spec in kind.fields.items()
        if name in fields and spec.type not in HIDDEN_TYPES and not fields.get(spec.told_by)
    ]


def is_phase(spec: Field, phases: Mapping[str, str]) -> bool:
    """Whether a field names a stage of a matter: its choices are stages, each and all."""
    return spec.type == "choice" and bool(spec.choices) and set(spec.choices) <= set(phases)


def show_value(spec: Field, value: Any, names: Mapping[str, str] | None = None) -> Shown:
    """One value; `names` gives titles of instances for keys."""
    guarded = spec.part not in (None, "", "open")
    if spec.type == "signatures":
        return Shown(
            spec.label,
            columns=("身份", "姓名", "时间", "说明"),
            rows=tuple(map(_signature, value)),
            guarded=guarded,
        )
    if spec.type == "items":
        rows = tuple(tuple(str(row.get(name, "")) for name in spec.columns) for row in value)
        return Shown(spec.label, columns=tuple(spec.columns.values()), rows=rows, guarded=guarded)
    if spec.type == "files":
        return Shown(spec.label, files=tuple(value), guarded=guarded)
    return Shown(spec.label, text=_text(spec, value, names or {}), guarded=guarded)


def _text(spec: Field, value: Any, names: Mapping[str, str]) -> str:
    if value is None or value == "":
        return "无"
    if spec.type == "bool":
        return "是" if value else "否"
    if spec.type == "money" and isinstance(value, int):
        return f"{format_yuan(value)} 元"
    if spec.type == "instant" and isinstance(value, int):
        return format_local(value)
    if spec.type == "officers":
        return "；".join(_officer(one) for one in value)
    if isinstance(value, Mapping):
        return "，".join(str(one) for one in value.values())
    if isinstance(value, list):
        return "、".join(spec.choices.get(str(one)) or names.get(str(one), str(one)) for one in value)
    if spec.choices_from and str(value) in standard().kinds:
        return standard().kinds[str(value)].title
    return names.get(str(value)) or spec.choices.get(str(value)) or str(value)


def _officer(officer: Mapping[str, Any] | str) -> str:
    if isinstance(officer, str):
        return officer
    certificate = officer.get("certificate")
    return (
        f"{officer.get('name', '')}（执法证 {certificate}）" if certificate else str(officer.get("name", ""))
    )


def _signature(row: Mapping[str, Any]) -> tuple[str, str, str, str]:
    at = row.get("at")
    when = format_local(at) if isinstance(at, int) else str(at or "")
    note = str(row.get("note", ""))
    said = f"拒绝签名：{note}" if row.get("refused") else note
    who = str(row.get("who", ""))
    return (titles().get(who, who), str(row.get("name", "")), when, said)
