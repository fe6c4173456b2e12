"""Bytes to text: UTF-8, UTF-16 with a mark, or GB18030; and what is no text at all."""

from typing import Final

MAX_BYTES: Final = 50 * 1024 * 1024
MAX_CHARS: Final = 2_000_000
"""The Civil Code has 110,000 characters."""
_NOT_TEXT: Final = {
    b"\xd0\xcf\x11\xe0": "旧式 Word（doc）文件",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"{\\rtf": "RTF 文件",
}
REMEDY: Final = "请另存为 docx 文件，或者 UTF-8 编码的 txt、md、html 文件后再读"


class NotAText(ValueError):
    """The bytes are no text that can be read. The message is for the user, `remedy` what he can do."""

    def __init__(self, say: str, remedy: str = REMEDY) -> None:
        super().__init__(say)
        self.remedy = remedy


def decode(data: bytes) -> tuple[str, str]:
    """Text and the encoding's name; NotAText (Chinese message) when there is none."""
    for magic, what in _NOT_TEXT.items():
        if data.startswith(magic):
            raise NotAText(f"这是{what}，不是文本")
    for encoding in _candidates(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if any(char < " " and char not in "\t\n\r\f\v" for char in text):
            raise NotAText("文件含有控制字符，不是文本")
        if not text.strip("\ufeff \t\r\n\f\u3000"):
            raise NotAText("文件是空的")
        bounded(len(text))
        return text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff"), encoding
    raise NotAText("编码既不是 UTF-8，也不是 GB18030")


def bounded(characters: int) -> None:
    """NotAText where a text is longer than any regulation."""
    if characters > MAX_CHARS:
        raise NotAText(f"文字超过{MAX_CHARS // 10_000}万字，不像是法规正文", "请只选正文；汇编请分成几份再读")


def _candidates(data: bytes) -> tuple[str, ...]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    return ("utf-8", "gb18030")
