"""Clients in processes of their own: told what to do in a line of JSON, they begin at once and answer in one."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def talk(module: str, told: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Start `python -m module` for each, let all go together, and give what each answered."""
    clients = [
        subprocess.Popen(
            [sys.executable, "-m", module], cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for _ in told
    ]
    try:
        for client, each in zip(clients, told, strict=True):
            _say(client, json.dumps(each))
        for client in clients:
            if _hear(client) != "ready":
                raise AssertionError("a client did not get ready")
        for client in clients:
            _say(client, "go")
        return [json.loads(_hear(client)) for client in clients]
    finally:
        for client in clients:
            client.kill()
            client.wait()


def _say(client: "subprocess.Popen[str]", line: str) -> None:
    assert client.stdin is not None
    print(line, file=client.stdin, flush=True)


def _hear(client: "subprocess.Popen[str]") -> str:
    assert client.stdout is not None
    return client.stdout.readline().strip()


@contextmanager
def settings_file() -> Iterator[str]:
    """What another process needs to reach the databases now handed out, as a file of JSON."""
    from django.conf import settings  # noqa: PLC0415 (needs Django set up)
    from django.db import connections  # noqa: PLC0415 (needs Django set up)

    names = {alias: connections[alias].settings_dict for alias in ("default", "portal")}
    kept = {"databases": names, "files": str(settings.LEDGER_FILES), "keys": str(settings.LEDGER_KEYS)}
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(kept, file, default=str)
        file.flush()
        yield file.name


@contextmanager
def connected(settings: str) -> Iterator[None]:
    """In a client: Django on the databases that `settings_file` wrote down."""
    import django  # noqa: PLC0415

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liuhen.config.settings_test")
    django.setup()
    from django.test import override_settings  # noqa: PLC0415

    from tests.databases import handed_out  # noqa: PLC0415

    kept = json.loads(Path(settings).read_text())
    homes = override_settings(LEDGER_FILES=Path(kept["files"]), LEDGER_KEYS=Path(kept["keys"]))
    with handed_out(kept["databases"]), homes:
        yield


def ready() -> tuple[float, float]:
    """Say that all is prepared, wait for the others, and give wall clock and CPU time (seconds) at the start."""
    print("ready", flush=True)
    sys.stdin.readline()
    return time.perf_counter(), time.process_time()
