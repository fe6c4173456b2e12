"""电子印章: valid as sealed, refused after one flipped byte, by our check and by others'."""

import re
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest
from cryptography.hazmat.primitives import serialization

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
