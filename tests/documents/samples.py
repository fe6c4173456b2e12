"""Entries of every kind, as empty and as full as the dictionary lets them be; a text says its field."""

from typing import Any

from liuhen.documents.samples import AT, SampleEntry
from liuhen.law.dictionary import Field, standard

LONG = "经查，该诊所通过虚构医药服务项目的方式骗取医疗保障基金支出，涉及参保人员张堃璟等人。"
OFFICERS = [
    {"id": "o1", "name": "张堃璟", "certificate": "41000001", "valid_to": "2028-01-01", "roles": ["officer"]},
    {"id": "o2", "name": "李建国", "certificate": "41000002", "valid_to": "2028-01-01", "roles": ["officer"]},
]
SIGNATURES = [
    {"who": "当事人", "name": "王小明", "at": AT, "refused": False, "note": ""},
    {"who": "见证人", "name": "赵𠮷", "at": AT, "refused": True, "note": "拒绝签名，已说明情况"},
]
FILES = [
    {
        "sha256": "ab" * 32,
        "sm3": "cd" * 32,
        "name": "现场照片一.jpg",
        "size": 2_345_678,
        "media_type": "image/jpeg",
    }
]


def value(spec: Field, length: int = 1) -> Any:
    """A value of a field's type; texts are `label` between marks, so that a test can find them in the PDF."""
    match spec.type:
        case "text":
            return mark(spec)
        case "longtext":
            return "\n".join([mark(spec), *([LONG] * length)])
        case "choice":
            return next(iter(spec.choices), "inspected")
        case "choices":
            return list(spec.choices)
        case "bool":
            return True
        case "int":
            return 12
        case "money":
            return 1_234_560
        case "date":
            return "2026-10-01"
        case "instant":
            return AT
        case "officers":
            return OFFICERS
        case "signatures":
            return SIGNATURES
        case "files":
            return FILES
        case "items":
            return [{name: f"{title}{i}" for name, title in spec.columns.items()} for i in range(1, 4)]
        case _:
            return "k1"


def mark(spec: Field) -> str:
    return f"〈{spec.name}〉"


def entry(kind: str, *, full: bool = True, index: int = 1, length: int = 1, **changes: Any) -> SampleEntry:
    """An entry with every field (`full`), or with those alone that the dictionary requires."""
    parts: dict[str, dict[str, Any]] = {"open": {}}
    for name, spec in standard().kinds[kind].fields.items():
        if full or spec.required:
            parts.setdefault(spec.part, {})[name] = value(spec, length)
    parts["open"].update(changes)
    return SampleEntry(kind, dict(parts), index=index, number=index)


def matter(upto: int = 1_000, *, full: bool = True) -> list[SampleEntry]:
    """One entry of every kind before the entry at hand."""
    return [entry(kind, full=full, index=i - upto) for i, kind in enumerate(standard().kinds)]
