"""Recorded cases judged again, as after a change of the law: read from the database, on every core.

They are read and judged as `liuhen rebuild`, `rebuild --check` and the worker do.
"""

import json
import sys
import time
from collections.abc import Iterator

from bench.clients import connected, ready, settings_file, talk
from bench.durable import durable_sqlite
from bench.registry import Figure, measures

CORES = 2
CASES = 2_000


@measures("law.judge.per_second", "law.judge.read.ms", "law.judge.law.ms")
def recorded() -> Iterator[Figure]:
    """Cases of 40 entries under the province's measures and the nation's; reading and judging, in processes."""
    with durable_sqlite(), settings_file() as settings:
        from tests.factories import clones, matters, template  # noqa: PLC0415 (needs Django set up)

        matters.make_stage()
        made = clones.clone(template.template_of(matters.play_case(matters.DECIDED), matters.PARTY), CASES)
        told = [{"cases": made[core::CORES], "settings": settings} for core in range(CORES)]
        done = talk("bench.judging", told)
        yield Figure("law.judge.per_second", CASES / max(one["seconds"] for one in done), "1/s", CASES)
        for part in ("read", "law"):
            used = sum(one[part] for one in done)
            yield Figure(f"law.judge.{part}.ms", 1000 * used / CASES, "ms", CASES)


def client() -> None:
    """One core's share: read, judge, tell how long each took."""
    told = json.loads(sys.stdin.readline())
    with connected(told["settings"]):
        from liuhen.acts import judgement  # noqa: PLC0415 (needs Django set up)
        from liuhen.acts.matter import load_matters, one_law  # noqa: PLC0415 (needs Django set up)
        from liuhen.config.wiring import settle  # noqa: PLC0415 (needs Django set up)

        for matter in load_matters(told["cases"][:1]):
            judgement.owed(matter)
        settle()
        start, _ = ready()
        law = 0.0
        with one_law():
            for matter in load_matters(told["cases"]):
                held = time.perf_counter()
                judgement.owed(matter)
                law += time.perf_counter() - held
        seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "read": seconds - law, "law": law}), flush=True)


if __name__ == "__main__":
    client()
