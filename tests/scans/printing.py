"""The paper of a played case: every page of its documents, as printed and as scanned."""

import io
import random
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

from liuhen.acts.matter import load_matter
from liuhen.documents.fonts import load_fonts
from liuhen.documents.queries import documents_of, render_document
from liuhen.documents.witness import issuer
from liuhen.scans.returned import page_count
from tests.scans.scanner import printed, scanned

FONTS = load_fonts()


@dataclass(frozen=True)
class Paper:
    """One printed page."""

    document: str
    page: int
    png: bytes

    @property
    def picture(self) -> Image.Image:
        """What stands on the paper."""
        return Image.open(io.BytesIO(self.png)).convert("RGB")

    def scan(self, chance: random.Random, angle: float | None = None) -> bytes:
        """The page from the scanner, at any angle unless one is given."""
        return scanned(self.picture, chance.uniform(0, 360) if angle is None else angle, chance)


def papers(stream: str) -> Iterator[Paper]:
    """Every page of every document of a case, in order."""
    matter = load_matter(stream)
    agency = issuer(matter.agency)
    for ref in documents_of(matter.entries, agency):
        pdf = render_document(ref, matter.entries, agency, FONTS)
        for page, picture in enumerate(printed(pdf), 1):
            kept = io.BytesIO()
            picture.convert("L").save(kept, "PNG", compress_level=1)
            yield Paper(ref.id, page, kept.getvalue())


def pages_of(stream: str) -> int:
    """How many pages a case has."""
    matter = load_matter(stream)
    return sum(page_count(matter, ref) for ref in documents_of(matter.entries, issuer(matter.agency)))
