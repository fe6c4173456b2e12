"""签名单: one person asked to sign one text on another device, for some minutes, once.

    slip, code = ask(agency, ..., pages=[png, ...], digest=digest, now_ms=now)   # the code is shown and not kept
    slip, token = begin(code, now_ms=now)                                        # the first device alone gets on
    sign(slip.id, token, strokes, now_ms=now) | refuse(slip.id, token, note, now_ms=now)

Nothing here is a fact: what was drawn goes back into the form of the officer who asked, with the digest of the text
that was shown, and the door looks whether that is still the text.
"""

import base64
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db import connection, transaction

from liuhen.acts.signing import read_drawn, read_pages
from liuhen.kernel.clock import MS_PER_DAY
from liuhen.kernel.ids import new_id

VALID_MS = 15 * 60_000
"""How long a code lets somebody sign."""
COPY_MS = MS_PER_DAY
"""How long afterwards he can fetch his own copy."""
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_LENGTH = 8
_COLUMNS = (
    "id, device, agency, officer, act, stream, form_key, title, who, name, each_page, pages, digest, created, expires,"
    " state, drawn, note, done"
)
_EACH_PAGE, _PAGES, _DRAWN = (_COLUMNS.split(", ").index(name) for name in ("each_page", "pages", "drawn"))
OPEN, SIGNED, REFUSED, CLOSED = "open", "signed", "refused", "closed"


class NoSuchSlip(LookupError):
    """没有这一签名单, or it is over, or another device has it. The message is Chinese."""


@dataclass(frozen=True)
class Slip:
    """One slip as it stands. Instants in milliseconds UTC; `pages`: PNG pictures, base64."""

    id: str
    device: str
    agency: str
    officer: str
    act: str
    stream: str
    form_key: str
    title: str
    who: str
    name: str
    each_page: bool
    pages: Sequence[str]
    digest: str
    created_ms: int
    expires_ms: int
    state: str
    drawn: Any
    note: str
    done_ms: int | None


@dataclass(frozen=True)
class Asked:
    """Who is asked to sign what: whose form it is, and what he is shown."""

    agency: str
    officer: str
    act: str
    stream: str
    form_key: str
    title: str
    who: str
    name: str
    each_page: bool
    digest: str


def ask(asked: Asked, pages: Sequence[bytes], now_ms: int) -> tuple[Slip, str]:
    """A slip and its code, in two groups of four."""
    code = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    made = new_id()
    shown = json.dumps([base64.b64encode(page).decode() for page in pages])
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM document_sign_slip WHERE expires < %s", [now_ms - COPY_MS])
        cursor.execute(
            f"INSERT INTO document_sign_slip ({_COLUMNS}, code) VALUES ({', '.join(['%s'] * 20)})",
            [
                made, "", asked.agency, asked.officer, asked.act, asked.stream, asked.form_key, asked.title, asked.who,
                asked.name, asked.each_page, shown, asked.digest, now_ms, now_ms + VALID_MS, OPEN, "", "", None,
                _hash(code),
            ],
        )  # fmt: skip
    return of_officer(made, asked.officer), f"{code[:4]} {code[4:]}"


def named(code: str) -> Slip:
    """The slip of a code as typed. Raises `NoSuchSlip`."""
    typed = "".join(code.upper().split()).replace("-", "")
    return _one("code = %s", [_hash(typed)], "没有这个签名码，可能输错了或者已经过期，请与执法人员核对")


def of_officer(slip_id: str, officer: str) -> Slip:
    """A slip of the officer who asked. Raises `NoSuchSlip`."""
    return _one("id = %s AND officer = %s", [slip_id, officer], "没有这一签名单，可能已经过期，请重新发起")


def of_device(slip_id: str, token: str) -> Slip:
    """A slip for the device that began with it. Raises `NoSuchSlip`."""
    return _one(
        "id = %s AND device = %s", [slip_id, _hash(token)], "这一签名单已经过期，或者在另一台设备上打开了"
    )


def begin(code: str, now_ms: int) -> tuple[Slip, str]:
    """The first device that asks gets on, and what it must show from then on. Raises `NoSuchSlip`."""
    slip = named(code)
    token = secrets.token_urlsafe(24)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE document_sign_slip SET device = %s WHERE id = %s AND device = '' AND state = %s AND expires > %s",
            [_hash(token), slip.id, OPEN, now_ms],
        )
        if cursor.rowcount != 1:
            raise NoSuchSlip("这个签名码已经用过或者过期，请执法人员重新发起")
    return slip, token


def sign(slip: Slip, drawn: str, now_ms: int) -> None:
    """Keep what was drawn: one signature, or one under each page. Raises `BadSignature`, `NoSuchSlip`."""
    pages = read_pages(drawn) if slip.each_page else [read_drawn(drawn)]
    if slip.each_page and len(pages) != len(slip.pages):
        raise NoSuchSlip(f"共{len(slip.pages)}页，应当逐页签名，现在签了{len(pages)}页")
    _end(slip, SIGNED, json.dumps(pages), "", now_ms)


def refuse(slip: Slip, note: str, now_ms: int) -> None:
    """Keep that he refused, and what he said. Raises `NoSuchSlip`."""
    _end(slip, REFUSED, "", note.strip()[:500] or "本人在屏幕上选择不签名，没有说明理由", now_ms)


def close(slip: Slip, now_ms: int) -> None:
    """The officer ends it. Raises `NoSuchSlip`."""
    _end(slip, CLOSED, "", "", now_ms)


def _end(slip: Slip, state: str, drawn: str, note: str, now_ms: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE document_sign_slip SET state = %s, drawn = %s, note = %s, done = %s"
            " WHERE id = %s AND state = %s AND expires > %s",
            [state, drawn, note, now_ms, slip.id, OPEN, now_ms],
        )
        if cursor.rowcount != 1:
            raise NoSuchSlip("已经签过、取消或者过期，没有重复保存；需要重签的，请执法人员重新发起")


def _one(where: str, values: list[str], otherwise: str) -> Slip:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_COLUMNS} FROM document_sign_slip WHERE {where}", values)
        row = cursor.fetchone()
    if row is None:
        raise NoSuchSlip(otherwise)
    whole: list[Any] = list(row)
    whole[_EACH_PAGE] = bool(whole[_EACH_PAGE])
    whole[_PAGES] = json.loads(whole[_PAGES])
    whole[_DRAWN] = json.loads(whole[_DRAWN]) if whole[_DRAWN] else None
    return Slip(*whole)


def _hash(text: str) -> str:
    return sha256(f"liuhen slip\0{text}".encode()).hexdigest()
