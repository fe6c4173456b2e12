"""Law lives only in packs: no article, time limit or role stands as a rule in Python."""

import re

import pytest

from tests.guards.source import Module, modules, parse

ARTICLE = re.compile(r"\b(WD|HN-[GJS]|R\d{2})-\d+|第(?!一条)[零〇一二三四五六七八九十百\d０-９]+条")
LEAST = re.compile(r"不得少于|不得超过[一二三四五六七八九十\d]")
"""How many officers, how much: a gate of a pack says so."""
LIMIT = re.compile(r"[一二三四五六七八九十\d]+\s*(个?工作日|个?自然日|working_days\b)")
EXAMPLE = re.compile("写作|例如|……")
ROLES = {
    "legal_reviewer", "legal_unit_head", "handling_unit_head", "agency_head", "principal_head", "unit_head",
    "custodian", "enforcement_unit", "hearing_host",
}  # fmt: skip
WHO_MAY = ("liuhen/accounts/", "liuhen/acts/permissions", "liuhen/config/demo/")
"""The table of acts and roles and the people who hold them; nowhere else is a role known by name."""


def rules_in(module: Module) -> list[str]:
    """Where a module states law by itself; the reader of packs may show how one is written."""
    found = []
    for line, text in module.strings():
        example = module.name.startswith("liuhen/law/") and EXAMPLE.search(text)
        if not example and (ARTICLE.search(text) or LIMIT.search(text) or LEAST.search(text)):
            found.append(f"{module.name}:{line} {text[:60]}")
        if text in ROLES and not module.name.startswith(WHO_MAY):
            found.append(f"{module.name}:{line} {text}")
    return found


def test_no_module_states_law() -> None:
    assert [rule for module in modules() for rule in rules_in(module)] == []


@pytest.mark.parametrize(
    "bad",
    [
        'if article == "HN-S-9": pass',
        'say = "违反第九条"',
        'say = "违反第12条的规定"',
        'limit = "10 working_days"',
        'limit = f"须在10个工作日内审完{x}"',
        'if role == "legal_reviewer": pass',
        'say = "检查人员：不得少于两人"',
    ],
)
def test_the_guard_sees(bad: str) -> None:
    assert rules_in(parse(bad))


@pytest.mark.parametrize(
    "good",
    [
        '"""Such as HN-S-9."""',
        r'pattern = "第([一二三]+)条"',
        'say = f"第{n}个工作日"',
        'unit = "working_days"',
    ],
)
def test_the_guard_lets_pass(good: str) -> None:
    assert not rules_in(parse(good))
