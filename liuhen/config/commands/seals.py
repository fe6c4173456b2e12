"""`liuhen documents seal`: check a sealed PDF, or put an agency's own certificate in place."""

import argparse
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.x509 import Certificate, load_pem_x509_certificates

from liuhen.accounts.models import Agency
from liuhen.config.cli import FINDINGS, FINE
from liuhen.config.refusal import Refusal
from liuhen.documents.seals import SealError, check, own_seal, set_seal
from liuhen.kernel.clock import SystemClock


def seal_arguments(parser: argparse.ArgumentParser) -> None:
    """Which agency, and what to do."""
    parser.add_argument("agency", help="机关的代号（人员名册里的 slug）")
    parser.add_argument("--check", type=Path, metavar="FILE", help="核对这份 PDF")
    parser.add_argument(
        "--set", type=Path, metavar="FILE", help="换上这个文件里的证书和私钥（PEM，没有口令）"
    )
    parser.add_argument(
        "--authority", type=Path, metavar="FILE", help="核对时认可的时间戳机构证书（PEM，可以有几份）"
    )
    parser.add_argument(
        "--trusted",
        type=Path,
        metavar="FILE",
        help="核对时另外认可的签章证书（政务签章服务的，PEM，可以有几份）",
    )
    parser.add_argument("--certificate", type=Path, metavar="FILE", help="把证书写到这个文件，供他人核对")


def seal(arguments: argparse.Namespace) -> int:
    """Do what is asked; 1 when a PDF's seal does not hold."""
    agency = Agency.objects.filter(slug=arguments.agency).first()
    if agency is None:
        raise Refusal(f"没有代号为“{arguments.agency}”的机关")
    try:
        if arguments.set:
            set_seal(agency.id, arguments.set.read_bytes())
        own = own_seal(agency.id, agency.name, SystemClock().now_ms())
        print(f"{agency.name}的电子印章：证书 {own.fingerprint}")
        if arguments.certificate:
            pem = own.certificate.public_bytes(serialization.Encoding.PEM)
            arguments.certificate.write_bytes(pem)
        if not arguments.check:
            return FINE
        trusted = [own.certificate, *_certificates(arguments.trusted)]
        found = check(arguments.check.read_bytes(), trusted, _certificates(arguments.authority))
    except (SealError, OSError, ValueError) as error:
        raise Refusal(str(error)) from error
    print(f"{arguments.check.name}：{found.text}")
    return FINE if found.valid else FINDINGS


def _certificates(path: Path | None) -> list[Certificate]:
    return load_pem_x509_certificates(path.read_bytes()) if path else []
