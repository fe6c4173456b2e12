"""排版: a context becomes a PDF/A-2b or a picture, by one template. Same data, same fonts, same bytes."""

import json
import re
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import typst

from liuhen.documents.codes import pictures
from liuhen.documents.fonts import Fonts, faces
from liuhen.documents.forms import Form
from liuhen.documents.pictures import drawn

TEMPLATE_VERSION = 10
"""Raised when the template changes what a page looks like; part of every cached PDF's digest."""

_COUNT = re.compile(rb"/Type/Pages/Count (\d+)")
_NOWHERE = "liuhen:///"
"""What a code begins with where there is no public site: it still brings a scan back to its place."""

_ON_A_PAGE = {"letter": 450, "record": 700, "table": 640, "cover": 400}
"""Characters that fit on one page of a layout at least."""
_BLOCKS_ON_A_PAGE = 8
_STANDARD = "a-2b"
_TEMPLATES = Path(__file__).parent / "templates"


class RenderError(RuntimeError):
    """文书排版失败. The message is Chinese and holds the template's own diagnostic."""


class _Press:
    """One compiler with its fonts kept warm; each thread has its own, so that two documents are set at once."""

    def __init__(self, fonts: Fonts, template: str) -> None:
        self._compiler = typst.Compiler(
            input=str(_TEMPLATES / template),
            root=str(_TEMPLATES),
            font_paths=faces(fonts.folders),
            ignore_system_fonts=True,
        )

    def compile(self, data: str, **options: Any) -> Any:
        return self._compiler.compile(sys_inputs={"data": data}, **options)


_presses = threading.local()


def _press(fonts: Fonts, template: str = "document.typ") -> _Press:
    own: dict[tuple[Fonts, str], _Press] = _presses.__dict__.setdefault("own", {})
    if (fonts, template) not in own:
        own[fonts, template] = _Press(fonts, template)
    return own[fonts, template]


def render(form: Form, context: Mapping[str, Any], fonts: Fonts) -> bytes:
    """The document as PDF/A-2b with embedded fonts; its date is the context's `instant` (milliseconds UTC).

    Raises `RenderError`.
    """
    pdf = _compile(form, context, fonts, format="pdf", pdf_standards=_STANDARD, pdf_tags=False)
    return bytes(pdf)


def render_png(form: Form, context: Mapping[str, Any], fonts: Fonts, *, ppi: int = 96) -> list[bytes]:
    """The document's pages as pictures, for a preview on the screen."""
    pages = _compile(form, context, fonts, format="png", ppi=ppi)
    return [bytes(page) for page in pages] if isinstance(pages, list) else [bytes(pages)]


def render_svg(form: Form, context: Mapping[str, Any], fonts: Fonts) -> list[bytes]:
    """The same as drawings: sharp at any size, and half the work of pictures; for what is shown while it is typed."""
    pages = _compile(form, context, fonts, format="svg")
    return [bytes(page) for page in pages] if isinstance(pages, list) else [bytes(pages)]


def render_numbers(count: int, fonts: Fonts) -> bytes:
    """`count` empty A4 pages numbered from 1 at the lower right, to be laid over the pages of a volume."""
    data = json.dumps({"count": count, "fonts": dict(fonts.families)}, ensure_ascii=False)
    return bytes(_press(fonts, "numbers.typ").compile(data, format="pdf", timestamp=0, pdf_tags=False))


def render_list(data: Mapping[str, Any], fonts: Fonts) -> bytes:
    """A long table whose pages bear their own totals (明细确认表), as PDF/A-2b; `instant` is its date."""
    return _sheet("list.typ", data, fonts)


def render_table(data: Mapping[str, Any], fonts: Fonts) -> bytes:
    """Several tables with their titles (一周待办), as PDF/A-2b; `instant` is its date."""
    return _sheet("tables.typ", data, fonts)


def _sheet(template: str, data: Mapping[str, Any], fonts: Fonts) -> bytes:
    whole = printable(dict(data), fonts) | {"fonts": dict(fonts.families)}
    text = json.dumps(whole, ensure_ascii=False)
    made = _press(fonts, template).compile(
        text, format="pdf", pdf_standards=_STANDARD, timestamp=data["instant"] // 1000, pdf_tags=False
    )
    return bytes(made)


def _compile(form: Form, context: Mapping[str, Any], fonts: Fonts, **options: Any) -> Any:
    """Set the document; once more with more codes where it has more pages than were thought."""
    data = printable(dict(context), fonts) | {"layout": form.layout, "fonts": dict(fonts.families)}
    data["blocks"] = [_with_pictures(block) for block in data["blocks"]]
    check, expected = context.get("check"), _thought(form.layout, context["blocks"])
    while True:
        data["codes"] = _codes(check, expected) if check else []
        text = json.dumps(data, ensure_ascii=False, sort_keys=True)
        try:
            made = _press(fonts).compile(text, timestamp=int(context["instant"]) // 1000, **options)
        except typst.TypstError as error:
            raise RenderError(f"《{form.title}》排版失败：{error}") from error
        if not check or (pages := _pages(made)) <= expected:
            return made
        expected = pages


def _with_pictures(block: dict[str, Any]) -> dict[str, Any]:
    """The block with what its pictures look like."""
    if block["kind"] != "pictures":
        return block
    return {**block, "items": [{**one, "picture": drawn(one)} for one in block["items"]]}


def _codes(check: Mapping[str, str], pages: int) -> list[str]:
    return pictures(check["site"] or _NOWHERE, check["code"], pages)


def _thought(layout: str, blocks: Sequence[Mapping[str, Any]]) -> int:
    """How many pages a document may have, rather too many than too few: a code too many is drawn faster than it all."""
    return 1 + max(1, sum(map(_length, blocks)) // _ON_A_PAGE[layout] + len(blocks) // _BLOCKS_ON_A_PAGE)


def _length(value: Any) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, Mapping):
        return sum(map(_length, value.values()))
    return sum(map(_length, value)) if isinstance(value, list | tuple) else 0


def _pages(made: Any) -> int:
    if isinstance(made, list):
        return len(made)
    found = _COUNT.search(made)
    return int(found[1]) if found else 1


def printable(value: Any, fonts: Fonts) -> Any:
    """The same data with unprintable characters written out."""
    if isinstance(value, str):
        return fonts.printable(value)
    if isinstance(value, Mapping):
        return {key: printable(child, fonts) for key, child in value.items()}
    if isinstance(value, list | tuple):
        return [printable(child, fonts) for child in value]
    return value
