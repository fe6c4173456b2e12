"""手写签名、印章、改一个字节: from the pad to the sealed paper; valid, valid, refused, by our check and by OpenSSL."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization

from liuhen.acts import Invalid, registry
from liuhen.acts.matter import load_matter
from liuhen.acts.signing import shown_digest
from liuhen.documents.fonts import load_fonts
from liuhen.documents.queries import content_of, documents_of, seal_document
from liuhen.documents.seals import check, own_seal
from liuhen.documents.witness import issuer
from liuhen.kernel.clock import SystemClock
from tests.documents.test_seals import openssl
from tests.stories.office import case_as_far_as

pytestmark = pytest.mark.usefixtures("stage")
STROKE = [[100 + 20 * n, 100 + 9 * (n % 5), 15 * n] for n in range(12)]


def test_a_drawn_signature_the_seal_and_one_flipped_byte(settings: Any, tmp_path: Path) -> None:
    settings.LEDGER_KEYS = tmp_path / "keys"
    office, streams = case_as_far_as("preserved")
    stream = streams["case"]
    was = next(one for one in reversed(load_matter(stream).entries) if one.kind == "preserved").open
    own = {name: was[name] for name in ("urgent", "reason", "items", "kept_where")}
    given = {**own, "urgent": True, "officers": office.ids("zhang", "li"), "counted_on_spot": True}
    given |= {"list_given": True, "notice_given": True, "reason": "账册可能被转移。"}
    kind = registry.kind_of(registry.act("preserve"))
    row = {
        "who": "party",
        "name": "周济生",
        "drawn": json.dumps([STROKE]),
        "shown": shown_digest(kind, given),
    }
    with pytest.raises(Invalid, match="内容又有改动"):
        office.do("zhang", "preserve", {**given, "reason": "另一理由。", "signatures": [row]}, stream)
    receipt = office.do("zhang", "preserve", {**given, "signatures": [row]}, stream)
    entries, agency = load_matter(stream).entries, issuer(office.agency)
    ref = next(one for one in documents_of(entries, agency) if one.entry_id == receipt.entry and one.seal)
    _, content = content_of(ref, entries, agency)
    assert any("<path" in sign["drawn"] for block in content["blocks"] for sign in block.get("signs", ()))
    seal = own_seal(office.agency, agency.name, SystemClock().now_ms())
    sealed = seal_document(ref, entries, agency, load_fonts(), seal, cache=tmp_path)
    assert seal_document(ref, entries, agency, load_fonts(), seal, cache=tmp_path) == sealed, (
        "out of the cache"
    )
    flipped = bytearray(sealed)
    flipped[len(sealed) // 3] ^= 1
    assert check(sealed, [seal.certificate]).valid
    assert not check(bytes(flipped), [seal.certificate]).valid
    if shutil.which("openssl"):
        (tmp_path / "ca.pem").write_bytes(seal.certificate.public_bytes(serialization.Encoding.PEM))
        assert openssl(sealed, tmp_path) == 0
        assert openssl(bytes(flipped), tmp_path) != 0
