"""Official texts: read into chapters, articles, paragraphs and items, and kept under their digest. Pure.

`read(data, name)` splits a text; `Library` keeps texts in a folder and answers which wording 第X条 has.
"""

from liuhen.law.text.decoding import MAX_BYTES
from liuhen.law.text.library import Altered, Library, NotKept
from liuhen.law.text.model import (
    Article,
    Finding,
    Item,
    Paragraph,
    Reading,
    Regulation,
    Section,
    SetAside,
    as_json,
)
from liuhen.law.text.reading import read

__all__ = [
    "MAX_BYTES",
    "Altered",
    "Article",
    "Finding",
    "Item",
    "Library",
    "NotKept",
    "Paragraph",
    "Reading",
    "Regulation",
    "Section",
    "SetAside",
    "as_json",
    "read",
]
