"""正式字体: faces that an agency puts into its folder come first; what is no face holds nothing up."""

import io
import struct
from pathlib import Path

import pikepdf
import pylopdf_fonts_zh_cn
import pytest

from liuhen.config.cli import main
from liuhen.documents.catalogue import catalogue
from liuhen.documents.context import Issuer, context
from liuhen.documents.fonts import load_fonts, own_faces
from liuhen.documents.render import render
from tests.documents import samples

NAMES = {1: "FangSong_GB2312", 4: "FangSong_GB2312", 6: "FangSong_GB2312", 16: "FangSong_GB2312"}


def named(data: bytes) -> bytes:
    """The same face under the name of an official one."""
    made = bytearray(data)
    (count,) = struct.unpack_from(">H", made, 4)
    tables = {data[at : at + 4]: at for at in range(12, 12 + 16 * count, 16)}
    at = tables[b"name"]
    own = b"".join(name.encode("utf-16-be") for name in NAMES.values())
    head = struct.pack(">HHH", 0, len(NAMES), 6 + 12 * len(NAMES))
    offset, records = 0, b""
    for id, name in NAMES.items():
        records += struct.pack(">HHHHHH", 3, 1, 0x409, id, 2 * len(name), offset)
        offset += 2 * len(name)
    table = head + records + own
    struct.pack_into(">II", made, at + 8, len(made), len(table))
    return bytes(made + table)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "home" / "fonts"
    place.mkdir(parents=True)
    (place / "fangsong.otf").write_bytes(named(Path(pylopdf_fonts_zh_cn.sans_path()).read_bytes()))
    (place / "broken.ttf").write_bytes(b"\0\1\0\0\0\x0bno face")
    (place / "licence.txt").write_text("授权书")
    return place


def test_an_own_face_is_embedded_and_a_broken_one_is_left_out(folder: Path) -> None:
    fonts = load_fonts(str(folder))
    assert dict(fonts.families)["fang"][0] == "FangSong_GB2312"
    assert [path.name for path in own_faces(str(folder))[1]] == ["broken.ttf", "licence.txt"]
    form = catalogue().form("hearing_announcement", 1)
    entry = samples.entry(form.kind, full=False)
    pdf = render(form, context(entry, form, [entry], Issuer("清溪县医疗保障局")), fonts)
    with pikepdf.open(io.BytesIO(pdf)) as made:
        used = {str(font.BaseFont) for page in made.pages for font in page.resources.Font.values()}
    assert any("FangSong_GB2312" in name for name in used), used


def test_the_command_says_which_faces_and_which_files_are_none(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LIUHEN_HOME", str(folder.parent))
    assert main(["documents", "fonts"]) == 1
    said = capsys.readouterr().out
    assert "公文正文（仿宋）：FangSong_GB2312" in said and "broken.ttf：不是字体" in said
    (folder / "broken.ttf").unlink()
    (folder / "licence.txt").unlink()
    assert main(["documents", "fonts"]) == 0
