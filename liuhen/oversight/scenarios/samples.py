"""Small real files for uploads that a scenario only names: a photograph, a clip, a sound, a scan, a text."""

import wave
from fractions import Fraction
from functools import cache
from io import BytesIO
from pathlib import PurePath
from typing import Any

import av
from PIL import Image, ImageDraw

SECONDS, FRAMES = 2, 10
_VIDEO = {".webm": ("webm", "libvpx"), ".mp4": ("mp4", "mpeg4"), ".mkv": ("matroska", "libvpx")}
_PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj
xref
0 4
0000000000 65535 f 
0000000009 00000 n 
0000000054 00000 n 
0000000105 00000 n 
trailer<</Size 4/Root 1 0 R>>
startxref
168
%%EOF
"""


class NoSample(ValueError):
    """No small file of that kind can be made; the message is Chinese."""


def sample(name: str) -> bytes:
    """The bytes of a small file that is what its name says. Raises `NoSample`."""
    suffix = PurePath(name).suffix.lower()
    if suffix in (".jpg", ".jpeg", ".png"):
        return _picture(PurePath(name).stem, "JPEG" if suffix != ".png" else "PNG")
    if suffix in _VIDEO:
        return _video(*_VIDEO[suffix])
    if suffix == ".wav":
        return _sound()
    if suffix == ".pdf":
        return _PDF + f"% {name}\n".encode()
    if suffix in (".txt", ".csv"):
        return f"{name}\n".encode()
    raise NoSample(f"不能自动生成“{name}”：可写 jpg、png、webm、mp4、wav、pdf、txt，或者用 path 指明一个真实的文件")


def _picture(words: str, form: str) -> bytes:
    shade = sum(words.encode()) % 120
    image = Image.new("RGB", (320, 240), (90 + shade, 120, 200 - shade))
    draw = ImageDraw.Draw(image)
    draw.rectangle((40, 80, 280, 200), fill=(235, 235, 230), outline=(60, 60, 60), width=3)
    out = BytesIO()
    image.save(out, form)
    return out.getvalue()


@cache
def _video(container: str, codec: str) -> bytes:
    out = BytesIO()
    file: Any = av.open(out, "w", format=container)
    with file:
        stream = file.add_stream(codec, rate=FRAMES)
        stream.width, stream.height, stream.pix_fmt = 160, 120, "yuv420p"
        stream.time_base = Fraction(1, FRAMES)
        for number in range(SECONDS * FRAMES):
            image = Image.new("RGB", (160, 120), (60, 90 + 5 * number, 140))
            frame = av.VideoFrame.from_image(image)
            file.mux(stream.encode(frame))
        file.mux(stream.encode())
    return out.getvalue()


@cache
def _sound() -> bytes:
    out = BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(b"\0\0" * 8000 * SECONDS)
    return out.getvalue()
