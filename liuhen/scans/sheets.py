"""一份扫描文件里的各幅: PDF, TIFF, JPEG or PNG as grey pictures, one at a time, within bounds. No database."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Protocol

import pypdfium2
from PIL import Image, ImageOps
from pypdfium2 import PdfDocument, PdfiumError
from pypdfium2 import raw as pdfium

from liuhen.kernel.pdfium import PDFIUM

MAX_BYTES = 300 * 1024 * 1024
MAX_SHEETS = 600
MAX_PIXELS = 80_000_000
"""A3 at 600 points an inch; a picture of more is refused before it is decoded."""
_ENOUGH = 3000
"""Points along either side from which a code is read; a larger JPEG is decoded smaller."""
_POINTS_PER_INCH = 72
_LEAST_DPI, _MOST_DPI = 150, 300
_DEEP = 6
PDF = "application/pdf"
MEDIA_TYPES = frozenset({PDF, "image/jpeg", "image/png", "image/tiff"})


class NotASheet(ValueError):
    """不能读取的扫描件: the whole file, or one sheet of it. The message is Chinese and says what to do."""


class Sheets(Protocol):
    """The sheets of one file, numbered from 1."""

    count: int

    def picture(self, number: int) -> Image.Image:
        """A sheet in shades of grey. Raises `NotASheet`."""
        ...


@contextmanager
def sheets_of(media_type: str, file: BinaryIO) -> Iterator[Sheets]:
    """The sheets of an open file. Raises `NotASheet` where it is none that can be read, or too large."""
    if media_type not in MEDIA_TYPES:
        raise NotASheet("不是扫描件或者照片：请上传 PDF、JPEG、PNG、TIFF 文件")
    opened = _Pdf(file) if media_type == PDF else _Pictures(file)
    try:
        if opened.count > MAX_SHEETS:
            raise NotASheet(f"共{opened.count}幅，超过{MAX_SHEETS}幅：请分成几份上传")
        yield opened
    finally:
        opened.close()


class _Pictures:
    """A photograph, or a TIFF of many."""

    def __init__(self, file: BinaryIO) -> None:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own bound is lower
                self._image = Image.open(file, formats=("JPEG", "PNG", "TIFF"))
                width, height = self._image.size
                if width * height > MAX_PIXELS:
                    raise NotASheet(_too_large(f"{width}×{height}"))
                self.count = int(getattr(self._image, "n_frames", 1))
        except Image.DecompressionBombError as error:
            raise NotASheet(_too_large("太大")) from error
        except NotASheet:
            raise
        except (OSError, ValueError, SyntaxError) as error:
            raise NotASheet("文件已损坏，读不出图像：请重新扫描") from error

    def picture(self, number: int) -> Image.Image:
        """One frame, upright as the camera says."""
        try:
            if self.count > 1:
                self._image.seek(number - 1)
            width, height = self._image.size
            if width * height > MAX_PIXELS:
                raise NotASheet(_too_large(f"{width}×{height}"))
            self._image.draft("L", (_ENOUGH, _ENOUGH))
            return ImageOps.exif_transpose(self._image).convert("L")
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
            if isinstance(error, NotASheet):
                raise
            raise NotASheet("图像已损坏，读不出来：请重新扫描这一页") from error

    def close(self) -> None:
        """Let go of the picture."""
        self._image.close()


class _Pdf:
    """A PDF as a scanner makes it: each page drawn as densely as its picture is."""

    def __init__(self, file: BinaryIO) -> None:
        with PDFIUM:
            try:
                self._document = PdfDocument(file)
                self.count = len(self._document)
            except PdfiumError as error:
                raise NotASheet("PDF 打不开（已损坏或者设有密码）：请重新扫描，或者去掉密码") from error

    def picture(self, number: int) -> Image.Image:
        """One page, drawn."""
        with PDFIUM:
            try:
                page = self._document[number - 1]
                try:
                    drawn: Image.Image = page.render(scale=_scale(page), grayscale=True).to_pil()
                    return drawn.convert("L")
                finally:
                    page.close()
            except PdfiumError as error:
                raise NotASheet("PDF 的这一页已损坏，读不出来：请重新扫描这一页") from error

    def close(self) -> None:
        """Let go of the document."""
        with PDFIUM:
            self._document.close()


def _scale(page: pypdfium2.PdfPage) -> float:
    """How densely to draw a page: as its largest picture, within bounds. Raises `NotASheet` for one too large."""
    width, height = page.get_size()
    widest = 0
    for one in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=_DEEP):
        across, down = one.get_px_size()
        if across * down > MAX_PIXELS:
            raise NotASheet(_too_large(f"{across}×{down}"))
        widest = max(widest, across, down)
    longer = max(width, height, 1.0)
    dpi = min(max(widest / longer * _POINTS_PER_INCH, _LEAST_DPI), _MOST_DPI)
    return float(min(dpi / _POINTS_PER_INCH, (MAX_PIXELS / 4) ** 0.5 / longer))


def _too_large(size: str) -> str:
    return f"图像{size}，超过{MAX_PIXELS // 10_000}万个像素，没有打开：请用150到300dpi重新扫描"
