"""条目: what an act hands in, what the record gives back, and the bytes between them. Pure.

The form of header, commitment and leaf is frozen: `tests/ledger/golden.json` holds it to the byte.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

import orjson

from liuhen.ledger.canonical import canonical
from liuhen.ledger.errors import LedgerError
from liuhen.ledger.merkle import leaf_hash

FORMAT = 1
SALT_BYTES = 32
OPEN = "open"
JUDGEMENT = "judgement"
RESPONSE = "response"
FILE_KEYS = {"sha256", "sm3", "name", "size", "media_type"}
_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")

Payload = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class StoredFile:
    """文件: bytes in the store, as an entry's payload names them (`sha256`, `sm3`, `name`, `size`, `media_type`)."""

    sha256: str
    sm3: str
    name: str
    size: int
    media_type: str

    def reference(self) -> dict[str, Any]:
        """The form that a field of type `files` holds."""
        return {
            "sha256": self.sha256,
            "sm3": self.sm3,
            "name": self.name,
            "size": self.size,
            "media_type": self.media_type,
        }


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """An entry to be. `happened_ms` in milliseconds UTC; `payload`: part -> fields; `supersedes`: an entry's id.

    `adopts`: streams that this entry's stream takes in; `destroys`: parts (entry id, part) that this entry orders
    destroyed; `files`: bytes that become part of the record with it.
    """

    stream: str
    kind: str
    version: int
    happened_ms: int
    payload: Payload
    supersedes: str | None = None
    adopts: tuple[str, ...] = ()
    destroys: tuple[tuple[str, str], ...] = ()
    files: tuple[StoredFile, ...] = ()


def adopt(draft: EntryDraft, *adopted: str) -> EntryDraft:
    """The same entry, by which its stream adopts (并入) others of the same agency."""
    return replace(draft, adopts=(*draft.adopts, *adopted))


CORRECTS_NONE = b'"supersedes":null,"v":1}'
"""How the canonical header of an entry ends that corrects no other."""


@dataclass(slots=True)
class Entry:
    """A recorded entry. Instants in milliseconds UTC; a destroyed part is None in `parts`.

    Not frozen, because a matter is read in a millisecond and frozen fields take a quarter of it; nobody assigns to it
    but who made it, until it has its place. One that was read has its `header` as canonical JSON, which is decoded
    (`content`) when somebody asks for what only it tells.
    """

    agency: str
    index: int
    stream: str
    number: int
    kind: str
    happened_ms: int
    recorded_ms: int
    supersedes: str | None
    leaf_hash: bytes
    parts: dict[str, dict[str, Any] | None]
    header: bytes = field(default=b"", repr=False, compare=False)
    content: Mapping[str, Any] | None = field(default=None, repr=False, compare=False)

    def told(self, name: str) -> Any:
        """What the header tells under this name; None where it says nothing."""
        if self.content is None:
            self.content = orjson.loads(self.header)
        return self.content.get(name)

    @property
    def stream_type(self) -> str:
        """Of which type its stream is: case, lead, …"""
        return str(self.told("stream_type"))

    @property
    def previous(self) -> str | None:
        """The leaf hash of the entry before it in its stream, hexadecimal; None for the first."""
        previous: str | None = self.told("previous")
        return previous

    @property
    def version(self) -> int:
        """The version of its kind."""
        return int(self.told("kind_version"))

    @property
    def actor(self) -> str:
        """Who performed the act."""
        return str(self.told("actor"))

    @property
    def act(self) -> str:
        """The act that made it."""
        return str(self.told("act"))

    @property
    def key(self) -> str:
        """The key of the act."""
        return str(self.told("key"))

    @property
    def pack(self) -> str | None:
        """The digest of the law under which it was judged."""
        pack: str | None = self.told("pack")
        return pack

    @property
    def adopts(self) -> tuple[str, ...]:
        """The streams that its stream takes in by it."""
        return tuple(self.told("adopts") or ())

    @property
    def destroys(self) -> tuple[tuple[str, str], ...]:
        """The parts (entry id, part) that it orders destroyed."""
        return tuple((item["entry"], item["part"]) for item in self.told("destroys") or ())

    @property
    def id(self) -> str:
        """Stream and number: the entry's name for good."""
        return entry_id(self.stream, self.number)

    @property
    def open(self) -> dict[str, Any]:
        """The open part's fields (empty when the entry has none, or it was destroyed)."""
        return self.parts.get(OPEN) or {}


@dataclass(frozen=True, slots=True)
class Act:
    """What all entries of one act share in their headers."""

    agency: str
    act: str
    key: str
    actor: str
    recorded_ms: int
    pack: str | None


@dataclass(frozen=True, slots=True)
class SealedPart:
    """A part as stored: salt and canonical bytes, and the commitment that the header holds."""

    name: str
    salt: bytes
    body: bytes
    commitment: str


