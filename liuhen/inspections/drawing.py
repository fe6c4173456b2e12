"""双随机抽取: pure, and simple enough that anybody can draw again from what was published.

Before the draw the seed is made and kept sealed; what is published is its commitment,
SHA-256(seed ‖ canonical JSON of both pools). At the draw somebody present calls a number. Each line of a pool is then
ranked by HMAC-SHA-256(seed, "<pool>\\n<number called>\\n<line>"), smallest first. Neither the seed (fixed before the
number) nor the number (called without knowing the seed) alone decides, and a replacement is the next in the ranking.
"""

import hmac
import json
from collections.abc import Iterable, Sequence
from hashlib import sha256

TARGETS, INSPECTORS = "targets", "inspectors"
SEED_BYTES = 32


def commitment(seed: str, targets: Sequence[str], inspectors: Sequence[str]) -> str:
    """承诺: SHA-256, hexadecimal, of the seed's bytes and of both pools. `seed` is hexadecimal."""
    pools = {TARGETS: list(targets), INSPECTORS: list(inspectors)}
    text = json.dumps(pools, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(bytes.fromhex(seed) + text.encode()).hexdigest()


def ranked(seed: str, pool: str, called: str, lines: Iterable[str]) -> list[str]:
    """The lines of a pool in the order in which they are drawn."""
    key = bytes.fromhex(seed)
    return sorted(lines, key=lambda line: _rank(key, f"{pool}\n{called}\n{line}"))


def _rank(key: bytes, text: str) -> bytes:
    return hmac.digest(key, text.encode(), "sha256")
