"""PDFium, which draws pages and reads their text, works for one thread of a process at a time."""

import threading
from typing import Final

PDFIUM: Final = threading.RLock()
"""Held by whoever has a PDF open."""
