"""Both sites as a user starts them, on free ports and in a folder of their own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_SECONDS = 180
_NOT_THEIRS = ("DJANGO_SETTINGS_MODULE", "PYTHONDONTWRITEBYTECODE")
"""As `make run` starts them: with their own settings, keeping what was compiled once."""


@dataclass(frozen=True)
class Sites:
    """Where the sites answer, what was printed on starting, how long it took, and the process that runs them."""

    officers: str
    public: str
    said: str
    seconds: float
    process: int


@contextmanager
def started(home: Path) -> Iterator[Sites]:
    """`liuhen run` with its state in a folder, until the block ends. Raises `RuntimeError`."""
    port, public_port = free_port(), free_port()
    command = [
        sys.executable,
        "-m",
        "liuhen.config",
        "run",
        "--port",
        str(port),
        "--public-port",
        str(public_port),
    ]
    environment = {name: value for name, value in os.environ.items() if name not in _NOT_THEIRS}
    environment |= {"LIUHEN_HOME": str(home), "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}
    begin = time.monotonic()
    output = home / "run.log"
    with output.open("w") as log:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_hears_ctrl_c,
        )
        try:
            said = _greeting(process, output, begin)
            local = "http://127.0.0.1"
            yield Sites(
                f"{local}:{port}", f"{local}:{public_port}", said, time.monotonic() - begin, process.pid
            )
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGINT)  # to the whole group, as a terminal does
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()  # its children go with it
                raise


def _hears_ctrl_c() -> None:
    """Whoever runs in the background is born deaf to it, and so would be what he starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _greeting(process: subprocess.Popen[bytes], output: Path, begin: float) -> str:
    while time.monotonic() - begin < PATIENCE_SECONDS:
        said = output.read_text()
        if process.poll() is not None:
            break
        if "留痕已启动" in said:
            return said
        time.sleep(0.02)
    raise RuntimeError(f"没有启动成功：\n{output.read_text()}")
