"""How fast official documents are set: a decision of two pages, each time with another text and other codes, warm."""

import multiprocessing
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cache
from itertools import count
from statistics import median
from time import perf_counter

from bench.registry import Figure, measures
from bench.timing import samples_ms
from liuhen.documents.catalogue import catalogue
from liuhen.documents.context import EntryLike, Issuer, context
from liuhen.documents.fonts import load_fonts
from liuhen.documents.render import render
from tests.documents import samples

_N = 200
_CORES = 2
_STARTS = 5
_AGENCY = Issuer("河南省医疗保障局", "http://gongshi.example.gov.cn/")
_numbers = count(1)
_FIRST = """
import time
from bench import documents
documents.catalogue()
start = time.perf_counter()
documents.one()
print((time.perf_counter() - start) * 1000)
"""


@cache
def _matter() -> list[EntryLike]:
    return [*samples.matter()]


def one(_: int = 0) -> bytes:
    """Context and PDF/A of a 行政处罚决定书 in a matter with one entry of every kind."""
    form, number = catalogue().form("decision", 1), next(_numbers)
    entry = samples.entry("decided", number=f"豫医保罚〔2026〕{number}号")
    entry = replace(entry, leaf_hash=number.to_bytes(32, "big"))
    return render(form, context(entry, form, [*_matter(), entry], _AGENCY), load_fonts())


@measures("documents.pdf.per_second", "documents.pdf.ms", "documents.pdf.first_ms")
def documents() -> Iterator[Figure]:
    """Documents a second, a process on each of two cores; one alone; the first of a process with its forms loaded."""
    with ProcessPoolExecutor(_CORES, mp_context=multiprocessing.get_context("spawn")) as pool:
        list(pool.map(one, range(_CORES * 8)))
        start = perf_counter()
        list(pool.map(one, range(_N), chunksize=5))
        yield Figure("documents.pdf.per_second", _N / (perf_counter() - start), "1/s", _N)
    one()
    yield Figure("documents.pdf.ms", median(samples_ms(one, _N // 4)), "ms", _N // 4)
    firsts = [_first_ms() for _ in range(_STARTS)]
    yield Figure("documents.pdf.first_ms", median(firsts), "ms", _STARTS)


def _first_ms() -> float:
    done = subprocess.run([sys.executable, "-c", _FIRST], capture_output=True, text=True, check=True)
    return float(done.stdout)
