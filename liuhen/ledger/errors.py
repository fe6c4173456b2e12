"""What the record refuses, in words an administrator reads."""


class LedgerError(Exception):
    """The record refuses; the text (Chinese) says what and why."""


class NotCanonical(LedgerError, ValueError):
    """A value has no canonical form and cannot be recorded."""


class UnknownStream(LedgerError, LookupError):
    """A stream or log does not exist, or belongs to another agency."""


class OutsideTransaction(LedgerError, RuntimeError):
    """Append and lock work only inside the caller's transaction."""


class UploadRefused(LedgerError):
    """An upload is broken off, expired, not the sender's own, or not what was announced."""


class FileMissing(LedgerError, LookupError):
    """The store does not hold a file of this digest."""


class BadProof(LedgerError, ValueError):
    """A proof, note or checkpoint is malformed or does not hold."""


class Grown(LedgerError):
    """While locks were waited for, another stream took one of these in: the transaction is to begin anew."""
