"""PAdES by pyHanko: signs a PDF with an agency's key, and checks one. Loaded by `seals` when it is needed."""

import io

from asn1crypto import keys, x509
from cryptography import x509 as certificates_of
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps import TimestampRequestError
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import TimestampSignatureStatus
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from liuhen.documents.seals import SealCheck, SealError
from liuhen.documents.timestamps import Authority
from liuhen.kernel.clock import format_local

_FIELD = "AgencySeal"
_DER = serialization.Encoding.DER


class _AsMade(IncrementalPdfFileWriter):
    """Adds what is signed and leaves the document's metadata as they were made.

    Written anew by the library they would no longer be PDF/A in the eyes of every validator.
    """

    def _update_meta(self) -> None:
        """Nothing is told anew."""


def sign(pdf: bytes, pem: bytes, authority: str = "") -> bytes:
    """The PDF with a signature over the whole of it, with the time of an authority (RFC 3161) if one is set.

    Raises `SealError`.
    """
    signer = _signer(pem)
    try:
        writer = _AsMade(io.BytesIO(pdf))
        fields.append_signature_field(writer, fields.SigFieldSpec(_FIELD))
        details = signers.PdfSignatureMetadata(
            field_name=_FIELD,
            subfilter=fields.SigSeedSubFilter.PADES,
            md_algorithm="sha256",
            reason="加盖电子印章",
        )
        stamper = Authority(authority) if authority else None
        return bytes(signers.PdfSigner(details, signer, timestamper=stamper).sign_pdf(writer).getvalue())
    except PdfError as error:
        raise SealError("不能加盖电子印章：不是完整的 PDF 文件") from error
    except TimestampRequestError as error:
        raise SealError("时间戳服务拒绝给出时间戳，没有加盖电子印章：请系统管理员与时间戳服务核对") from error


def check(
    pdf: bytes,
    certificates: list[certificates_of.Certificate],
    authorities: list[certificates_of.Certificate] | None = None,
) -> SealCheck:
    """Whether the PDF is signed by one of these certificates, wholly, and unchanged since.

    `authorities`: the certificates of known time-stamp authorities; another's time is told as such.
    """
    trusted = [x509.Certificate.load(one.public_bytes(_DER)) for one in certificates]
    known = [x509.Certificate.load(one.public_bytes(_DER)) for one in authorities or []]
    try:
        found = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        if not found:
            return SealCheck(False, "没有电子印章")
        context = ValidationContext(trust_roots=trusted, allow_fetching=False)
        times = ValidationContext(trust_roots=known, allow_fetching=False)
        status = validate_pdf_signature(found[-1], context, times)
    except (PdfError, SignatureValidationError, ValueError, KeyError, IndexError, TypeError) as error:
        return SealCheck(False, f"电子印章不能核对，文件可能已经损坏或者改动（{type(error).__name__}）")
    signer = str(status.signing_cert.subject.native.get("common_name", ""))
    if not (status.intact and status.valid):
        return SealCheck(False, "文件在加盖电子印章以后被改动", signer)
    if status.coverage is not SignatureCoverageLevel.ENTIRE_FILE:
        return SealCheck(False, "电子印章没有覆盖整个文件，加盖以后又增加了内容", signer)
    stamp = status.timestamp_validity
    if not status.trusted or (stamp is None and not status.bottom_line):
        return SealCheck(False, "电子印章不是本机关的", signer)
    if stamp is not None and not (stamp.intact and stamp.valid):
        return SealCheck(False, "时间戳与电子印章不符", signer)
    return SealCheck(True, f"电子印章有效，文件没有改动{_when(stamp)}", signer)


def not_whole(pdf: bytes) -> str:
    """Why the last signature of a PDF does not hold for the whole of it, whoever made it; empty where it does."""
    try:
        found = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        if not found:
            return "上面没有电子印章"
        anybody = ValidationContext(trust_roots=[found[-1].signer_cert], allow_fetching=False)
        status = validate_pdf_signature(found[-1], anybody, anybody)
    except (PdfError, SignatureValidationError, ValueError, KeyError, IndexError, TypeError) as error:
        return f"上面的电子印章不能核对（{type(error).__name__}）"
    if not (status.intact and status.valid):
        return "上面的电子印章与文书不符"
    return "" if status.coverage is SignatureCoverageLevel.ENTIRE_FILE else "电子印章没有覆盖整个文件"


def _when(stamp: TimestampSignatureStatus | None) -> str:
    """The time of the authority, in words."""
    if stamp is None:
        return ""
    at = format_local(int(stamp.timestamp.timestamp() * 1000), seconds=True)
    return f"；时间戳 {at}" + ("" if stamp.trusted else "（时间戳机构的证书不在已登记的之中）")


def _signer(pem: bytes) -> signers.SimpleSigner:
    private = serialization.load_pem_private_key(pem, None).private_bytes(
        _DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    chain = [
        x509.Certificate.load(one.public_bytes(_DER))
        for one in certificates_of.load_pem_x509_certificates(pem)
    ]
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register_multiple(chain)
    return signers.SimpleSigner(
        signing_cert=chain[0], signing_key=keys.PrivateKeyInfo.load(private), cert_registry=store
    )
