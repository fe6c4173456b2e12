"""字体: which faces a document is set in, and which characters they have. Pure.

The packaged faces are Noto Serif SC (宋体) and Noto Sans SC (黑体). A folder of licensed official faces
(方正小标宋, 仿宋_GB2312 …) comes first where an agency has one. A character that no face has is printed
as its code point.
"""

import mmap
import struct
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst

from liuhen.kernel.invisible import without_invisible

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


class Coverage:
    """The code points of several faces; a face is read when those before it lack a character."""

    def __init__(self, faces: Sequence[Path]) -> None:
        self._faces = tuple(faces)
        self._known: dict[str, bool] = {}

    def __contains__(self, point: int) -> bool:
        return any(_within(point, *_ranges(face)) for face in self._faces)

    def has(self, char: str) -> bool:
        """Whether a face has this character; each is looked up once."""
        known = self._known.get(char)
        if known is None:
            known = self._known[char] = ord(char) in self
        return known


@dataclass(frozen=True)
class Fonts:
    """The font folders of one installation; `families`: by role, the faces that are there, best first."""

    folders: tuple[str, ...]
    families: tuple[tuple[str, tuple[str, ...]], ...]
    characters: Coverage = field(compare=False)

    def printable(self, text: str) -> str:
        """The text with every character that no face has written as `〔U+20BB7〕`."""
        if text.isascii():
            return text
        text = without_invisible(text)
        has = self.characters.has
        if all(map(has, text)):
            return text
        return "".join(char if has(char) or char in "\n\t" else f"〔U+{ord(char):04X}〕" for char in text)


@cache
def load_fonts(folder: str | None = None) -> Fonts:
    """The packaged faces, before them those in `folder` (FONT_DIR). Raises `FileNotFoundError` in Chinese."""
    own, _ = own_faces(folder)
    files = [
        *own,
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
    return Fonts(folders, families, Coverage(files))


@cache
def faces(folders: tuple[str, ...]) -> typst.Fonts:
    """The faces of some folders, looked for once; the compiler's own stay the last resort."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=list(folders))


def _families(folders: tuple[str, ...]) -> set[str]:
    return {face.family for face in faces(folders).fonts() if face.path}


def own_faces(folder: str | None) -> tuple[list[Path], list[Path]]:
    """The faces of an agency's folder, and its files that are none: these are left out and hold nothing up."""
    if folder is None:
        return [], []
    if not Path(folder).is_dir():
        raise FileNotFoundError(f"字体目录 {folder} 不存在：请检查 FONT_DIR 的设置")
    found = sorted(path for path in Path(folder).iterdir() if path.is_file())
    good = [path for path in found if path.suffix.lower() in _EXTENSIONS and _is_face(path)]
    return good, [path for path in found if path not in good]


def _is_face(path: Path) -> bool:
    try:
        return bool(_ranges(path)[0])
    except (OSError, ValueError, struct.error):
        return False


def _rare_faces() -> list[Path]:
    spec = find_spec(_RARE_FACES)
    if spec is None or not spec.submodule_search_locations:
        return []
    return sorted(path for place in spec.submodule_search_locations for path in Path(place).glob("*.otf"))


def _within(point: int, firsts: Sequence[int], lasts: Sequence[int]) -> bool:
    at = bisect_right(firsts, point) - 1
    return at >= 0 and point <= lasts[at]


@cache
def _ranges(path: Path) -> tuple[list[int], list[int]]:
    """The code points of a face as ranges that do not touch: their firsts, and their lasts."""
    firsts: list[int] = []
    lasts: list[int] = []
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        found = sorted(covered(data))
    for first, last in found:
        if lasts and first <= lasts[-1] + 1:
            lasts[-1] = max(lasts[-1], last)
        else:
            firsts.append(first)
            lasts.append(last)
    return firsts, lasts


def covered(data: bytes | mmap.mmap) -> list[tuple[int, int]]:
    """The code points that a font file (of a collection: its first face) has glyphs for: first and last of each run."""
    base = struct.unpack_from(">I", data, 12)[0] if data[:4] == b"ttcf" else 0
    (count,) = struct.unpack_from(">H", data, base + 4)
    for i in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, base + 12 + 16 * i)
        if tag == b"cmap":
            return _cmap(data, offset)
    return []


def _cmap(data: bytes | mmap.mmap, start: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    (count,) = struct.unpack_from(">H", data, start + 2)
    for i in range(count):
        (offset,) = struct.unpack_from(">I", data, start + 8 + 8 * i)
        (form,) = struct.unpack_from(">H", data, start + offset)
        if form == 12:
            found += _groups(data, start + offset)
        elif form == 4:
            found += _segments(data, start + offset)
    return found


def _groups(data: bytes | mmap.mmap, start: int) -> list[tuple[int, int]]:
    (count,) = struct.unpack_from(">I", data, start + 12)
    numbers = struct.unpack_from(f">{3 * count}I", data, start + 16)
    return list(zip(numbers[::3], numbers[1::3], strict=True))


def _segments(data: bytes | mmap.mmap, start: int) -> list[tuple[int, int]]:
    (doubled,) = struct.unpack_from(">H", data, start + 6)
    lasts = struct.unpack_from(f">{doubled // 2}H", data, start + 14)
    firsts = struct.unpack_from(f">{doubled // 2}H", data, start + 16 + doubled)
    return [(first, last) for first, last in zip(firsts, lasts, strict=True) if first != 0xFFFF]
