"""What the program's own YAML files say, parsed once: kept beside them in `__pycache__`, as Python keeps its own.

A file is known by the digest of its text, so an edited one is parsed again. Files from elsewhere leave nothing behind.
"""

import json
import os
import sys
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

_PROGRAM = Path(__file__).resolve().parent.parent
_FORM = b"1"
"""Another number when what is kept, or how a text is understood, changes."""


def find(path: Path, text: str) -> Any:
    """What was kept of this text; None when nothing was, or of another text."""
    place = _place(path)
    if place is None:
        return None
    try:
        kept = json.loads(place.read_bytes())
    except (OSError, ValueError):
        return None
    return kept["said"] if isinstance(kept, dict) and kept.get("of") == _of(text) else None


def keep(path: Path, text: str, said: Any) -> None:
    """Keep what a text says; where that cannot be written, it is parsed again the next time."""
    place = _place(path)
    if place is None or sys.dont_write_bytecode:
        return
    fresh = place.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        place.parent.mkdir(exist_ok=True)
        fresh.write_text(json.dumps({"of": _of(text), "said": said}, ensure_ascii=False), encoding="utf-8")
        fresh.replace(place)


def _place(path: Path) -> Path | None:
    full = path.absolute()
    return full.parent / "__pycache__" / f"{full.name}.json" if full.is_relative_to(_PROGRAM) else None


def _of(text: str) -> str:
    return sha256(_FORM + text.encode()).hexdigest()
