"""Search in Chinese: every pair of neighbouring characters is a token, so that any substring is found exactly.

A case has several rows, so that one that grows is not indexed anew: the first names it, each other holds the texts of
one entry. FTS5 (`unicode61`) on SQLite, `tsvector('simple')` on PostgreSQL; figures in `docs/decisions/`.
"""

import re
from functools import lru_cache
from operator import add

from django.db import connection

_RUN = re.compile(r"\w+")
_WORD = re.compile(r"[a-z0-9_]+")
TOKENS_MAX = 4_000
ROWS = 512
"""So many rows a case has at most."""
_PREFIX = ":*"


def row_of(stream: str) -> int:
    """A 60-bit number that orders as the streams' ids do: their milliseconds and counter."""
    return int(stream[:12] + stream[13:16], 16)


def rows_of(stream: str) -> tuple[int, int]:
    """The numbers of the first and the last row that a case can have in the search, in the same order."""
    first = row_of(stream) * ROWS
    return first, first + ROWS - 1


def found_in(query: str, *, known_by: bool = False) -> tuple[str, list[str]] | None:
    """SQL for the `row_of` of each case that holds all runs of characters of the query, in whichever of its rows.

    `known_by`: only in the row that names it, for whom the texts of its entries are not. With its values; None for a
    query without any.
    """
    expressions = [_expression(_phrase(run)) for run in dict.fromkeys(_RUN.findall(query.lower()))]
    if not expressions:
        return None
    where = _matches() + (f" AND s.rowid %% {ROWS} = 0" if known_by else "")
    sql = f"SELECT DISTINCT s.rowid / {ROWS} AS n FROM cases_search s WHERE {where}"
    also = f" AND s.rowid / {ROWS} IN (SELECT s.rowid / {ROWS} FROM cases_search s WHERE {where})"
    return sql + also * (len(expressions) - 1), expressions


def tokens(text: str) -> str:
    """The tokens of a text, in order, separated by spaces; single characters besides, for one-character queries."""
    found: list[str] = []
    for line in text.split("\n"):
        found += _of_line(line)
        if len(found) > TOKENS_MAX:
            break
    return " ".join(found[:TOKENS_MAX])


@lru_cache(maxsize=2_000)
def _of_line(line: str) -> tuple[str, ...]:
    """The tokens of one line; a matter that grows has the lines that it had."""
    found: list[str] = []
    for run in _RUN.findall(line.lower()):
        if _WORD.fullmatch(run):
            found.append(run)
            continue
        found += map(add, run, run[1:])
        found.append(run[-1])
        if len(found) > TOKENS_MAX:
            break
    return tuple(found)


def _expression(phrase: list[str]) -> str:
    """Neighbouring tokens in the engine's own language."""
    return f"({' <-> '.join(phrase)})" if connection.vendor == "postgresql" else _fts5(phrase)


def _fts5(phrase: list[str]) -> str:
    """A phrase of FTS5, with its last token as a prefix where it is one."""
    words = " ".join(word.removesuffix(_PREFIX) for word in phrase)
    return f'"{words}"' + ("*" if phrase[-1].endswith(_PREFIX) else "")


def _matches() -> str:
    """The SQL condition that takes such an expression."""
    if connection.vendor == "postgresql":
        return "to_tsvector('simple', s.tokens) @@ to_tsquery('simple', %s)"
    return "s.cases_search MATCH %s"


def _phrase(run: str) -> list[str]:
    if _WORD.fullmatch(run):
        return [run + _PREFIX]
    if len(run) == 1:
        return [run + _PREFIX]
    return [run[i : i + 2] for i in range(len(run) - 1)]
