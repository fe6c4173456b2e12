"""Text of a PDF made by us: glyphs back to characters by each font's ToUnicode map, without white space."""

import io
import re
from typing import Any

import pikepdf

_CHAR = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
_RANGE = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")


def text_of(pdf: bytes, *, pages: bool = False) -> Any:
    """All text of a PDF, or one text a page."""
    document = pikepdf.open(io.BytesIO(pdf))
    texts = [re.sub(r"\s", "", _page(page)) for page in document.pages]
    return texts if pages else "".join(texts)


def _page(page: Any) -> str:
    maps = {
        str(name): _map(font.ToUnicode.read_bytes()) for name, font in page.resources.get("/Font", {}).items()
    }
    current: dict[bytes, str] = {}
    out: list[str] = []
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator == "Tf":
            current = maps[str(instruction.operands[0])]
        elif operator == "Tj":
            out.append(_decode(instruction.operands[0], current))
        elif operator == "TJ":
            out += [_decode(it, current) for it in instruction.operands[0] if isinstance(it, pikepdf.String)]
    return "".join(out)


def _decode(string: Any, mapping: dict[bytes, str]) -> str:
    data = bytes(string)
    return "".join(mapping.get(data[i : i + 2], "\N{REPLACEMENT CHARACTER}") for i in range(0, len(data), 2))


def _map(cmap: bytes) -> dict[bytes, str]:
    found: dict[bytes, str] = {}
    for section in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, value in _CHAR.findall(section):
            found[bytes.fromhex(code.decode())] = bytes.fromhex(value.decode()).decode("utf-16-be")
    for section in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, value in _RANGE.findall(section):
            start, size = int(first, 16), len(first) // 2
            text = bytes.fromhex(value.decode())
            for i in range(int(last, 16) - start + 1):
                moved = text[:-2] + (int.from_bytes(text[-2:], "big") + i).to_bytes(2, "big")
                found[(start + i).to_bytes(size, "big")] = moved.decode("utf-16-be")
    return found
