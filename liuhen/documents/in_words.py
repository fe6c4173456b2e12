"""文书的文字: what a document says, line by line, without its seal, signatures, pictures and codes. Pure."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Block = Mapping[str, Any]


def in_words(content: Mapping[str, Any]) -> str:
    """The title, the number, the blocks in their order, who issued it and when."""
    lines = [content["title"], content["number"]]
    for block in content["blocks"]:
        lines += _PIECES.get(block["kind"], _none)(block)
    lines += [content["agency"], content["date"]]
    return "\n".join(line for line in lines if line)


def _none(_: Block) -> Iterator[str]:
    return iter(())


def _long(block: Block) -> Iterator[str]:
    yield block["label"]
    yield from block["value"]


def _rows(block: Block) -> Iterator[str]:
    for row in block["rows"]:
        for cell in row:
            yield f"{cell['label']}：{'；'.join(cell['value'])}"


def _table(block: Block) -> Iterator[str]:
    yield block["label"]
    for cells in block["rows"]:
        yield "　".join(filter(None, cells))


_PIECES: Mapping[str, Callable[[Block], Iterator[str]]] = {
    "text": lambda block: iter(block["value"]),
    "heading": lambda block: iter([block["text"]]),
    "long": _long,
    "rows": _rows,
    "table": _table,
}
