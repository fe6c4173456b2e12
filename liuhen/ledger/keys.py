"""The logs' signing keys: one file per agency under the installation's folder, readable by its owner alone (0600).

Beside each `<agency>.key` lies `<agency>.pub`, all that verification needs.
"""

import os
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from liuhen.ledger.errors import LedgerError
from liuhen.ledger.note import Signer

_SEED_BYTES = 32


def key_folder() -> Path:
    """Where the keys lie: the setting LEDGER_KEYS."""
    folder = getattr(settings, "LEDGER_KEYS", None)
    if not folder:
        raise ImproperlyConfigured("缺少设置 LEDGER_KEYS：日志签名密钥的文件夹")
    return Path(folder)


def ensure_signer(agency: str, origin: str) -> Signer:
    """The agency's signer; its key is made when there is none."""
    path = key_folder() / f"{agency}.key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        signer = Signer(origin, _create(path))
        path.with_suffix(".pub").write_text(signer.vkey + "\n")
        return signer
    return load_signer(agency, origin)


def load_signer(agency: str, origin: str) -> Signer:
    """The agency's signer. Raises `LedgerError` when the key is gone, open to others, or cut short."""
    path = key_folder() / f"{agency}.key"
    try:
        mode = path.stat().st_mode & 0o777
        seed = bytes.fromhex(path.read_text().strip())
    except (OSError, ValueError) as error:
        raise LedgerError(f"读不到日志签名密钥 {path.name}：请从备份恢复") from error
    if mode & 0o077:
        raise LedgerError(f"日志签名密钥 {path.name} 的权限应为0600，现为{mode:04o}")
    if len(seed) != _SEED_BYTES:
        raise LedgerError(f"日志签名密钥 {path.name} 残缺：请从备份恢复")
    return Signer(origin, seed)


def published_vkey(agency: str) -> str | None:
    """The public key beside the signing key, or None when it is not on this machine."""
    path = key_folder() / f"{agency}.pub"
    return path.read_text().strip() if path.exists() else None


def _create(path: Path) -> bytes:
    """A new seed, durable before it is used, never written over one that is there."""
    seed = os.urandom(_SEED_BYTES)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(seed.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())
    return seed
