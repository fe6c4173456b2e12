"""名录 on forms: what a form chooses from a register, what it fills in with it, and the item that an act is about."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.urls import reverse
from ruamel.yaml import YAML

from liuhen.acts import Form, Matter, registry
from liuhen.acts.checks import BUSINESS
from liuhen.registers import queries
from liuhen.registers.acts import amounts_said
from liuhen.registers.folding import Item, items_of
from liuhen.registers.kinds import CATALOGUE, REGISTER, REGISTERS, Register, by_kind
from liuhen.registers.queries import Found
from liuhen.web.forms import Prefill

STREAMS = frozenset({CATALOGUE, REGISTER})
_OPTIONS_MOST = 300
_PARTY = "party_name"
_KIND = "institution_kind"
_SUBJECTS = {
    "institution": "定点医药机构",
    "handler": "医疗保障经办机构",
    "insured": "参保人员",
    "other": "其他",
}


@dataclass(frozen=True)
class Lookup:
    """How one field of a form is chosen from a register. `fill` as JSON for the page; `pool`: many at once, as rows."""

    register: Register
    url: str
    fill: str
    append: bool
    apart: bool
    pool: str = ""

    @property
    def kinds(self) -> Mapping[str, str]:
        """类别 by which a pool can be narrowed."""
        return registry.dictionary().kinds[self.register.entered].fields[_KIND].choices


@cache
def _table() -> Sequence[Mapping[str, Any]]:
    loaded: Sequence[Mapping[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("lookups.yaml"))
    return loaded


@cache
def lookups(kind: str) -> Mapping[str, Lookup]:
    """The fields of a kind of entry that are chosen from a register, as `lookups.yaml` has it."""
    return {
        row["field"]: Lookup(
            REGISTERS[row["register"]],
            reverse("register-choose", args=[row["register"]]),
            json.dumps(row.get("fill", {})),
            row.get("append", False),
            row.get("apart", False),
            reverse("inspection-pool") if row.get("pool") else "",
        )
        for row in _table()
        if kind in row["records"]
    }


def chosen(register: Register, found: Found) -> dict[str, Any]:
    """An item as the page shows it in a list and fills it in."""
    values = {name: str(value) for name, value in found.fields.items() if isinstance(value, str)}
    business = values.get("credit_code", "").startswith(BUSINESS)
    values |= {"party_kind": "individual_business" if business else "organisation", "summary": summary(found)}
    return {
        "name": found.name,
        "label": "　".join(filter(None, labels(register, found))),
        "text": text_of(register, found),
        "from": f"{register.title}名录",
        "values": values,
    }


def labels(register: Register, found: Found) -> list[str]:
    """What stands beside the name so that one knows which it is."""
    fields = found.fields
    if register.slug == "institutions":
        return [found.code, found.other_code, str(fields.get("head", "")), str(fields.get("address", ""))]
    if register.slug == "causes":
        return [_SUBJECTS.get(found.code, ""), str(fields.get("provision", ""))]
    if register.slug == "rooms":
        return [str(fields.get("equipment", ""))]
    return [found.code, found.other_code, str(fields.get("gist", ""))[:60]]


def text_of(register: Register, found: Found) -> str:
    """What is written where an item is cited."""
    number = f"（{found.fields['number']}）" if found.fields.get("number") else ""
    if register.slug == "bases":
        return f"《{found.name}》{number}{found.code if found.code != '全文' else ''}"
    if register.slug == "benchmarks":
        return f"《{found.name}》{number}"
    return found.name


def summary(found: Found) -> str:
    """当事人基本情况 of an institution."""
    fields = found.fields
    said = [
        found.name,
        f"统一社会信用代码{fields['credit_code']}" if fields.get("credit_code") else "",
        f"许可证号{fields['licence']}" if fields.get("licence") else "",
        f"医保机构编码{fields['insurance_code']}" if fields.get("insurance_code") else "",
        f"法定代表人（负责人）{fields['head']}" if fields.get("head") else "",
        f"住所（地址）{fields['address']}" if fields.get("address") else "",
    ]
    return "，".join(filter(None, said))


def is_of_one(form: Form) -> bool:
    """Whether a form is about a register."""
    return form.kind.name in by_kind()


def choices(form: Form, matter: Matter, typed: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """The items that an act on a register can be about; the one chosen alone, once it is."""
    register = by_kind().get(form.kind.name)
    if register is None or form.kind.name in (register.entered, register.imported):
        return {}
    held = _held(matter, register)
    key = str(typed.get(register.key, ""))
    if key in held:
        return {register.key: {key: title(held[key])}}
    open_ = {key: title(item) for key, item in held.items() if not item.ended_on}
    return {register.key: dict(list(open_.items())[:_OPTIONS_MOST])}


def as_it_stands(form: Form, matter: Matter | None, typed: Mapping[str, Any]) -> dict[str, Prefill]:
    """What an item says now, in the form by which it is changed."""
    register = by_kind().get(form.kind.name)
    if matter is None or register is None or form.kind.name != register.changed:
        return {}
    item = _held(matter, register).get(str(typed.get(register.key, "")))
    if item is None:
        return {}
    known = {
        name: value for name, value in item.now.fields.items() if name in form.asked and name != register.key
    }
    for name in ("from_on", "reason"):
        known.pop(name, None)
    return {name: Prefill(value, f"{register.title}名录") for name, value in known.items()}


def chosen_in(form: Form) -> str:
    """The field from whose choice the form by which an item is changed is filled in with what it says now."""
    register = by_kind().get(form.kind.name)
    return register.key if register and form.kind.name == register.changed else ""


def _held(matter: Matter, register: Register) -> dict[str, Item]:
    return {key: item for key, item in items_of(matter).items() if item.register is register}


def title(item: Item) -> str:
    """An item by its name and the code by which it is known."""
    fields = item.now.fields
    code = next(
        (str(fields[name]) for name in (*item.register.code, *item.register.other) if fields.get(name)), ""
    )
    return (
        f"{fields.get(item.register.name, '')}（{code}）"
        if code and item.register.slug != "causes"
        else str(fields.get(item.register.name, ""))
    )


def tiers(agency: str, day: str) -> dict[str, str]:
    """裁量阶次 in force on a day, by `<benchmark>.<line>`."""
    found = {}
    for item in queries.standing(agency, "benchmarks"):
        fields = item.on(day)
        for number, row in enumerate((fields or {}).get("tiers", ()), 1):
            said = f"{row['cause']}·{row['tier']}：{row['low']}至{row['high']}"
            applies = "，".join(one for one in (amounts_said(row), row.get("applies")) if one)
            found[f"{item.key}.{number}"] = f"{said}（《{(fields or {})['name']}》{applies}）"
    return found


def filled(kind: str, field: str, values: Mapping[str, str]) -> dict[str, str]:
    """The fields of a form that choosing an item fills in."""
    fill: dict[str, str] = json.loads(lookups(kind)[field].fill)
    return {name: values[source] for name, source in fill.items() if values.get(source)}


def as_registered(form: Form, agency: str, known: Mapping[str, Prefill]) -> dict[str, Prefill]:
    """What the register of institutions says of the party that the record names, where the record says nothing."""
    lookup = lookups(form.kind.name).get(_PARTY)
    name = str(known[_PARTY].value) if _PARTY in known else ""
    found = queries.named(agency, name) if lookup and name else None
    if lookup is None or found is None:
        return {}
    told = filled(form.kind.name, _PARTY, chosen(lookup.register, found)["values"])
    return {
        field: Prefill(value, f"{lookup.register.title}名录")
        for field, value in told.items()
        if value and field in form.asked and field not in known
    }
