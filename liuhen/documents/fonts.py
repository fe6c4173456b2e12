"""字体: which faces a document is set in, and which characters they have. Pure.

The packaged faces are Noto Serif SC (宋体) and Noto Sans SC (黑体). A folder of licensed official faces
(方正小标宋, 仿宋_GB2312 …) comes first where an agency has one. A character that no face has is printed
as its code point.
"""

import struct
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst

_EXTENSIONS = (".otf", ".ttf", ".ttc")
_RARE_FACES = "cvttf_NotoSansCJK_Regular"
"""An optional package with the whole of Noto Sans CJK: two thousand characters of 扩展B more."""

_PREFERRED = {
    "song": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "SimSun", "Noto Serif SC"),
    "hei": ("SimHei", "FZHei-B01S", "Noto Sans SC"),
    "fang": ("FangSong_GB2312", "FangSong", "FZFangSong-Z02S", "FandolFang R", "Noto Serif SC"),
    "kai": ("KaiTi_GB2312", "KaiTi", "FZKai-Z03S", "LXGW WenKai", "Noto Serif SC"),
}
_LAST = ("Noto Serif SC", "Noto Sans SC", "Noto Serif CJK SC", "Noto Sans CJK TC", "Noto Sans CJK SC")


@dataclass(frozen=True)
class Fonts:
    """The font folders of one installation; `families`: by role, the faces that are there, best first."""

    folders: tuple[str, ...]
    families: tuple[tuple[str, tuple[str, ...]], ...]
    characters: frozenset[int]

    def printable(self, text: str) -> str:
        """The text with every character that no face has written as `〔U+20BB7〕`."""
        if text.isascii():
            return text
        return "".join(
            char if ord(char) in self.characters or char in "\n\t" else f"〔U+{ord(char):04X}〕"
            for char in text
        )


@cache
def load_fonts(folder: str | None = None) -> Fonts:
    """The packaged faces, before them those in `folder` (FONT_DIR). Raises `FileNotFoundError` in Chinese."""
    files = [
        *_own_faces(folder),
        Path(pylopdf_fonts_zh_cn.serif_path()),
        Path(pylopdf_fonts_zh_cn.sans_path()),
    ]
    files += _rare_faces()
    folders = tuple(dict.fromkeys(str(path.parent) for path in files))
    known = _families(folders)
    families = tuple(
        (role, tuple(dict.fromkeys(name for name in (*names, *_LAST, *sorted(known)) if name in known)))
        for role, names in _PREFERRED.items()
    )
    characters: set[int] = set()
    for path in files:
        characters |= covered(path.read_bytes())
    return Fonts(folders, families, frozenset(characters))


def _families(folders: tuple[str, ...]) -> set[str]:
    faces = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders))
    return set(faces.families())


def _own_faces(folder: str | None) -> list[Path]:
    if folder is None:
        return []
    if not Path(folder).is_dir():
        raise FileNotFoundError(f"字体目录 {folder} 不存在：请检查 FONT_DIR 的设置")
    return sorted(path for path in Path(folder).iterdir() if path.suffix.lower() in _EXTENSIONS)


def _rare_faces() -> list[Path]:
    spec = find_spec(_RARE_FACES)
    if spec is None or not spec.submodule_search_locations:
        return []
    return sorted(path for place in spec.submodule_search_locations for path in Path(place).glob("*.otf"))


def covered(data: bytes) -> set[int]:
    """The code points that a font file (of a collection: its first face) has glyphs for."""
    base = struct.unpack_from(">I", data, 12)[0] if data[:4] == b"ttcf" else 0
    (count,) = struct.unpack_from(">H", data, base + 4)
    for i in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, base + 12 + 16 * i)
        if tag == b"cmap":
            return _cmap(data, offset)
    return set()


def _cmap(data: bytes, start: int) -> set[int]:
    found: set[int] = set()
    (count,) = struct.unpack_from(">H", data, start + 2)
    for i in range(count):
        (offset,) = struct.unpack_from(">I", data, start + 8 + 8 * i)
        (form,) = struct.unpack_from(">H", data, start + offset)
        if form == 12:
            found |= _groups(data, start + offset)
        elif form == 4:
            found |= _segments(data, start + offset)
    return found


def _groups(data: bytes, start: int) -> set[int]:
    (count,) = struct.unpack_from(">I", data, start + 12)
    found: set[int] = set()
    for i in range(count):
        first, last, _ = struct.unpack_from(">III", data, start + 16 + 12 * i)
        found.update(range(first, last + 1))
    return found


def _segments(data: bytes, start: int) -> set[int]:
    (doubled,) = struct.unpack_from(">H", data, start + 6)
    found: set[int] = set()
    for i in range(doubled // 2):
        (last,) = struct.unpack_from(">H", data, start + 14 + 2 * i)
        (first,) = struct.unpack_from(">H", data, start + 16 + doubled + 2 * i)
        if first != 0xFFFF:
            found.update(range(first, last + 1))
    return found
