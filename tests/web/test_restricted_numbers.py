"""公示的隐私检查: telephones of every writing are found in a text about a party, and nothing that is none."""

import pytest

from liuhen.acts import registry
from liuhen.disclosure.restricted import given_away


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("联系电话13800000002。", "手机号码（1*********2）"),
        ("138 0000 0002", "手机号码"),
        ("０１０－８８８８８８８８", "固定电话号码（0**********8）"),
        ("座机(0379)6543210转8", "固定电话号码"),
        ("0371 65432100", "固定电话号码"),
        ("传真号码是6543210", "固定电话号码（6*****0）"),
        ("代码91410100MA0123456789，清医保罚〔2026〕1号", ""),
        ("退回0.310123元，共28400.00元", ""),
        ("电话录音20260101号", ""),
    ],
)
def test_telephones_of_every_writing_are_found(said: str, found: str) -> None:
    kind = registry.dictionary().kinds["disclosure_prepared"]
    told = given_away(kind, {"facts": said}, ())
    assert found in told.get("facts", "") and bool(found) == bool(told)
