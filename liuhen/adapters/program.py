"""A program on this machine as an outside system: bytes go in, bytes come out."""

import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Failing:
    """What is said, and raised as what, where a program does not do its work.

    `missing` may name it: `{program}`.
    """

    error: type[Exception]
    missing: str
    late: str
    failed: str


def answer(
    command: Sequence[str], words: Mapping[str, str], given: bytes, seconds: int, failing: Failing
) -> bytes:
    """What the command wrote, its standard input being `given`; `{name}` in it stands for what `words` say.

    Raises the error of `failing`.
    """
    for name, word in words.items():
        command = [part.replace(f"{{{name}}}", word) for part in command]
    try:
        done = subprocess.run(command, input=given, capture_output=True, timeout=seconds, check=True)
    except FileNotFoundError as error:
        raise failing.error(failing.missing.format(program=command[0])) from error
    except subprocess.TimeoutExpired as error:
        raise failing.error(failing.late) from error
    except (subprocess.CalledProcessError, OSError) as error:
        raise failing.error(failing.failed) from error
    return done.stdout
