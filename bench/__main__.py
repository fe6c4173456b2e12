"""`python -m bench [group or figure]`: one line of JSON a figure; 1 when a measurement failed."""

import importlib
import json
import pkgutil
import subprocess
import sys
import traceback
from pathlib import Path

import bench
from bench.registry import MEASURES

ROOT = Path(__file__).resolve().parent.parent
_OWN = {"__main__", "clients", "durable", "registry", "timing"}


def main(arguments: list[str]) -> int:
    """Measure what is asked for and print each figure as soon as it is there."""
    only = arguments[0] if arguments else ""
    for module in pkgutil.iter_modules(bench.__path__):
        if module.name not in _OWN:
            importlib.import_module(f"bench.{module.name}")
    chosen = [measure for measure in MEASURES if measure.asked(only)]
    if not chosen:
        known = "、".join(
            sorted({name for one in MEASURES for name in ([one.called] if one.called else one.names)})
        )
        print(f"没有“{only}”这个数字或分组。可用：{known}", file=sys.stderr)
        return 2
    commit, failed = _commit(), False
    for measure in chosen:
        try:
            for figure in measure.run():
                if measure.shows(only, figure.figure):
                    line = {**vars(figure), "value": round(figure.value, 3), "commit": commit}
                    print(json.dumps(line, ensure_ascii=False), flush=True)
        except Exception:  # noqa: BLE001 - one that fails must not keep the others from being measured
            failed = True
            print(f"✗ {'、'.join(measure.names)} 没有测成", file=sys.stderr)
            traceback.print_exc()
    return 1 if failed else 0


def _commit() -> str:
    """The commit measured; `+` where files differ from it."""
    said = subprocess.run(
        ["git", "describe", "--always", "--abbrev=12", "--exclude=*", "--dirty=+"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return said.stdout.strip() or "unknown"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
