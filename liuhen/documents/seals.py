"""电子印章 of an agency: whose key signs, where it lies, and what a check of a sealed PDF found.

The installation makes a certificate of its own for each agency; an administrator may put in its place one that a
certificate authority issued (`liuhen documents seal --set`). A government seal service is another `Sealer`:
`seal_service`.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, TypeVar

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from django.conf import settings

Result = TypeVar("Result")
_YEARS_VALID = 10
_BITS = 3072
PADES = "liuhen.documents.pades"
"""Takes half a second to load: only for those who seal or check."""


class SealError(RuntimeError):
    """不能加盖或者核对电子印章. The message is Chinese."""


class Sealer(Protocol):
    """Whoever seals: this installation's key, or a service."""

    @property
    def kept_as(self) -> str:
        """Under which a sealed document is kept."""
        ...

    @property
    def drawn(self) -> bool:
        """Whether the page itself shows the seal; if not, whoever seals puts its picture there."""
        ...

    def seal(self, pdf: bytes) -> bytes:
        """The PDF with the agency's signature over the whole of it. Raises `SealError`."""
        ...


@dataclass(frozen=True)
class SealCheck:
    """What a check found. `valid`: signed by one of the certificates and unchanged since; `text`: why, in Chinese."""

    valid: bool
    text: str
    signer: str = ""


@dataclass(frozen=True)
class OwnSeal:
    """The key and certificate of one agency in this installation, as PEM; `authority`: whose time is put on with it."""

    pem: bytes
    authority: str = ""

    drawn = True

    def seal(self, pdf: bytes) -> bytes:
        """A PAdES signature over the whole document, with a time stamp where an authority is set."""
        sign: Callable[[bytes, bytes, str], bytes] = import_module(PADES).sign
        return apart(sign, pdf, self.pem, self.authority)

    @property
    def fingerprint(self) -> str:
        """The beginning of the certificate's SHA-256."""
        return self.certificate.fingerprint(hashes.SHA256()).hex()[:16]

    @property
    def kept_as(self) -> str:
        """Under which a sealed document is kept: with another certificate, or with a time, it is another."""
        return f"{self.fingerprint}-t" if self.authority else self.fingerprint

    @property
    def certificate(self) -> x509.Certificate:
        """The public half."""
        return x509.load_pem_x509_certificate(self.pem)


def own_seal(agency: str, name: str, now_ms: int) -> OwnSeal:
    """The agency's seal; made when there is none yet. Raises `SealError` where its file is open to others."""
    path = seal_file(agency)
    if not path.exists():
        _keep(path, _made(name, now_ms))
    if path.stat().st_mode & 0o077:
        raise SealError(
            f"电子印章的密钥文件 {path.name} 可以被他人读取，停止使用：请把权限改为只有本人可读写（0600）"
        )
    return OwnSeal(path.read_bytes(), getattr(settings, "TIMESTAMP_URL", ""))


def set_seal(agency: str, pem: bytes) -> OwnSeal:
    """Put an administrator's key and certificate in place. Raises `SealError` when they do not belong together."""
    try:
        certificate = x509.load_pem_x509_certificate(pem)
        key: Any = serialization.load_pem_private_key(pem, None)
    except (ValueError, TypeError) as error:
        raise SealError("文件里应当有一份 PEM 证书和一把没有口令的 PEM 私钥，请核对") from error
    if key.public_key() != certificate.public_key():
        raise SealError("证书与私钥不是一对，请核对")
    path = seal_file(agency)
    path.unlink(missing_ok=True)
    _keep(path, pem)
    return OwnSeal(pem)


def check(
    pdf: bytes, certificates: list[x509.Certificate], authorities: list[x509.Certificate] | None = None
) -> SealCheck:
    """Whether a PDF bears one of these seals and is as it was when sealed; whose time stamps are known."""
    look: Callable[..., SealCheck] = import_module(PADES).check
    return apart(look, pdf, certificates, authorities)


def apart(work: Callable[..., Result], *given: Any) -> Result:
    """Done in a thread of its own: the library runs an event loop, which a caller that has one does not bear."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work, *given).result()


def seal_file(agency: str) -> Path:
    """Where an agency's seal lies: beside the key of its log."""
    return Path(settings.LEDGER_KEYS) / f"{agency}.seal.pem"


def _keep(path: Path, pem: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process made it in the same moment
        return
    with os.fdopen(handle, "wb") as file:
        file.write(pem)


def _made(name: str, now_ms: int) -> bytes:
    key = rsa.generate_private_key(65537, _BITS)
    start = datetime.fromtimestamp(now_ms / 1000, UTC) - timedelta(days=1)
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, name[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{name}电子印章"[:64]),
        ]
    )
    usage = x509.KeyUsage(True, True, False, False, False, True, False, False, False)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=365 * _YEARS_VALID))
        .add_extension(x509.BasicConstraints(True, 0), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return private + certificate.public_bytes(pem)
