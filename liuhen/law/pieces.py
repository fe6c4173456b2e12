"""What a reading stands on: a digest of its article and of what that rests on, so that an edit elsewhere is none here.

Part of it: the measure's identity and counting (its version aside); the article's rules and gist (its readings aside);
what these call by name elsewhere in the measure, and what that calls in turn; articles that the reading itself cites.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from liuhen.law.source import Node
from liuhen.law.text.numerals import to_chinese

NAMING = ("fact", "define", "ask", "set")
"""The sections of an article whose names are the whole measure's."""
_WORD = re.compile(r"[A-Za-z_][\w-]*(?:\.\w+)?", re.ASCII)


class Pieces:
    """The parts of one measure that stand on their own."""

    def __init__(self, measure: Node, articles: Mapping[str, Node]) -> None:
        self._measure = {name: node.plain() for name, node in measure.items() if name != "version"}
        self._articles = {name: _plain(node) for name, node in articles.items()}
        self._digests: dict[tuple[str, str], str] = {}
        self._named: dict[str, Any] = {}
        for article, node in articles.items():
            for word, section in node.items():
                for name, child in section.items():
                    self._named[f"{article}.{name}"] = child.plain()
                    if word in NAMING:
                        self._named[name] = child.plain()

    def digest(self, article: str, text: str) -> str:
        """SHA-256 over the reading's text and all that it stands on."""
        if (article, text) not in self._digests:
            self._digests[article, text] = self._digest({article, *self._cited(text)}, text)
        return self._digests[article, text]

    def _digest(self, told: set[str], text: str) -> str:
        content = {
            "measure": self._measure,
            "text": text,
            "articles": {name: self._articles[name] for name in told},
            "named": self._called([self._articles[name] for name in told]),
        }
        plain = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(plain.encode()).hexdigest()

    def _cited(self, text: str) -> set[str]:
        return {
            name
            for name in self._articles
            if name in _WORD.findall(text) or f"第{to_chinese(int(name.rpartition('-')[2]))}条" in text
        }

    def _called(self, left: list[Any]) -> dict[str, Any]:
        """What is called by name, directly or by what is called."""
        found: dict[str, Any] = {}
        while left:
            for word in set(_words(left.pop())) & self._named.keys() - found.keys():
                found[word] = self._named[word]
                left.append(found[word])
        return found


def _plain(article: Node) -> dict[str, Any]:
    return {word: node.plain() for word, node in article.items() if word != "reading"}


def _words(plain: Any) -> Iterator[str]:
    """The words of every text at any depth; of `a.b` also `a`."""
    if isinstance(plain, dict):
        for key, child in plain.items():
            yield from _words(key)
            yield from _words(child)
    elif isinstance(plain, list):
        for child in plain:
            yield from _words(child)
    elif isinstance(plain, str):
        for word in _WORD.findall(plain):
            yield word
            yield word.partition(".")[0]
