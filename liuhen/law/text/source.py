"""A file of any kind that can be read, to its lines: text with or without markup, Word (docx), PDF."""

from liuhen.law.text import pdf, word
from liuhen.law.text.decoding import MAX_BYTES, NotAText, decode
from liuhen.law.text.markup import Page, plain

_PDF = b"%PDF-"
_ZIP = b"PK\x03\x04"
_HEAD = 1024
"""A PDF may begin a little later than at its first byte."""


def page_of(data: bytes) -> tuple[Page, str]:
    """The lines and what they were read from: an encoding's name, `docx` or `pdf`. Raises NotAText."""
    if len(data) > MAX_BYTES:
        raise NotAText(
            f"文件超过{MAX_BYTES // 1024**2}MB，不像是一部法规的正文", "请只选正文，不要连同附图、汇编"
        )
    if data.startswith(_ZIP):
        return word.page_of(data), "docx"
    if _PDF in data[:_HEAD]:
        return pdf.page_of(data), "pdf"
    text, encoding = decode(data)
    return plain(text), encoding
