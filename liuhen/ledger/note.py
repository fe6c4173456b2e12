"""C2SP signed notes with Ed25519: signer and verifier keys, signature lines, strict reading. Pure.

Two signature types: 0x01, over the text; 0x04 (cosignature/v1), over the text and a time in whole seconds.
"""

import base64
import binascii
import re
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from liuhen.ledger.errors import BadProof

ED25519 = 0x01
COSIGNATURE = 0x04
MAX_SIGNATURES = 64
MAX_BYTES = 1_000_000
_DASH = "— "
_KEY_NAME = re.compile(r"[^\s+]+")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


@dataclass(frozen=True, slots=True)
class Verifier:
    """Whoever's signature is trusted: key name, signature type, 32 bytes of public key."""

    name: str
    type: int
    public: bytes

    @property
    def key_id(self) -> bytes:
        """Four bytes that tell this key from others of the same name."""
        return sha256(self.name.encode() + b"\n" + bytes([self.type]) + self.public).digest()[:4]

    @property
    def vkey(self) -> str:
        """The key as C2SP text: `name+id+base64`."""
        return f"{self.name}+{self.key_id.hex()}+{_b64(bytes([self.type]) + self.public)}"

    @classmethod
    def parse(cls, vkey: str) -> "Verifier":
        """Read a vkey. Raises `BadProof` when it is malformed."""
        parts = vkey.split("+", 2) if isinstance(vkey, str) else []
        if len(parts) != 3 or not _KEY_NAME.fullmatch(parts[0]):
            raise BadProof("公钥文本应为 名称+编号+密钥")
        material = unb64(parts[2])
        if len(material) != 33 or material[0] not in (ED25519, COSIGNATURE):
            raise BadProof("公钥不是 Ed25519")
        verifier = cls(parts[0], material[0], material[1:])
        if parts[1] != verifier.key_id.hex():
            raise BadProof("公钥编号与密钥不符")
        return verifier

    def check(self, text: str, signature: bytes) -> "Verified":
        """Raise `BadProof` unless the signature is this key's over the text; tell its time when it has one."""
        seconds = None
        message = text.encode()
        if self.type == COSIGNATURE:
            if len(signature) != 72:
                raise BadProof("见证签名长度不对")
            (seconds,) = struct.unpack(">Q", signature[:8])
            if seconds > 2**63 - 1:
                raise BadProof("见证签名时间超出范围")
            message, signature = _timed(text, seconds), signature[8:]
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError) as error:
            raise BadProof(f"{self.name} 的签名不符") from error
        return Verified(self, seconds)


@dataclass(frozen=True, slots=True)
class Verified:
    """A signature that held; `seconds` (POSIX) for a cosignature."""

    by: Verifier
    seconds: int | None


class Signer:
    """Signs for one name with one Ed25519 key."""

    def __init__(self, name: str, seed: bytes) -> None:
        if not _KEY_NAME.fullmatch(name):
            raise BadProof("签名者名称不能为空，不能含空格或加号")
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.verifier = Verifier(name, ED25519, self._key.public_key().public_bytes_raw())
        self.timed_verifier = cosigner_of(self.verifier)

    @property
    def vkey(self) -> str:
        """The public key as text."""
        return self.verifier.vkey

    def sign(self, text: str) -> str:
        """A signature line (type 0x01), newline included."""
        return _line(self.verifier, self._key.sign(text.encode()))

    def cosign(self, text: str, seconds: int) -> str:
        """A cosignature/v1 line: this text was the newest known at this POSIX time."""
        signature = self._key.sign(_timed(text, seconds))
        return _line(self.timed_verifier, struct.pack(">Q", seconds) + signature)


def cosigner_of(verifier: Verifier) -> Verifier:
    """The same key under the cosignature's type, hence with another key id."""
    return Verifier(verifier.name, COSIGNATURE, verifier.public)


def compose(text: str, lines: Iterable[str]) -> bytes:
    """A note from its text (ends in newline) and signature lines."""
    if not text.endswith("\n"):
        raise BadProof("签名文本须以换行结束")
    return (text + "\n" + "".join(lines)).encode()


def open_note(
    data: bytes, known: Iterable[Verifier], *, unknown_allowed: bool = True
) -> tuple[str, list[Verified]]:
    """The text and the signatures that held. Raises `BadProof`: malformed, a known key's signature that does not
    hold, none of a known key, or (unless allowed) a line of a key not known."""
    text, lines = split_note(data)
    keys = {(verifier.name, verifier.key_id): verifier for verifier in known}
    verified: dict[tuple[str, bytes], Verified] = {}
    for line in lines:
        name, key_id, signature = _parse_line(line)
        verifier = keys.get((name, key_id))
        if verifier is not None and (name, key_id) not in verified:
            verified[name, key_id] = verifier.check(text, signature)
        elif not unknown_allowed:
            raise BadProof(f"多余的签名：{name}")
    if not verified:
        raise BadProof("没有一个已知密钥的签名")
    return text, list(verified.values())


def split_note(data: bytes) -> tuple[str, list[str]]:
    """Text and signature lines, unverified. Raises `BadProof` when malformed."""
    if len(data) > MAX_BYTES:
        raise BadProof("签名文本过长")
    try:
        whole = data.decode()
    except UnicodeDecodeError as error:
        raise BadProof("签名文本不是 UTF-8") from error
    if _CONTROL.search(whole):
        raise BadProof("签名文本含控制字符")
    at = whole.rfind("\n\n")
    if at < 0 or not whole.endswith("\n"):
        raise BadProof("签名文本缺少签名")
    lines = whole[at + 2 :].split("\n")[:-1]
    if not 1 <= len(lines) <= MAX_SIGNATURES:
        raise BadProof("签名行数不对")
    return whole[: at + 1], lines


def unb64(text: str) -> bytes:
    """Standard base64, canonical only. Raises `BadProof`."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise BadProof("base64 不合格式") from error
    if _b64(data) != text:
        raise BadProof("base64 不是规范写法")
    return data


def _parse_line(line: str) -> tuple[str, bytes, bytes]:
    if not line.startswith(_DASH):
        raise BadProof("签名行不合格式")
    name, space, encoded = line[len(_DASH) :].partition(" ")
    data = unb64(encoded)
    if not space or not _KEY_NAME.fullmatch(name) or len(data) < 5:
        raise BadProof("签名行不合格式")
    return name, data[:4], data[4:]


def _line(verifier: Verifier, signature: bytes) -> str:
    return f"{_DASH}{verifier.name} {_b64(verifier.key_id + signature)}\n"


def _timed(text: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()
