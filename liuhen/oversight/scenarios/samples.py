"""Small real files for uploads that a scenario only names: a photograph, a clip, a sound, a scan, a text."""

import wave
from fractions import Fraction
from functools import cache
from io import BytesIO
from pathlib import PurePath
from typing import Any

import av
from PIL import Image, ImageDraw

SECONDS, FRAMES, SHOWN = 2, 10, 20
_LONG = 60
_PICTURE = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".pdf": "PDF"}
_VIDEO = {".webm": ("webm", "libvpx"), ".mp4": ("mp4", "mpeg4"), ".mkv": ("matroska", "libvpx")}


class NoSample(ValueError):
    """No small file of that kind can be made; the message is Chinese."""


def sample(name: str, seconds: int = SECONDS) -> bytes:
    """The bytes of a small file that is what its name says; sound and video last so long. Raises `NoSample`."""
    suffix = PurePath(name).suffix.lower()
    if suffix in _PICTURE:
        return _picture(PurePath(name).stem, _PICTURE[suffix])
    if suffix in _VIDEO:
        return _video(*_VIDEO[suffix], seconds)
    if suffix == ".wav":
        return _sound(seconds)
    if suffix in (".txt", ".csv"):
        return f"{name}\n".encode()
    raise NoSample(
        f"不能自动生成“{name}”：可写 jpg、png、webm、mp4、wav、pdf、txt，或者用 path 指明一个真实的文件"
    )


def _picture(words: str, form: str) -> bytes:
    shade = sum(words.encode()) % 120
    image = Image.new("RGB", (320, 240), (90 + shade, 120, 200 - shade))
    draw = ImageDraw.Draw(image)
    draw.rectangle((40, 80, 280, 200), fill=(235, 235, 230), outline=(60, 60, 60), width=3)
    out = BytesIO()
    image.save(out, form)
    return out.getvalue()


@cache
def _video(container: str, codec: str, seconds: int) -> bytes:
    """A few pictures, spread over as long as it lasts."""
    out = BytesIO()
    file: Any = av.open(out, "w", format=container)
    frames: Any = av.VideoFrame
    with file:
        stream = file.add_stream(codec, rate=FRAMES)
        stream.width, stream.height, stream.pix_fmt = 160, 120, "yuv420p"
        stream.time_base = Fraction(1, FRAMES)
        for number in range(SHOWN):
            frame = frames.from_image(Image.new("RGB", (160, 120), (60, 90 + 5 * number, 140)))
            frame.pts = seconds * FRAMES * number // (SHOWN - 1)
            file.mux(stream.encode(frame))
        file.mux(stream.encode())
    return out.getvalue()


@cache
def _sound(seconds: int) -> bytes:
    """Silence; a long one at a low rate, for its size."""
    rate = 8000 if seconds <= _LONG else 8
    out = BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(b"\0\0" * rate * seconds)
    return out.getvalue()
