"""批量打印: several documents as one PDF with a bookmark each, each on a sheet of its own if wished."""

import io
from collections.abc import Sequence

import pikepdf


def together(documents: Sequence[tuple[str, bytes]], *, two_sided: bool = False) -> bytes:
    """(title, PDF) of each, in this order. `two_sided`: an empty page after one that would end on a front."""
    book, out = pikepdf.new(), io.BytesIO()
    with book.open_outline() as outline:
        for title, pdf in documents:
            if two_sided and len(book.pages) % 2:
                book.add_blank_page()
            outline.root.append(pikepdf.OutlineItem(title, len(book.pages)))
            with pikepdf.open(io.BytesIO(pdf)) as source:
                book.pages.extend(source.pages)
    book.save(out, static_id=True)
    return out.getvalue()
