"""Streams, entries, the Merkle log of each agency, checkpoints and their verification.

The interface of the room. Only the door (`acts`) appends.
"""

from liuhen.ledger.ahead import answer, asked_ahead, put_by, unread, worth_asking
from liuhen.ledger.append import Appending, append
from liuhen.ledger.canonical import canonical
from liuhen.ledger.entry import JUDGEMENT, OPEN, RESPONSE, Act, Entry, EntryDraft, StoredFile, adopt, entry_id
from liuhen.ledger.errors import (
    BadProof,
    FileMissing,
    Grown,
    LedgerError,
    NotCanonical,
    OutsideTransaction,
    UnknownStream,
    UploadRefused,
)
from liuhen.ledger.findings import Finding
from liuhen.ledger.logs import LogState, agencies, create_log, log_state
from liuhen.ledger.matters import Extent, extents
from liuhen.ledger.pipeline import Statement
from liuhen.ledger.publish import (
    StoredCheckpoint,
    add_cosignature,
    consistency_proof,
    inclusion_proof,
    latest_checkpoint,
    publish_checkpoint,
    unpublished,
)
from liuhen.ledger.read import Receipt, entries_of, latest_of, read, read_log, read_some, receipt, receipt_of
from liuhen.ledger.reads import READS_SEALED, record_read, seal_reads
from liuhen.ledger.store import FileStore, LocalStore, file_store
from liuhen.ledger.streams import (
    Head,
    adopters,
    adopters_of,
    count_streams,
    create_stream,
    ends,
    first_stream,
    heads,
    lock,
    lock_and_ask,
    matter_streams,
    some_streams,
    streams_of,
)
from liuhen.ledger.together import Question, ask, here, one_connection, run
from liuhen.ledger.turn import turn_of, write_turn
from liuhen.ledger.uploads import (
    Upload,
    attach,
    discard_expired,
    drop_uploads,
    find_upload,
    upload,
    waiting_uploads,
)
from liuhen.ledger.verify import findings, verify

__all__ = [
    "JUDGEMENT",
    "OPEN",
    "READS_SEALED",
    "RESPONSE",
    "Act",
    "Appending",
    "BadProof",
    "Entry",
    "EntryDraft",
    "Extent",
    "FileMissing",
    "FileStore",
    "Finding",
    "Grown",
    "Head",
    "LedgerError",
    "LocalStore",
    "LogState",
    "NotCanonical",
    "OutsideTransaction",
    "Question",
    "Receipt",
    "Statement",
    "StoredCheckpoint",
    "StoredFile",
    "UnknownStream",
    "Upload",
    "UploadRefused",
    "add_cosignature",
    "adopt",
    "adopters",
    "adopters_of",
    "agencies",
    "answer",
    "append",
    "ask",
    "asked_ahead",
    "attach",
    "canonical",
    "consistency_proof",
    "count_streams",
    "create_log",
    "create_stream",
    "discard_expired",
    "drop_uploads",
    "ends",
    "entries_of",
    "entry_id",
    "extents",
    "file_store",
    "find_upload",
    "findings",
    "first_stream",
    "heads",
    "here",
    "inclusion_proof",
    "latest_checkpoint",
    "latest_of",
    "lock",
    "lock_and_ask",
    "log_state",
    "matter_streams",
    "one_connection",
    "publish_checkpoint",
    "put_by",
    "read",
    "read_log",
    "read_some",
    "receipt",
    "receipt_of",
    "record_read",
    "run",
    "seal_reads",
    "some_streams",
    "streams_of",
    "turn_of",
    "unpublished",
    "unread",
    "upload",
    "verify",
    "waiting_uploads",
    "worth_asking",
    "write_turn",
]
