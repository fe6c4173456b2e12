"""What this installation renders its documents with, and where it keeps them."""

from pathlib import Path

from django.conf import settings

from liuhen.documents.fonts import Fonts, load_fonts


def fonts() -> Fonts:
    """The faces of this installation."""
    return load_fonts(getattr(settings, "FONT_DIR", None))


def cache_folder() -> Path | None:
    """Where rendered documents are kept; None where nothing is kept."""
    folder = getattr(settings, "DOCUMENT_CACHE", None)
    return Path(folder) if folder else None
