"""The agency's library of official texts: each kept once under its SHA-256, found by a measure's prefix.

A folder:
    texts/<digest>            the bytes as they came
    texts/<digest>.json       {"name", "digest", "size", "regulations": [{"title", "number", "articles": 17}]}
    measures/<prefix>.json    {"prefix", "digest", "position", "title"}: which regulation of which text it is
Nothing kept is overwritten but a measure's pointer, when a newer text of the same measure comes.
"""

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from liuhen.law.text.identity import squeeze
from liuhen.law.text.model import Reading, Regulation
from liuhen.law.text.reading import read

_MOST_KEPT: Final = 16
_READ: Final[dict[tuple[str, str], Reading]] = {}
_PREFIX: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}")


class NotKept(LookupError):
    """The library does not hold it; the message says what and what to do."""


class Altered(ValueError):
    """A kept text no longer has the digest that names it."""


class Library:
    """Texts in a folder, made when first written to. Safe for several processes: files appear whole."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, Reading] = {}

    def keep(self, data: bytes, name: str) -> Reading:
        """Keep a text for good and return its reading; ValueError (Chinese) when it holds no regulation."""
        reading = read(data, name)
        if not any(one.articles or one.sections for one in reading.regulations):
            raise ValueError(f"{name} 没有存入：" + "；".join(found.say for found in reading.findings))
        text = self._folder / "texts" / reading.digest
        if not text.exists():
            _write(text, data)
        card = text.with_name(reading.digest + ".json")
        if not card.exists():
            _write(card, _json(_card(reading, len(data))))
        return reading

    def assign(self, prefix: str, digest: str, title: str | None = None, owner: str = "") -> Regulation:
        """Say that measure `prefix` is the regulation of that title (or the only one) in that text.

        `owner`: the agency whose text it is from now on; without one whose it was before, or the installation's.
        """
        if not _PREFIX.fullmatch(prefix):
            raise ValueError(f"规则包前缀“{prefix}”不对：只能用字母、数字和连字符")
        regulations = self.text(digest).regulations
        wanted = squeeze(title) if title else None
        fits = [at for at, one in enumerate(regulations) if wanted is None or one.title == wanted]
        if len(fits) != 1:
            names = "、".join(one.title or "（无题）" for one in regulations)
            raise NotKept(f"无法确定“{title or prefix}”是哪一部；文本中有：{names}。请写明其中一个标题")
        chosen = regulations[fits[0]]
        pointer = {"prefix": prefix, "digest": digest, "position": fits[0], "title": chosen.title}
        before = self.measures().get(prefix, {})
        pointer["owner"] = owner or before.get("owner", "")
        _write(self._folder / "measures" / f"{prefix}.json", _json(pointer))
        return chosen

    def assign_by_title(self, titles: Mapping[str, str], digest: str) -> list[str]:
        """Assign every measure (prefix to title) whose title the text holds; the prefixes that were."""
        held = [one.title for one in self.text(digest).regulations]
        found = [prefix for prefix, title in titles.items() if held.count(squeeze(title)) == 1]
        for prefix in found:
            self.assign(prefix, digest, titles[prefix])
        return found

    def text(self, digest: str) -> Reading:
        """A kept text, read. NotKept, or Altered when its bytes have changed."""
        if digest not in self._read:
            data = self.bytes(digest)
            card = json.loads((self._folder / "texts" / f"{digest}.json").read_bytes())
            self._read[digest] = _reading(digest, card["name"], data)
        return self._read[digest]

    def bytes(self, digest: str) -> bytes:
        """The text as it came, checked against its digest."""
        path = self._folder / "texts" / digest
        if not re.fullmatch(r"[0-9a-f]{64}", digest) or not path.is_file():
            raise NotKept(f"法规库中没有摘要为 {digest} 的文本")
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != digest:
            raise Altered(f"法规库中的文本 {digest} 已被改动，请从原始来源重新存入")
        return data

    def cards(self) -> list[dict[str, Any]]:
        """The card of every kept text, by name."""
        cards = [json.loads(path.read_bytes()) for path in (self._folder / "texts").glob("*.json")]
        return sorted(cards, key=lambda card: (card["name"], card["digest"]))

    def measures(self) -> dict[str, dict[str, Any]]:
        """Every assigned measure: prefix to its pointer."""
        pointers = [json.loads(path.read_bytes()) for path in (self._folder / "measures").glob("*.json")]
        return {one["prefix"]: one for one in sorted(pointers, key=lambda one: str(one["prefix"]))}

    def regulation(self, prefix: str) -> Regulation:
        """The official text of a measure; NotKept when none was assigned."""
        path = self._folder / "measures" / f"{prefix}.json"
        if not _PREFIX.fullmatch(prefix) or not path.is_file():
            raise NotKept(f"法规库中还没有 {prefix} 的正式文本，请用 liuhen law read 读入")
        pointer = json.loads(path.read_bytes())
        regulations = self.text(pointer["digest"]).regulations
        return regulations[int(pointer["position"])]

    def article(self, prefix: str, number: int, sub: int = 0) -> str:
        """The official wording of 第 `number` 条（之 `sub`）, a row for each paragraph and item."""
        found = self.regulation(prefix).article(number, sub)
        if found is None:
            raise NotKept(f"{prefix} 的正式文本中没有第 {number} 条" + (f"之 {sub}" if sub else ""))
        return found.text


def _reading(digest: str, name: str, data: bytes) -> Reading:
    """The reading of checked bytes; the last few are kept, as the same digest always reads the same."""
    found = _READ.get((digest, name))
    if found is None:
        found = read(data, name)
        while len(_READ) >= _MOST_KEPT:
            _READ.pop(next(iter(_READ), ("", "")), None)
        _READ[digest, name] = found
    return found


def _card(reading: Reading, size: int) -> dict[str, Any]:
    regulations = [
        {"title": one.title, "number": one.number, "articles": len(one.articles)}
        for one in reading.regulations
    ]
    return {"name": reading.name, "digest": reading.digest, "size": size, "regulations": regulations}


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all: a temporary file, synced, then renamed, then the folder synced."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
