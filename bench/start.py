"""How long until both sites answer: `liuhen run` in a folder of its own, the first time and again."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.registry import Figure, measures
from tools.sites import started


@measures("start.first.s", "start.second.s")
def start() -> Iterator[Figure]:
    """The first start migrates and loads the demonstration; later ones must be quick."""
    with tempfile.TemporaryDirectory() as folder:
        for figure in ("start.first.s", "start.second.s"):
            with started(Path(folder)) as sites:
                yield Figure(figure, sites.seconds, "s", 1)
