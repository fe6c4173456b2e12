"""Pictures that go to the public site: made anew from their pixels, so that nothing hidden in a file goes along."""

import io

from PIL import Image, UnidentifiedImageError

LARGEST = 1_200_000
"""Bytes of one published picture at most; the whole publication has its own bound."""
_WIDEST = 2_000
_SMALLER = 0.7
_PIXELS_MAX = 60_000_000


class NotAPicture(ValueError):
    """A file that cannot be shown; the message is Chinese."""


def shown_picture(data: bytes) -> bytes:
    """The picture as PNG, without place, maker or anything else that the file carried. Raises `NotAPicture`."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > _PIXELS_MAX:
                raise NotAPicture("图片太大，请缩小以后再上传")
            image.thumbnail((_WIDEST, _WIDEST * 4))
            plain = image.convert("RGB")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise NotAPicture("公示网站只显示图片（PNG、JPEG）：请把流程图另存为图片再上传") from error
    while len(made := _png(plain)) > LARGEST:
        plain = plain.resize((max(1, int(plain.width * _SMALLER)), max(1, int(plain.height * _SMALLER))))
    return made


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()
