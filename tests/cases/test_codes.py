"""统一社会信用代码: a code against the name and the kind of the party, refused in filing, inspection and registers."""

from typing import Any

import pytest

from liuhen.acts import registry
from liuhen.acts.act import Doing

BUSINESS, BODY = "92410000MA3X0X0X0X", "91410000MA3X0X0X0X"


def told(act_name: str, **payload: Any) -> dict[str, str]:
    """What the checks of codes of an act say of these values."""
    act = registry.act(act_name)
    doing: Any = Doing(act, None, None, "", payload, 0, 0)  # type: ignore[arg-type]
    found: dict[str, str] = {}
    for check in act.checks:
        if "code" in check.__name__:
            found |= check(doing)
    return found


@pytest.mark.parametrize(
    ("act", "code", "name"),
    [
        ("propose_filing", "party_code", "party_name"),
        ("decide_on_spot", "party_code", "party_name"),
        ("plan_inspection", "party_code", "party_name"),
        ("enter_institution", "credit_code", "name"),
        ("change_institution", "credit_code", "name"),
    ],
)
def test_a_company_does_not_bear_the_code_of_an_individual_business(act: str, code: str, name: str) -> None:
    (said,) = told(act, **{code: BUSINESS, name: "清溪县仁和医药有限公司"}).items()
    assert said[0] == code and "名称中有“公司”，不可能是个体工商户，请对照营业执照" in said[1]
    assert told(act, **{code: BUSINESS, name: "清溪县仁和诊所"}) == {}
    assert told(act, **{code: BODY, name: "清溪县仁和医药有限公司"}) == {}


@pytest.mark.parametrize(
    ("kind", "code", "says"),
    [
        ("citizen", BODY, "公民没有统一社会信用代码"),
        ("organisation", BUSINESS, "是个体工商户的"),
        ("individual_business", BODY, "不是个体工商户的"),
        ("individual_business", BUSINESS, ""),
        ("organisation", BODY, ""),
        ("citizen", "", ""),
    ],
)
def test_a_code_is_of_its_partys_kind(kind: str, code: str, says: str) -> None:
    for act in ("propose_filing", "decide_on_spot"):
        said = told(act, party_kind=kind, party_code=code, party_name="仁和").get("party_code", "")
        assert says in said and bool(said) == bool(says)
