"""Streams, entries, the Merkle log of each agency, checkpoints and their verification.

The interface of the room. Only the door (`acts`) appends.
"""

from liuhen.ledger.append import append
from liuhen.ledger.canonical import canonical
from liuhen.ledger.entry import JUDGEMENT, OPEN, RESPONSE, Entry, EntryDraft, StoredFile, adopt, entry_id
from liuhen.ledger.errors import (
    BadProof,
    FileMissing,
    LedgerError,
    NotCanonical,
    OutsideTransaction,
    UnknownStream,
    UploadRefused,
)
from liuhen.ledger.logs import LogState, agencies, create_log, log_state
from liuhen.ledger.read import Receipt, read, read_log, receipt
from liuhen.ledger.store import FileStore, LocalStore, file_store
from liuhen.ledger.streams import Head, adopters, create_stream, heads, lock, matter_streams, streams_of
from liuhen.ledger.turn import write_turn
from liuhen.ledger.uploads import Upload, attach, discard_expired, find_upload, upload

__all__ = [
    "JUDGEMENT",
    "OPEN",
    "RESPONSE",
    "BadProof",
    "Entry",
    "EntryDraft",
    "FileMissing",
    "FileStore",
    "Head",
    "LedgerError",
    "LocalStore",
    "LogState",
    "NotCanonical",
    "OutsideTransaction",
    "Receipt",
    "StoredFile",
    "UnknownStream",
    "Upload",
    "UploadRefused",
    "adopt",
    "adopters",
    "agencies",
    "append",
    "attach",
    "canonical",
    "create_log",
    "create_stream",
    "discard_expired",
    "entry_id",
    "file_store",
    "find_upload",
    "heads",
    "lock",
    "log_state",
    "matter_streams",
    "read",
    "read_log",
    "receipt",
    "streams_of",
    "upload",
    "write_turn",
]
