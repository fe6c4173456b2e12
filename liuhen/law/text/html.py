"""HTML to rows of text. A tag that HTML does not know stays in the text as printed."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from liuhen.law.text.model import SetAside


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


_FLOW: Final = _tags("p li dt dd td th caption h1 h2 h3 h4 h5 h6")
_BLOCK: Final = _FLOW | _tags(
    "address article aside blockquote body br center details div dl footer header hr html main nav ol pre "
    "section summary table tbody tfoot thead tr ul"
)
_INLINE: Final = _tags(
    "a abbr b big cite code em font i ins img kbd mark o:p s small span strong sub sup tt u wbr "
    "colgroup col link meta base"
)
_HIDDEN: Final = _tags("script style head title noscript template")
_KNOWN: Final = _BLOCK | _INLINE | _HIDDEN
_NAMES: Final = "|".join(sorted(_KNOWN))
_PRESENT: Final = re.compile(rf"<!--|<!doctype|</?(?:{_NAMES})(?:\s[^<>]*)?/?>|&(?:[a-z]{{2,8}}|#\d+);", re.I)
_CELLS: Final = frozenset(("td", "th"))


@dataclass
class Printed:
    """Rows as (source line, text, heading level), the page's title, and what was set aside."""

    rows: list[tuple[int, str, int]] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    title: str = ""


def present(text: str) -> bool:
    """Whether the text holds any HTML."""
    return _PRESENT.search(text) is not None


def read(text: str) -> Printed:
    """The rows that a browser would show."""
    parser = _Rows()
    parser.feed(text)
    parser.close()
    parser.end_row()
    return parser.out


class _Rows(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out = Printed()
        self._row, self._line, self._level = "", 0, 0
        self._flow = self._pre = self._soft = False
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _KNOWN:
            self._put(self.get_starttag_text() or "", self.getpos()[0])
        elif tag in _HIDDEN:
            self._hidden.append(tag)
        elif tag in _CELLS and self._row.strip():
            self._row += "\t"
        elif tag in _BLOCK:
            self.end_row()
        if tag in _FLOW:
            self._flow = True
            self._level = int(tag[1]) if tag[0] == "h" and tag[1:].isdigit() else self._level
        self._pre = self._pre or tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if tag not in _KNOWN:
            self._put(f"</{tag}>", self.getpos()[0])
        elif tag in _HIDDEN:
            if tag in self._hidden:
                del self._hidden[self._hidden.index(tag) :]
        elif tag in _BLOCK and tag not in _CELLS:
            self.end_row()
        if tag in _FLOW:
            self._flow, self._level = False, 0
        self._pre = self._pre and tag != "pre"

    def handle_data(self, data: str) -> None:
        line = self.getpos()[0]
        if self._hidden:
            self._hide(data, line)
            return
        pieces = data.split("\n")
        for offset, piece in enumerate(pieces):
            if offset:
                self._end_line(blank=not piece.strip() and offset < len(pieces) - 1)
            self._put(piece, line + offset)

    def handle_comment(self, data: str) -> None:
        self._note(data, "网页注释")

    def handle_decl(self, decl: str) -> None:
        self._note(decl, "网页声明")

    def unknown_decl(self, data: str) -> None:
        self._note(data, "网页声明")

    def handle_pi(self, data: str) -> None:
        self._note(data, "网页声明")

    def end_row(self) -> None:
        """The row so far is whole."""
        if self._row.strip():
            self.out.rows.append((self._line, self._row, self._level))
        self._row, self._soft = "", False

    def _end_line(self, *, blank: bool) -> None:
        """A line of the source ends: inside a paragraph that means nothing, elsewhere a new row."""
        if blank or self._pre or not self._flow:
            self.end_row()
        else:
            self._soft = True

    def _put(self, text: str, line: int) -> None:
        if self._soft:
            text = text.lstrip(" \t\r")
            if not text:
                return
            latin = self._row[-1:].isascii() and text[0].isascii()
            self._row, self._soft = self._row.rstrip(" \t\r") + (" " if self._row and latin else ""), False
        if not self._row.strip():
            self._line = line
        self._row += text

    def _hide(self, data: str, line: int) -> None:
        if self._hidden[-1] == "title":
            self.out.title += data.strip()
        self._note(data, "网页头部" if self._hidden[-1] in ("head", "title") else "网页脚本与样式", line)

    def _note(self, data: str, why: str, line: int = 0) -> None:
        if data.strip():
            self.out.set_aside.append(SetAside(line or self.getpos()[0], data.strip(), why))
