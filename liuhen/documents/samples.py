"""样张: entries made up from the dictionary, so that a form can be looked at before anything was entered. Pure.

`empty`: only what is required, as short as it may be. `full`: everything, long texts, long tables, many signatures,
and names with rare characters.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from liuhen.kernel.clock import parse_local
from liuhen.law.dictionary import Dictionary, Field

Size = Literal["empty", "full"]

AT = parse_local("2026-09-21 10:05")
RECORDED = parse_local("2026-12-01 10:05")
"""Recorded after the last day on which papers began to be printed in another way."""
RARE = ("张堃璟", "赵𠮷", "李建国", "欧阳娜", "王喆祎", "司马昱", "陈珺瑶", "周济生")
_SENTENCE = "经查，该诊所于2026年3月至8月间虚构医药服务项目，骗取医疗保障基金支出，涉及参保人员{name}等人。"
_ROWS, _SIGNATURES, _PARAGRAPHS = 60, 24, 12


@dataclass(frozen=True)
class SampleEntry:
    """An entry that nobody made."""

    kind: str
    parts: dict[str, dict[str, Any] | None]
    index: int = 1
    number: int = 1
    stream: str = "0" * 32
    happened_ms: int = AT
    recorded_ms: int = RECORDED
    actor: str = ""
    supersedes: str | None = None
    leaf_hash: bytes = field(default=bytes(range(32)))

    @property
    def id(self) -> str:
        """As an entry's: stream and number."""
        return f"{self.stream}.{self.number}"


def sample_entry(dictionary: Dictionary, kind: str, size: Size, index: int = 1) -> SampleEntry:
    """One entry of a kind."""
    parts: dict[str, dict[str, Any]] = {"open": {}}
    for name, spec in dictionary.kinds[kind].fields.items():
        if spec.required or size == "full":
            parts.setdefault(spec.part, {})[name] = sample_value(spec, size)
    return SampleEntry(kind, dict(parts), index=index, number=index)


def sample_matter(dictionary: Dictionary, size: Size) -> list[SampleEntry]:
    """One entry of every kind, all before index 1; nothing where the matter is empty."""
    kinds = list(dictionary.kinds) if size == "full" else []
    return [sample_entry(dictionary, kind, size, index - len(kinds)) for index, kind in enumerate(kinds)]


def sample_value(spec: Field, size: Size) -> Any:
    """A value of a field's type."""
    maker = _FULL.get(spec.type) if size == "full" else None
    maker = maker or _PLAIN.get(spec.type)
    return maker(spec) if maker else "k1"


def _text(spec: Field) -> str:
    if spec.numbered:
        return "豫医保罚〔2026〕3号"
    return "张堃璟" if spec.name.endswith(("name", "recorder", "chair", "recipient")) else spec.label


def _long_text(spec: Field) -> str:
    if spec.numbered or spec.name.endswith("number"):
        return "豫清溪医保罚告〔2026〕1024号"
    name = "望都县㙍上镇𠮷祥街赵堃璟中西医结合门诊部有限责任公司（普通合伙）"
    return (
        f"{spec.label}：{name}第三分店及其附设的社区卫生服务站"
        if spec.name.endswith("name")
        else spec.label * 3
    )


def _officers(count: int) -> list[dict[str, Any]]:
    return [
        {"id": f"o{i}", "name": RARE[i % len(RARE)], "certificate": f"4100{i:04d}", "roles": ["officer"]}
        for i in range(1, count + 1)
    ]


def _signatures(count: int) -> list[dict[str, Any]]:
    who = ("party", "officer", "witness", "recorder")
    return [
        {
            "who": who[i % len(who)],
            "name": RARE[i % len(RARE)],
            "at": AT + 60_000 * i,
            "refused": i == 2,
            "note": "拒绝签名，两名执法人员已向其说明情况并注明" if i == 2 else "",
        }
        for i in range(count)
    ]


def _files(count: int) -> list[dict[str, Any]]:
    return [
        {"sha256": f"{i:02x}" * 32, "sm3": "cd" * 32, "name": f"现场照片{i}.jpg", "size": 2_345_678 + i}
        for i in range(1, count + 1)
    ]


def _rows(spec: Field, count: int) -> list[dict[str, str]]:
    return [{name: f"{title}{i}" for name, title in spec.columns.items()} for i in range(1, count + 1)]


def _paragraphs(spec: Field) -> str:
    lines: Sequence[str] = [_SENTENCE.format(name=RARE[i % len(RARE)]) * 3 for i in range(_PARAGRAPHS)]
    return "\n".join((f"{spec.label}：", *lines))


_PLAIN: dict[str, Any] = {
    "text": _text,
    "longtext": lambda spec: f"{spec.label}。",
    "choice": lambda spec: next(iter(spec.choices), "inspected"),
    "choices": lambda spec: list(spec.choices)[:1],
    "bool": lambda spec: False,
    "int": lambda spec: 2,
    "money": lambda spec: 100,
    "date": lambda spec: "2026-10-01",
    "instant": lambda spec: AT,
    "officers": lambda spec: _officers(2),
    "signatures": lambda spec: _signatures(1),
    "files": lambda spec: _files(1),
    "items": lambda spec: _rows(spec, 1),
}
_FULL: dict[str, Any] = {
    "text": _long_text,
    "longtext": _paragraphs,
    "choices": lambda spec: list(spec.choices),
    "bool": lambda spec: True,
    "int": lambda spec: 120,
    "money": lambda spec: 123_456_789_012,
    "officers": lambda spec: _officers(6),
    "signatures": lambda spec: _signatures(_SIGNATURES),
    "files": lambda spec: _files(12),
    "items": lambda spec: _rows(spec, _ROWS),
}
