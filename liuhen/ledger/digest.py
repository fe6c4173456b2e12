"""Digests of files: SHA-256 for the tree and the world, SM3 (国密) beside it."""

import hashlib

from cryptography.hazmat.primitives import hashes


class FileDigest:
    """Both digests and the size, in one pass."""

    def __init__(self) -> None:
        self.size = 0
        self._sha256 = hashlib.sha256()
        self._sm3 = hashes.Hash(hashes.SM3())

    def update(self, chunk: bytes) -> None:
        """Take in the next bytes."""
        self.size += len(chunk)
        self._sha256.update(chunk)
        self._sm3.update(chunk)

    @property
    def sha256(self) -> str:
        """SHA-256 of all bytes so far, hexadecimal."""
        return self._sha256.hexdigest()

    @property
    def sm3(self) -> str:
        """SM3 of all bytes so far, hexadecimal."""
        return self._sm3.copy().finalize().hex()