@dataclass(frozen=True, slots=True)
class SealedEntry:
    """An entry ready to be written: its header bytes, leaf hash and parts."""

    entry: Entry
    header: bytes
    parts: list[SealedPart]


def entry_id(stream: str, number: int) -> str:
    """`<stream>.<number>`."""
    return f"{stream}.{number}"


def commitment(salt: bytes, body: bytes) -> str:
    """SHA-256(salt ‖ canonical JSON of the part), hexadecimal."""
    return sha256(salt + body).hexdigest()


@dataclass(frozen=True, slots=True)
class ReadyDraft:
    """A draft whose parts are encoded and committed to; `fields` are they as they will be read."""

    draft: EntryDraft
    parts: list[SealedPart]
    fields: dict[str, dict[str, Any] | None]


def ready(draft: EntryDraft, salt: Callable[[], bytes], extra: Payload | None = None) -> ReadyDraft:
    """Encode a draft's parts: all of an entry but its place. `extra`: parts that the act adds to its first entry."""
    payload = {**draft.payload, **extra} if extra else draft.payload
    parts = [_seal_part(name, fields, salt()) for name, fields in payload.items()]
    fields: dict[str, dict[str, Any] | None] = {part.name: orjson.loads(part.body) for part in parts}
    return ReadyDraft(draft, parts, fields)


def seal(
    draft: EntryDraft,
    act: Act,
    *,
    index: int,
    number: int,
    stream_type: str,
    previous: bytes | None,
    salt: Callable[[], bytes],
    extra: Payload | None = None,
) -> SealedEntry:
    """Fix a draft's place, commit to its parts and hash it."""
    made = ready(draft, salt, extra)
    return place(made, act, index=index, number=number, stream_type=stream_type, previous=previous)


def place(
    made: ReadyDraft, act: Act, *, index: int, number: int, stream_type: str, previous: bytes | None
) -> SealedEntry:
    """The entry at its place in log and stream, hashed."""
    content = _header(made, act, index, number, stream_type, previous)
    header = canonical(content)
    return SealedEntry(from_header(content, leaf_hash(header), made.fields), header, made.parts)


UNPLACED = 2**53 - 1
"""The index of an entry that has no place in the log yet: later than all that have."""


def foreseen(made: ReadyDraft, act: Act, *, number: int, stream_type: str, previous: bytes | None) -> Entry:
    """The entry as it will be, but for index and leaf hash, which only the place in the log gives."""
    return from_header(_header(made, act, UNPLACED, number, stream_type, previous), b"", made.fields)


def _header(
    made: ReadyDraft, act: Act, index: int, number: int, stream_type: str, previous: bytes | None
) -> dict[str, Any]:
    draft = made.draft
    content: dict[str, Any] = {
        "v": FORMAT,
        "agency": act.agency,
        "index": index,
        "stream": draft.stream,
        "stream_type": stream_type,
        "number": number,
        "previous": previous.hex() if previous is not None else None,
        "kind": draft.kind,
        "kind_version": draft.version,
        "happened": draft.happened_ms,
        "recorded": act.recorded_ms,
        "actor": act.actor,
        "act": act.act,
        "key": act.key,
        "pack": act.pack,
        "supersedes": draft.supersedes,
        "parts": {part.name: part.commitment for part in made.parts},
    }
    if draft.adopts:
        content["adopts"] = list(draft.adopts)
    if draft.destroys:
        content["destroys"] = [{"entry": entry, "part": part} for entry, part in draft.destroys]
    return content


def _seal_part(name: str, fields: Mapping[str, Any], salt: bytes) -> SealedPart:
    if not _NAME.fullmatch(name):
        raise LedgerError(f"部分名“{name}”不合格式：小写字母开头，只含小写字母、数字和下划线")
    body = canonical(fields if type(fields) is dict else dict(fields))
    return SealedPart(name, salt, body, commitment(salt, body))


def from_header(header: Mapping[str, Any], leaf: bytes, parts: dict[str, dict[str, Any] | None]) -> Entry:
    """The entry that a decoded header and its parts describe."""
    return Entry(
        agency=header["agency"],
        index=header["index"],
        stream=header["stream"],
        number=header["number"],
        kind=header["kind"],
        happened_ms=header["happened"],
        recorded_ms=header["recorded"],
        supersedes=header["supersedes"],
        leaf_hash=leaf,
        parts=parts,
        content=header,
    )


def file_references(value: Any) -> Sequence[Mapping[str, Any]]:
    """Every file that a part's fields name, at any depth."""
    if isinstance(value, Mapping):
        found = [value] if value.keys() >= FILE_KEYS else []
        return [*found, *(item for child in value.values() for item in file_references(child))]
    if isinstance(value, list | tuple):
        return [item for child in value for item in file_references(child)]
    return []
