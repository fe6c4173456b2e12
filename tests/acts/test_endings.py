"""A file that was cut off before it was sent is told from a whole one, however it comes in."""

import io
import zipfile

import pytest

from liuhen.acts.endings import Watched


def _box(name: bytes, body: bytes) -> bytes:
    return (8 + len(body)).to_bytes(4) + name + body


def _long_box(name: bytes, body: bytes) -> bytes:
    return (1).to_bytes(4) + name + (16 + len(body)).to_bytes(8) + body


def _zip() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("清单.txt", "收费清单" * 100)
    return made.getvalue()


MP4 = (
    _box(b"ftyp", b"isom") + _long_box(b"mdat", bytes(3_000)) + _box(b"moov", bytes(500)) + _box(b"free", b"")
)
JPEG = b"\xff\xd8" + b"\x00" * 10_000 + b"\xff\xd9" + b"\x01" * 200_000 + b"\xff\xd9"
WHOLE = {
    "video/mp4": MP4,
    "image/jpeg": JPEG,
    "image/png": b"\x89PNG\r\n\x1a\n" + bytes(200) + b"IEND\xaeB`\x82",
    "application/pdf": b"%PDF-1.7\n" + b"x" * 300 + b"\n%%EOF\n",
    "application/zip": _zip(),
}


def _cut_off(data: bytes, media_type: str, step: int) -> bool:
    watched = Watched(data[at : at + step] for at in range(0, len(data), step))
    assert b"".join(watched) == data
    return watched.is_cut_off(media_type)


@pytest.mark.parametrize("media_type", WHOLE)
@pytest.mark.parametrize("step", [7, 4096])
def test_a_whole_file_is_whole_and_half_of_it_is_not(media_type: str, step: int) -> None:
    data = WHOLE[media_type]
    assert not _cut_off(data, media_type, step)
    assert _cut_off(data[: len(data) // 2], media_type, step)


def test_a_film_is_cut_off_at_every_byte_but_between_its_parts() -> None:
    ends = {len(part) for part in (b"", MP4[:12], MP4[:3028], MP4[:3536], MP4)}
    assert {at for at in range(len(MP4) + 1) if not _cut_off(MP4[:at], "video/mp4", 1_000)} == ends


def test_what_a_telephone_puts_behind_a_picture_does_not_cut_it_off() -> None:
    assert not _cut_off(JPEG + bytes(300_000), "image/jpeg", 65_536)


def test_a_box_to_the_end_of_the_file_has_its_end() -> None:
    assert not _cut_off(_box(b"ftyp", b"isom") + bytes(4) + b"mdat" + bytes(90), "video/mp4", 16)


def test_what_does_not_say_where_it_ends_is_taken_as_it_is() -> None:
    assert not _cut_off(b"ID3" + bytes(50), "audio/mpeg", 16)
