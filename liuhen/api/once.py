"""Idempotency-Key: an act sent again under its key is the same act; something else under that key is nobody's.

The number under which the door keeps the receipt is made from the sender and his key: keys of two people never meet.
What was sent first holds the key; it is let go where the door let nothing in, so that it can be put right.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction

from liuhen import acts, ledger
from liuhen.acts import Receipt
from liuhen.api.answers import Problem
from liuhen.api.clock import clock
from liuhen.api.person import Caller

KEY_MAX = 200


def checked(key: str) -> str:
    """The key as sent. Raises a `Problem` for none, or one that is not so many visible ASCII characters."""
    if not key:
        raise Problem(400, "idempotency_key", "缺少 Idempotency-Key：每办一次用一个新的，重发同一次用同一个")
    if len(key) > KEY_MAX or not (key.isascii() and key.isprintable()):
        raise Problem(400, "idempotency_key", f"Idempotency-Key 应为不超过{KEY_MAX}个可见的 ASCII 字符")
    return key


def perform(
    caller: Caller, act: str, stream: str | None, key: str, fields: Mapping[str, Any], seen: int | None
) -> Receipt:
    """Perform the act once for this key. Raises as the door does; a 409 for a key that stands for something else."""
    number = hashlib.sha256(f"{caller.actor.id}\n{key}".encode()).hexdigest()[:32]
    sent = json.dumps([act, stream, seen, fields], sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(sent.encode()).hexdigest()
    fresh = _hold(number, digest, caller.now_ms)
    try:
        receipt = acts.perform(act, caller.actor, fields, number, clock=clock(), stream=stream, seen=seen)
    except acts.ActError:
        _let_go(number, digest)
        raise
    if fresh and receipt.again:  # its first sending was let go of while another of the same was on its way
        _let_go(number, digest)
        raise _taken()
    return receipt


def _hold(number: str, digest: str, now_ms: int) -> bool:
    """Whether the key is held from now on; False when the same was sent under it before."""
    with ledger.write_turn(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO api_request (key, digest, sent) VALUES (%s, %s, %s) ON CONFLICT (key) DO NOTHING",
            [number, digest, now_ms],
        )
        fresh = bool(cursor.rowcount == 1)
        cursor.execute("SELECT digest FROM api_request WHERE key = %s", [number])
        row = cursor.fetchone()
    if row is None or row[0] != digest:
        raise _taken()
    return fresh


def _let_go(number: str, digest: str) -> None:
    with ledger.write_turn(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM api_request WHERE key = %s AND digest = %s", [number, digest])


def _taken() -> Problem:
    return Problem(
        409, "key_reused", "这一 Idempotency-Key 已用于另一次请求（事项、案卷或者内容不同）；请另用一个新的"
    )
