"""What entries of a kind begin is written out as it is told rule by rule: the same rows, of every example."""

from collections.abc import Sequence
from typing import Any

import pytest

from bench.law import case
from liuhen.law import PACKS, Bundle, Fact, Matter
from liuhen.law.dictionary import standard
from liuhen.law.engine import Rows
from liuhen.law.examples import read_examples
from liuhen.law.owed import Owed
from liuhen.law.values import Context
from liuhen.law.written import Beginning, written_out
from tests.law.test_time_goes_on import _LAYERS, _PACKS

ALL = Bundle(_PACKS.values())
_written: dict[tuple[str, int], Beginning] = {}


def both_ways(bundle: Bundle, given: Sequence[Fact]) -> int:
    matter = Matter(given, bundle.dictionary, bundle.calendar)
    told, written = Rows(bundle, matter), Rows(bundle, matter)
    for trigger in matter.facts:
        infos = bundle.begun_at(trigger.at_ms)[0].get(trigger.kind, ())
        for info in infos:
            told.begin_with(info, trigger, trigger.at_ms)
        once = trigger.kind, id(infos)  # a bundle keeps them
        if once not in _written:
            _written[once] = written_out(infos)
        _written[once](written, trigger, trigger.at_ms)
    assert [list(map(all_of, of)) for of in lists(told)] == [list(map(all_of, of)) for of in lists(written)]
    return len(written.all)


def lists(rows: Rows) -> tuple[list[Owed], ...]:
    return rows.all, rows.open, rows.tied, rows.lined


def all_of(row: Owed) -> dict[str, Any]:
    """Everything that stands in a row; of what is allowed, what follows from it is worked out."""
    names = (*Context.__slots__, *Owed.__slots__)
    return {name: getattr(row, name) for name in names if name not in ("matter", "equal")} | {"is": type(row)}


@pytest.mark.parametrize("name", sorted(_PACKS))
def test_every_example(name: str) -> None:
    rows = [both_ways(ALL, example.facts) for example in read_examples(PACKS / name, standard())]
    assert sum(rows)


def test_a_long_case() -> None:
    assert both_ways(_LAYERS[1], case(100)) > 400
