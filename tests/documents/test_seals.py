"""电子印章: valid as sealed, refused after one flipped byte, by our check and by others'."""

import asyncio
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

from liuhen.documents.catalogue import catalogue
from liuhen.documents.context import Issuer, context
from liuhen.documents.fonts import load_fonts
from liuhen.documents.render import render
from liuhen.documents.samples import sample_entry
from liuhen.documents.seals import OwnSeal, SealError, check, own_seal, seal_file, set_seal
from liuhen.kernel.clock import SystemClock
from liuhen.law.dictionary import standard

AGENCY = Issuer("清溪县医疗保障局")
NOW = SystemClock().now_ms()
STAMPED = datetime(2026, 9, 21, 2, 5, tzinfo=UTC)


@pytest.fixture
def seal(settings, tmp_path: Path) -> OwnSeal:
    settings.LEDGER_KEYS = tmp_path / "keys"
    return own_seal("qingxi", AGENCY.name, NOW)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    form, entry = catalogue().form("decision", 1), sample_entry(standard(), "decided", "empty")
    return render(form, context(entry, form, [entry], AGENCY), load_fonts())


def test_sealed_it_is_valid_and_still_archival(seal: OwnSeal, pdf: bytes, tmp_path: Path) -> None:
    sealed = seal.seal(pdf)
    found = check(sealed, [seal.certificate])
    assert (found.valid, found.signer) == (True, "清溪县医疗保障局电子印章")
    assert sealed.startswith(pdf), "what was made is not touched, the seal is added"
    (tmp_path / "s.pdf").write_bytes(sealed)
    meta = pikepdf.open(tmp_path / "s.pdf").open_metadata()
    assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "B")


@pytest.mark.parametrize("place", [0.1, 0.4, 0.7])
def test_one_flipped_byte_is_refused(seal: OwnSeal, pdf: bytes, place: float) -> None:
    sealed = bytearray(seal.seal(pdf))
    sealed[int(len(pdf) * place)] ^= 1
    assert not check(bytes(sealed), [seal.certificate]).valid


def test_what_is_added_afterwards_is_refused(seal: OwnSeal, pdf: bytes) -> None:
    found = check(seal.seal(pdf) + b"\n% more\n", [seal.certificate])
    assert not found.valid


def test_another_seal_and_none_are_told_apart(seal: OwnSeal, pdf: bytes) -> None:
    other = own_seal("wangdu", "望都县医疗保障局", NOW)
    assert "不是本机关的" in check(other.seal(pdf), [seal.certificate]).text
    assert "没有电子印章" in check(pdf, [seal.certificate]).text
    assert not check(b"not a pdf", [seal.certificate]).valid


def test_the_seal_stays_and_is_ones_own(seal: OwnSeal) -> None:
    assert own_seal("qingxi", AGENCY.name, NOW) == seal
    assert seal_file("qingxi").stat().st_mode & 0o077 == 0
    seal_file("qingxi").chmod(0o644)
    with pytest.raises(SealError, match="0600"):
        own_seal("qingxi", AGENCY.name, NOW)


def test_an_administrator_sets_another(seal: OwnSeal, pdf: bytes) -> None:
    other = own_seal("wangdu", "望都县医疗保障局", NOW)
    set_seal("qingxi", other.pem)
    assert own_seal("qingxi", AGENCY.name, NOW).certificate == other.certificate
    certificate = seal.certificate.public_bytes(serialization.Encoding.PEM)
    private = other.pem[: other.pem.index(b"-----BEGIN CERTIFICATE")]
    with pytest.raises(SealError, match="不是一对"):
        set_seal("qingxi", private + certificate)
    with pytest.raises(SealError, match="PEM"):
        set_seal("qingxi", certificate)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="OpenSSL is not installed")
def test_openssl_agrees(seal: OwnSeal, pdf: bytes, tmp_path: Path) -> None:
    sealed = seal.seal(pdf)
    (tmp_path / "ca.pem").write_bytes(seal.certificate.public_bytes(serialization.Encoding.PEM))
    assert openssl(sealed, tmp_path) == 0
    changed = bytearray(sealed)
    changed[len(pdf) // 2] ^= 1
    assert openssl(bytes(changed), tmp_path) != 0


def openssl(sealed: bytes, folder: Path) -> int:
    found = re.search(rb"/ByteRange\s*\[\s*(\d+) (\d+) (\d+) (\d+)", sealed)
    assert found
    first, length, second, rest = map(int, found.groups())
    (folder / "signed").write_bytes(sealed[first : first + length] + sealed[second : second + rest])
    hexed = sealed[first + length + 1 : second - 1].decode()
    (folder / "cms").write_bytes(bytes.fromhex(hexed))
    command = (
        "openssl cms -verify -inform DER -in cms -content signed -binary -CAfile ca.pem -purpose any -out out"
    )
    return subprocess.run(command.split(), cwd=folder, capture_output=True, check=False).returncode


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="poppler's tools are not installed")
def test_poppler_agrees(seal: OwnSeal, pdf: bytes, tmp_path: Path) -> None:
    file = tmp_path / "sealed.pdf"
    file.write_bytes(seal.seal(pdf))
    assert "Signature is Valid" in said(file)
    changed = bytearray(file.read_bytes())
    changed[len(pdf) // 2] ^= 1
    file.write_bytes(changed)
    assert "Signature is Valid" not in said(file)


def said(file: Path) -> str:
    return subprocess.run(["pdfsig", "-nocert", file], capture_output=True, text=True, check=False).stdout


@pytest.fixture
def authority() -> Iterator[tuple[str, x509.Certificate]]:
    """A time-stamp authority on this machine: its address, its certificate."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "清溪时间戳")])
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(7).not_valid_before(STAMPED.replace(year=2020)).not_valid_after(STAMPED.replace(year=2040))
        .add_extension(x509.BasicConstraints(True, 0), True).add_extension(usage, True).sign(key, hashes.SHA256())
    )  # fmt: skip
    der = serialization.Encoding.DER
    plain = key.private_bytes(der, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    stamper = DummyTimeStamper(
        asn1_x509.Certificate.load(made.public_bytes(der)), keys.PrivateKeyInfo.load(plain), fixed_dt=STAMPED
    )

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            body = asyncio.run(stamper.async_request_tsa_response(asked)).dump()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/", made
        server.shutdown()


def test_an_authority_says_when_it_was_sealed(
    seal: OwnSeal, pdf: bytes, authority: tuple[str, x509.Certificate], tmp_path: Path
) -> None:
    url, certificate = authority
    stamped = replace(seal, authority=url).seal(pdf)
    found = check(stamped, [seal.certificate], [certificate])
    assert found.valid and found.text.endswith("时间戳 2026-09-21 10:05:00")
    unknown = check(stamped, [seal.certificate])
    assert unknown.valid and "不在已登记的之中" in unknown.text
    changed = bytearray(stamped)
    changed[len(pdf) // 2] ^= 1
    assert not check(bytes(changed), [seal.certificate], [certificate]).valid
    (tmp_path / "ca.pem").write_bytes(seal.certificate.public_bytes(serialization.Encoding.PEM))
    if shutil.which("openssl"):
        assert openssl(stamped, tmp_path) == 0


def test_an_authority_that_does_not_answer_seals_nothing(seal: OwnSeal, pdf: bytes) -> None:
    for url, said in (("http://127.0.0.1:9/", "没有加盖电子印章"), ("file:///etc/passwd", "http")):
        with pytest.raises(SealError, match=said):
            replace(seal, authority=url).seal(pdf)
