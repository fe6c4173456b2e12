"""The paper of a played case: every page of its documents, as printed and as scanned."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

from liuhen.acts.matter import load_matter
from liuhen.documents.fonts import load_fonts
from liuhen.documents.queries import documents_of, render_document
from liuhen.documents.witness import issuer
from tests.scans.scanner import printed, scanned

FONTS = load_fonts()


@dataclass(frozen=True)
class Paper:
    """One printed page."""

    document: str
    page: int
    picture: Image.Image

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
            yield Paper(ref.id, page, picture)
