"""A printer and a scanner made of Pillow: pages turned by any angle, at 150 dpi, with noise, shadows and JPEG."""

import random
from collections.abc import Iterator
from io import BytesIO

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter

DPI = 150
PAPER = (214, 210, 202)


def printed(pdf: bytes, dpi: int = DPI) -> Iterator[Image.Image]:
    """The pages as a printer puts them on paper."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            yield page.render(scale=dpi / 72).to_pil().convert("RGB")
    finally:
        document.close()


def scanned(page: Image.Image, angle: float, chance: random.Random, quality: int = 60) -> bytes:
    """A page laid askew on the glass, with uneven light, a dark edge, dust and noise, as JPEG."""
    desk = Image.new("RGB", page.size, PAPER)
    sheet = Image.composite(page, desk, Image.new("L", page.size, 235))
    turned = sheet.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=(70, 66, 60))
    lit = ImageChops.multiply(turned, _light(turned.size, chance).convert("RGB"))
    noisy = ImageChops.add(lit, Image.effect_noise(lit.size, chance.uniform(20, 40)).convert("RGB"), 1, -128)
    dusty = ImageDraw.Draw(noisy)
    for _ in range(60):
        x, y = chance.randrange(lit.width), chance.randrange(lit.height)
        dusty.ellipse((x, y, x + 2, y + 2), fill=(60, 60, 60))
    out = BytesIO()
    noisy.filter(ImageFilter.GaussianBlur(chance.uniform(0, 0.6))).save(
        out, "JPEG", quality=quality, dpi=(DPI, DPI)
    )
    return out.getvalue()


def _light(size: tuple[int, int], chance: random.Random) -> Image.Image:
    """Light falling off to one side, and a shadow across."""
    light = (
        Image.linear_gradient("L")
        .rotate(chance.choice((0, 90, 180, 270)))
        .point(lambda p: 175 + p * 80 // 255)
    )
    shadow = ImageDraw.Draw(light)
    at = chance.randrange(200)
    shadow.polygon([(at, 0), (at + 40, 0), (at + 90, 255), (at + 20, 255)], fill=150)
    return light.filter(ImageFilter.GaussianBlur(8)).resize(size, Image.Resampling.BILINEAR)
