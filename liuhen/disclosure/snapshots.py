"""The public content of a publication: what was approved, and nothing else of the matter."""

import base64
import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from liuhen import ledger
from liuhen.accounts.models import Agency
from liuhen.acts import Matter, fields_of, registry
from liuhen.disclosure.full_text import FIELD, WHOLE
from liuhen.disclosure.pictures import shown_picture
from liuhen.disclosure.texts import (
    ANNUAL,
    DECISION,
    ITEM_TITLES,
    RENEWAL,
    RESULT,
    shown_before,
    sort_of,
    text_of,
)
from liuhen.law.dictionary import Field
from liuhen.portal.snapshot import Snapshot

ANNUAL_KIND, RESULT_KIND = "年度数据", "检查结果"
_NOT_SHOWN = frozenset({"posting", "inspection", "subject", "what", "year", RENEWAL})


def snapshot_of(matter: Matter) -> Snapshot:
    """What the public sees of a publication, in the text last prepared. Raises `ValueError` for what is none."""
    text = text_of(matter)
    if text is None:
        raise ValueError("not a posting")
    fields = fields_of(text)
    made = _decision(fields) if text.kind == DECISION else _of_kind(text.kind, fields)
    shown = made.pop("fields")
    if fields.get(RENEWAL) and shown_before(matter):
        shown = (*shown, ("更新说明", fields[RENEWAL]))
    return Snapshot(
        posting=matter.stream,
        agency=matter.agency,
        agency_name=Agency.objects.values_list("name", flat=True).get(id=matter.agency),
        category={"before": "before", "annual": "annual"}.get(sort_of(text), "after"),
        fields=shown,
        **made,
    )


def _decision(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "kind": "行政处罚",
        "title": fields["title"],
        "number": fields["number"],
        "decided_on": fields["decided_on"],
        "fields": (
            ("行政处罚决定书文号", fields["number"]),
            ("行政相对人名称", fields["party_name"]),
            ("执法事项名称", fields["title"]),
            ("主要违法事实", fields["facts"]),
            ("处罚依据", fields["basis"]),
            ("处罚结果", fields["result"]),
            ("作出决定的机关", fields["agency_name"]),
            ("决定日期", fields["decided_on"]),
            *((("决定书全文", fields[FIELD]),) if fields["form"] == WHOLE and fields.get(FIELD) else ()),
        ),
    }


def _of_kind(kind: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Every field of the text under its label; lists as tables, pictures made anew."""
    specs = registry.dictionary().kinds[kind].fields
    named = [
        (spec, fields[name]) for name, spec in specs.items() if name in fields and name not in _NOT_SHOWN
    ]
    tables = {
        spec.label: {"head": list(spec.columns.values()), "rows": list(_rows(spec, value))}
        for spec, value in named
        if spec.type == "items" and value
    }
    pictures = [one for spec, value in named if spec.type == "files" for one in _pictures(spec, value or [])]
    extra = {}
    if tables:
        extra["tables"] = json.dumps(tables, ensure_ascii=False, sort_keys=True)
    if pictures:
        extra["pictures"] = json.dumps(pictures, ensure_ascii=False, sort_keys=True)
    shown = tuple((spec.label, _text(spec, value)) for spec, value in named if value not in (None, "", []))
    return {"title": _title(kind, fields), "kind": _kind(kind), "fields": shown, "extra": extra}


def _title(kind: str, fields: Mapping[str, Any]) -> str:
    if kind == ANNUAL:
        return f"{fields['year']}年度行政执法总体情况"
    if kind == RESULT:
        return f"对{fields['target']}的检查结果"
    return str(fields.get("subject") or ITEM_TITLES[kind])


def _kind(kind: str) -> str:
    return {ANNUAL: ANNUAL_KIND, RESULT: RESULT_KIND}.get(kind) or ITEM_TITLES[kind]


def _rows(spec: Field, value: list[Mapping[str, Any]]) -> Iterator[list[str]]:
    for row in value:
        yield [str(row.get(name) or "") for name in spec.columns]


def _text(spec: Field, value: Any) -> str:
    if spec.type == "items":
        return "\n".join("　".join(filter(None, row)) for row in _rows(spec, value))
    if spec.type == "files":
        return "、".join(str(file["name"]) for file in value)
    return spec.choices.get(value, str(value)) if isinstance(value, str) else str(value)


def _pictures(spec: Field, value: list[Mapping[str, Any]]) -> Iterator[dict[str, str]]:
    for file in value:
        made = shown_picture(b"".join(ledger.file_store().read(str(file["sha256"]))))
        yield {
            "label": spec.label,
            "name": str(file["name"]),
            "sha256": sha256(made).hexdigest(),
            "png": base64.b64encode(made).decode(),
        }
