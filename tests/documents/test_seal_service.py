"""政务签章服务: a port; what it gives back is taken only as the document that was sent, signed as a whole."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from liuhen.adapters.sealing import SealProgram
from liuhen.documents import seal_service
from liuhen.documents.seal_service import Served, sealer_of
from liuhen.documents.seals import OwnSeal, SealError, check, own_seal
from tests.documents.test_seals import AGENCY, NOW, pdf

__all__ = ["pdf"]
SIGN = """
import sys
from liuhen.documents.pades import sign
sys.stdout.buffer.write(sign(sys.stdin.buffer.read(), open(sys.argv[1], "rb").read()))
"""


@dataclass(frozen=True)
class Another:
    """A service that gives back something else than it should."""

    key: OwnSeal
    change: Callable[[bytes], bytes]

    def sealed(self, pdf: bytes, agency: str) -> bytes:
        return self.change(self.key.seal(pdf))


@pytest.fixture
def key(settings, tmp_path: Path) -> OwnSeal:
    settings.LEDGER_KEYS = tmp_path / "keys"
    held = own_seal("service", "省政务签章平台", NOW)
    (tmp_path / "service.pem").write_bytes(held.pem)
    return held


def test_a_service_seals_in_place_of_the_own_key(key: OwnSeal, pdf: bytes, tmp_path: Path) -> None:
    served = Served(SealProgram([sys.executable, "-c", SIGN, str(tmp_path / "service.pem")]), AGENCY.name)
    sealed = served.seal(pdf)
    assert sealed.startswith(pdf) and check(sealed, [key.certificate]).valid
    assert not served.drawn, "the service puts its own picture there"


def test_what_is_not_the_document_sealed_as_a_whole_is_not_taken(key: OwnSeal, pdf: bytes) -> None:
    changes: tuple[tuple[Callable[[bytes], bytes], str], ...] = (
        (lambda made: made.replace(b"%PDF-1.7", b"%PDF-1.6"), "不是送去的那份文书"),
        (lambda made: made[: len(pdf)], "没有电子印章"),
        (lambda made: made.replace(b"AgencySeal", b"AgencySeaL"), "与文书不符"),
        (lambda made: made + b"\n% more", "没有覆盖整个文件"),
    )
    for change, said in changes:
        with pytest.raises(SealError, match=said):
            Served(Another(key, change), AGENCY.name).seal(pdf)


def test_a_service_that_fails_seals_nothing_and_says_so(pdf: bytes) -> None:
    for command, said in (
        (["/no/such"], "没有找到"),
        ([sys.executable, "-c", "raise SystemExit(1)"], "没有加盖"),
    ):
        with pytest.raises(SealError, match=said):
            Served(SealProgram(command), AGENCY.name).seal(pdf)


def test_the_port_decides_who_seals(key: OwnSeal) -> None:
    assert isinstance(sealer_of("qingxi", AGENCY.name, NOW), OwnSeal)
    seal_service.use(SealProgram(["seal"]))
    try:
        assert isinstance(sealer_of("qingxi", AGENCY.name, NOW), Served)
    finally:
        seal_service.use(None)
