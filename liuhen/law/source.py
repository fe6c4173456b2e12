"""YAML 1.2 with the line of every value kept: the form in which packs, dictionaries and facts are read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from liuhen.law import parsed
from liuhen.law.problems import PackError, Place, Problem

_INT = re.compile(r"-?(0|[1-9][0-9]*)")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}

Plain = str | int | bool | None | list[Any] | dict[str, Any]


@dataclass(frozen=True)
class Node:
    """A value with its place. `value` is text, integer, truth, None, a list of nodes or a dict of nodes."""

    value: Any
    place: Place

    def plain(self) -> Plain:
        """The value without places."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        plain: Plain = self.value
        return plain

    def get(self, key: str) -> "Node | None":
        """The node under a key of a mapping; None where there is none."""
        return self.value.get(key) if isinstance(self.value, dict) else None

    def items(self) -> Iterator[tuple[str, "Node"]]:
        """Pairs of a mapping; nothing for anything else."""
        if isinstance(self.value, dict):
            yield from self.value.items()

    def many(self) -> list["Node"]:
        """The nodes of a list, or this one alone."""
        return list(self.value) if isinstance(self.value, list) else [self]

    def is_map(self) -> bool:
        """Whether it is a mapping."""
        return isinstance(self.value, dict)


def read(path: Path, shown: str | None = None) -> Node:
    """One YAML file as nodes. Raises `PackError` for bad YAML, a key written twice, or a file not in UTF-8."""
    file = shown or path.name
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise PackError(
            [Problem(Place(file, 1), None, "文件不是 UTF-8 编码", "用 UTF-8 编码另存")]
        ) from error
    if (said := parsed.find(path, text)) is not None:
        return _node(said, file)
    node = parse(text, file)
    parsed.keep(path, text, _said(node))
    return node


def _said(node: Node) -> list[Any]:
    """Line and value of a node and all beneath it, as JSON can hold them."""
    value = node.value
    if isinstance(value, dict):
        value = {key: _said(child) for key, child in value.items()}
    elif isinstance(value, list):
        value = [_said(child) for child in value]
    return [node.place.line, value]


def _node(said: Any, file: str) -> Node:
    """A node again, out of what was kept of it."""
    line, value = said
    if isinstance(value, dict):
        value = {key: _node(child, file) for key, child in value.items()}
    elif isinstance(value, list):
        value = [_node(child, file) for child in value]
    return Node(value, Place(file, line))


def parse(text: str, file: str) -> Node:
    """YAML text as nodes; an empty text is an empty mapping."""
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        line = (error.problem_mark.line + 1) if error.problem_mark else 1
        remedy = "检查缩进、冒号和引号；含有 [ ] { } : # 的条件要加双引号"
        raise PackError(
            [Problem(Place(file, line), None, f"不是正确的 YAML：{error.problem}", remedy)]
        ) from error
    if root is None:
        return Node({}, Place(file, 1))
    return _convert(root, file)


def _convert(node: Any, file: str) -> Node:
    place = Place(file, node.start_mark.line + 1)
    if isinstance(node, ScalarNode):
        return Node(_scalar(node), place)
    if isinstance(node, SequenceNode):
        return Node([_convert(item, file) for item in node.value], place)
    if not isinstance(node, MappingNode):
        raise PackError([Problem(place, None, "看不懂的写法", "只用文字、列表和“名字: 值”")])
    pairs: dict[str, Node] = {}
    for key, value in node.value:
        name = str(key.value)
        if name in pairs:
            where = Place(file, key.start_mark.line + 1)
            text = f"“{name}”写了两次（上一次在第{pairs[name].place.line}行）"
            raise PackError([Problem(where, None, text, "去掉一个，或者改名")])
        child = _convert(value, file)
        pairs[name] = Node(child.value, Place(file, key.start_mark.line + 1))
    return Node(pairs, place)


def _scalar(node: ScalarNode) -> str | int | bool | None:
    text = str(node.value)
    if node.style is not None:
        return text
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if _INT.fullmatch(text) else text
