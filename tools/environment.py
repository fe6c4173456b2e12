"""Set up `.venv` in the checkout with what is missing, and nothing else. Standard library only.

    python3 tools/environment.py runtime|dev [--browser]

Packages come by plain pip from the hashed locks in `requirements/`, from whatever index the machine's pip
is set to (or, without any network, from PIP_NO_INDEX=1 PIP_FIND_LINKS=folder). A stamp in `.venv` holds the
lock's digest: nothing is installed again until the lock changes.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOWEST, TRIED = (3, 11), (3, 14)
"""The suite has passed on these and what lies between; on newer ones the locked packages may not install."""
LAUNCHER = """#!/bin/sh
exec "$(dirname "$0")/python" -m liuhen.config "$@"
"""


def main(arguments: list[str]) -> int:
    """Set up the groups named; 0 when all is there."""
    if sys.version_info[:2] < LOWEST:
        return fail(
            f"需要 Python 3.11 或者更新的，当前为 {sys.version.split()[0]}；可用 make PYTHON=/路径 指定"
        )
    if sys.version_info[:2] > TRIED:
        say(
            f"没有在 Python {sys.version.split()[0]} 上试过（试过 3.11 至 3.14）；装不上的，用 make PYTHON=/路径 指定"
        )
    group = arguments[0] if arguments else ""
    if group not in ("runtime", "dev"):
        return fail("用法：python3 tools/environment.py runtime|dev [--browser]")
    try:
        make_venv()
        install(group)
        if "--browser" in arguments:
            run(python(), ROOT / "tools" / "browser.py")
    except subprocess.CalledProcessError as error:
        return fail(f"这一步没有成功：{' '.join(map(str, error.cmd))}。已装好的部分保留，排除原因后重试即可")
    return 0


def make_venv() -> None:
    """Create `.venv` unless its Python still runs; the checkout itself is put on its path."""
    if not runs():
        say("建立虚拟环境 .venv")
        try:
            venv.create(VENV, with_pip=True, clear=True)
        except subprocess.CalledProcessError:
            raise SystemExit(fail("这个 Python 缺少 venv/ensurepip：请安装系统包 python3-venv")) from None
    packages = next((VENV / "lib").glob("python3.*")) / "site-packages"
    write(packages / "liuhen-checkout.pth", f"{ROOT}\n")
    write(VENV / "bin" / "liuhen", LAUNCHER, mode=0o755)


def install(group: str) -> None:
    """Install a lock unless its stamp says it is there; the dev lock holds the runtime's too."""
    lock = ROOT / "requirements" / f"{group}.txt"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    stamp = VENV / f"liuhen-{group}.sha256"
    if stamp.exists() and stamp.read_text() == digest:
        return
    say(f"安装 requirements/{group}.txt（只在首次或锁文件变化时）")
    quietly = ("--quiet", "--disable-pip-version-check")
    run(python(), "-m", "pip", "install", *quietly, "--require-hashes", "-r", lock)
    write(stamp, digest)


def runs() -> bool:
    """Whether the environment is there and its Python starts; one that runs this very file does."""
    if Path(sys.prefix) == VENV:
        return True
    return python().exists() and not subprocess.run([python(), "-c", ""], check=False).returncode


def python() -> Path:
    """The environment's interpreter."""
    return VENV / "bin" / "python"


def run(*command: str | Path) -> None:
    """Run one step; its output is the user's to see."""
    own = {**os.environ, "PYTHONUTF8": "1"}
    subprocess.run([str(part) for part in command], check=True, cwd=ROOT, env=own)


def write(path: Path, text: str, mode: int | None = None) -> None:
    """Write a file only when it differs."""
    if not path.exists() or path.read_text() != text:
        path.write_text(text)
        if mode:
            path.chmod(mode)


def say(text: str) -> None:
    """One line about what is being done."""
    print(f"· {text}", flush=True)


def fail(text: str) -> int:
    """One line about what is wrong; the exit code."""
    print(f"✗ {text}", file=sys.stderr, flush=True)
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
