"""Processes that are started together, watched together and stopped together."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

_STOP_SECONDS = 10
_LOOK_SECONDS = 0.02
_ANSWER_SECONDS = 2
_PR_SET_PDEATHSIG = 1


class ProcessDied(Exception):
    """One of the processes ended by itself; the message names it in Chinese."""


def granian(target: str, host: str, port: int, *, workers: int, threads: int) -> list[str]:
    """The command that serves a WSGI application."""
    options = {"--interface": "wsgi", "--host": host, "--port": port, "--workers": workers}
    options |= {"--blocking-threads": threads, "--log-level": "error"}
    return [
        sys.executable,
        "-m",
        "granian",
        *(str(part) for pair in options.items() for part in pair),
        "--no-ws",
        target,
    ]


def port_free(host: str, port: int) -> bool:
    """Whether nobody listens at an address."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def answers(host: str, port: int) -> bool:
    """Whether a site answers at an address: a server takes connections before its application is there."""
    with socket.socket() as probe:
        probe.settimeout(_ANSWER_SECONDS)
        try:
            probe.connect((host, port))
            probe.sendall(f"GET /healthz HTTP/1.0\r\nHost: {host}\r\n\r\n".encode())
            return probe.recv(5) == b"HTTP/"
        except OSError:
            return False


@dataclass
class Family:
    """Child processes; leaving the context stops them all."""

    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def __enter__(self) -> "Family":
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _interrupt)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start one child under a Chinese name."""
        own = {**os.environ, **environment}
        # A session of its own: Ctrl-C reaches this process alone, which then stops each child once.
        child = subprocess.Popen(command, env=own, start_new_session=True, preexec_fn=_end_with_parent)
        self.children[name] = child

    def wait_for(self, host: str, port: int) -> None:
        """Return once an address answers. Raises `ProcessDied`."""
        while not answers(host, port):
            self.look()
            time.sleep(_LOOK_SECONDS)

    def wait(self) -> None:
        """Wait until one ends. Raises `ProcessDied`."""
        while True:
            self.look()
            time.sleep(0.5)

    def look(self) -> None:
        """Raises `ProcessDied` when one has ended."""
        for name, child in self.children.items():
            if child.poll() is not None:
                raise ProcessDied(f"{name}已退出（代码 {child.returncode}），其余进程随之停止；原因见上文")

    def stop(self) -> None:
        """Ask all to end, and end those that do not."""
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + _STOP_SECONDS
        for child in self.children.values():
            try:
                child.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()


def _end_with_parent() -> None:
    """Linux: a child is told to end when the process that started it is gone, however that went."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
