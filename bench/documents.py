"""How fast official documents are set: a decision, each time with another text, on one thread, warm."""

from collections.abc import Iterator
from itertools import count
from statistics import median

from bench.registry import Figure, measures
from bench.timing import samples_ms
from liuhen.documents.catalogue import catalogue
from liuhen.documents.context import Issuer, context
from liuhen.documents.fonts import load_fonts
from liuhen.documents.render import render
from tests.documents import samples

_N = 200


@measures("documents.pdf.per_second", "documents.pdf.ms")
def documents() -> Iterator[Figure]:
    """Context and PDF/A of a two-page 行政处罚决定书 in a matter with one entry of every kind."""
    form, fonts, matter = catalogue().form("decision", 1), load_fonts(), samples.matter()
    numbers = count(1)

    def one() -> bytes:
        entry = samples.entry("decided", number=f"豫医保罚〔2026〕{next(numbers)}号")
        return render(form, context(entry, form, [*matter, entry], Issuer("河南省医疗保障局")), fonts)

    taken = samples_ms(one, _N)
    yield Figure("documents.pdf.per_second", 1000 * _N / sum(taken), "1/s", _N)
    yield Figure("documents.pdf.ms", median(taken), "ms", _N)
