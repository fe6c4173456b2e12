"""Adds to the corpus of released entries whatever kind or version it lacks, by playing scenarios (`make corpus`).

A file once written is never changed: what was released must be read for good.
"""

# ruff: noqa: E402 - Django is set up on a scratch home before the rooms are imported
import os
import sys
from collections.abc import Iterator

os.environ["DJANGO_SETTINGS_MODULE"] = "liuhen.config.settings_scratch"

import django

django.setup()

from liuhen import ledger
from liuhen.accounts.models import Agency
from liuhen.acts import registry
from liuhen.config.scratch import Scratch
from liuhen.kernel.clock import FixedClock
from liuhen.oversight.reads import seal_all
from liuhen.oversight.scenarios import FILES, play, read_scenario
from tests.corpus.records import FOLDER, exported, headers

Kinds = set[tuple[str, int]]


def wanted() -> Kinds:
    """Every kind, in its version, that an act of today enters."""
    kinds = registry.dictionary().kinds
    return {(act.kind, kinds[act.kind].version) for act in registry.acts().values()} | {
        ("adopted", kinds["adopted"].version)
    }


def held() -> Kinds:
    """Every kind and version in the corpus."""
    found: Kinds = set()
    for file in sorted(FOLDER.glob("*.jsonl")):
        found |= kinds_in(file.read_text(encoding="utf-8").splitlines())
    return found


def kinds_in(lines: list[str]) -> Kinds:
    """Kinds and versions of the entries of these lines."""
    return {(str(header["kind"]), int(str(header["kind_version"]))) for header in headers(lines)}


def played() -> Iterator[tuple[str, list[str]]]:
    """Each scenario of the program and the record that it makes."""
    scratch = Scratch()
    for file in sorted(FILES.glob("*.yaml"), key=lambda file: file.stat().st_size):
        scratch.renew()
        scenario = read_scenario(file)
        play(scenario, verify=False)
        _read_and_seal(scenario.agency, scenario.steps[-1].at_ms)
        yield file.stem, list(exported())


def _read_and_seal(slug: str, at_ms: int) -> None:
    """Somebody looks, and the worker seals what was looked at."""
    agency = Agency.objects.get(slug=slug).id
    ledger.record_read(agency, "corpus", "corpus", "open", at_ms, granted=True)
    seal_all(FixedClock(at_ms))


def main() -> int:
    """Add files until nothing is lacking, or say what no scenario makes."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    lacking = wanted() - held()
    for name, lines in played() if lacking else ():
        if gained := kinds_in(lines) & lacking:
            release = len(list(FOLDER.glob("*.jsonl"))) + 1
            (FOLDER / f"{release:03d}-{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
            lacking -= gained
            print(f"{name}: {', '.join(sorted(kind for kind, _ in gained))}")
    if lacking:
        print(f"no scenario makes: {', '.join(sorted(kind for kind, _ in lacking))}", file=sys.stderr)
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
