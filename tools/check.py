"""`make check`: everything that can be said of the code without running it.

python -m tools.check [name …]
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tools import locks, reference

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
_ENVIRONMENT = {**os.environ, "PYTHONUTF8": "1", "DJANGO_SETTINGS_MODULE": "liuhen.config.settings_test"}


def tool(*command: str) -> Callable[[], list[str]]:
    """A check that is another program's; its output is the finding."""

    def run() -> list[str]:
        program = [str(BIN / command[0]), *command[1:]]
        done = subprocess.run(
            program, cwd=ROOT, capture_output=True, text=True, check=False, env=_ENVIRONMENT
        )
        return [] if done.returncode == 0 else [(done.stdout + done.stderr).strip()]

    return run


CHECKS: dict[str, tuple[str, Callable[[], list[str]]]] = {
    "lint": ("写法", tool("ruff", "check", "--quiet", ".")),
    "format": ("格式（make format 可整理）", tool("ruff", "format", "--check", "--quiet", ".")),
    "types": ("类型", tool("mypy")),
    "imports": ("分层", tool("lint-imports")),
    "locks": ("依赖锁与 pyproject.toml 一致，不含主机名", locks.findings),
    "migrations": (
        "数据库迁移齐全",
        tool("django-admin", "makemigrations", "--check", "--dry-run", "--pythonpath", str(ROOT)),
    ),
    "references": ("docs/reference 为最新（make reference 可重新生成）", reference.findings),
}


def main(names: list[str]) -> int:
    """Run the checks named, or all; 1 when one has findings."""
    unknown = [name for name in names if name not in CHECKS]
    if unknown:
        print(f"没有这项检查：{'、'.join(unknown)}。可用：{'、'.join(CHECKS)}", file=sys.stderr)
        return 2
    bad = 0
    for name in names or CHECKS:
        title, run = CHECKS[name]
        start = time.monotonic()
        findings = run()
        bad += bool(findings)
        mark = "✗" if findings else "✓"
        print(f"{mark} {name}  {title}  {time.monotonic() - start:.1f} s", flush=True)
        for finding in findings:
            print("   ", finding.replace("\n", "\n    "), flush=True)
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
