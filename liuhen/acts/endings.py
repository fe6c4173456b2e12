"""Whether a file that came in has its end: one that was cut off before it was sent is kept, and said to be so."""

from collections.abc import Iterable, Iterator

_TAIL = 66_000
"""A ZIP's end record lies within 65,557 bytes of the end; the ends of others are looked for as far."""
_ZIP = b"PK\x05\x06"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_ENDS = {
    "image/png": b"IEND",
    "application/pdf": b"%%EOF",
    "application/zip": _ZIP,
    "application/ofd": _ZIP,
    f"{_OFFICE}.wordprocessingml.document": _ZIP,
    f"{_OFFICE}.spreadsheetml.sheet": _ZIP,
}
"""The last mark of a whole file, by media type."""
_JPEG_END = b"\xff\xd9"
_JPEG_HEAD = 66_000
"""So far a picture within the picture (EXIF) may end; behind the end of all a telephone may put a film."""
_BOXES = frozenset({"video/mp4", "audio/mp4", "video/quicktime"})
_LONG_BOX = b"\x00\x00\x00\x01"
_SHORT, _LONG = 8, 16
"""Bytes in which a box of ISO/IEC 14496-12 says its length; a length of 0 reaches to the end of the file."""


class Watched:
    """The bytes of a file as they pass by; afterwards `is_cut_off` tells whether they came to their end."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = chunks
        self._size = 0
        self._tail = b""
        self._jpeg_end = -1
        self._box, self._header, self._open = 0, b"", False

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            found = (self._tail[-1:] + chunk).rfind(_JPEG_END)
            if found >= 0:
                self._jpeg_end = self._size - len(self._tail[-1:]) + found
            self._walk(chunk)
            self._size += len(chunk)
            self._tail = (self._tail + chunk)[-_TAIL:]
            yield chunk

    def is_cut_off(self, media_type: str) -> bool:
        """Whether its end is missing; False for kinds of files that do not say where they end."""
        if media_type == "image/jpeg":
            return self._jpeg_end < _JPEG_HEAD and self._jpeg_end + _TAIL < self._size
        if media_type in _BOXES:
            return not self._open and (self._box > self._size or bool(self._header))
        end = _ENDS.get(media_type)
        return end is not None and end not in self._tail

    def _walk(self, chunk: bytes) -> None:
        """From box to box, as far as this chunk goes."""
        while not self._open and (start := self._box + len(self._header) - self._size) < len(chunk):
            wanted = _LONG if self._header[:4] == _LONG_BOX else _SHORT
            self._header += chunk[start : start + wanted - len(self._header)]
            if len(self._header) < wanted or wanted == _SHORT and self._header[:4] == _LONG_BOX:
                continue
            length = int.from_bytes(self._header[8:] if wanted == _LONG else self._header[:4])
            self._open = length < _SHORT
            self._box, self._header = self._box + length, b""
