"""文号: without gaps, never twice, one series per agency and year."""

from unittest.mock import patch

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from liuhen.documents.numbering import (
    DEFAULT_TEMPLATES,
    TemplateError,
    check_template,
    last_number,
    next_number,
)
from liuhen.law.dictionary import standard

TEMPLATE = "{code}医保罚〔{year}〕{n}号"


def take(agency: str = "a", series: str = "decision", year: int = 2026) -> str:
    with transaction.atomic():
        return next_number(agency, series, year, TEMPLATE, code="豫")


@pytest.mark.usefixtures("database")
def test_numbers_follow_each_other():
    assert [take() for _ in range(3)] == ["豫医保罚〔2026〕1号", "豫医保罚〔2026〕2号", "豫医保罚〔2026〕3号"]


@pytest.mark.usefixtures("database")
def test_each_agency_series_and_year_has_its_own():
    take()
    assert take(year=2027) == "豫医保罚〔2027〕1号"
    assert take(agency="b") == "豫医保罚〔2026〕1号"
    assert take(series="notice") == "豫医保罚〔2026〕1号"
    assert take() == "豫医保罚〔2026〕2号"


@pytest.mark.usefixtures("database")
def test_a_rollback_gives_the_number_back():
    take()
    with pytest.raises(RuntimeError), transaction.atomic():
        next_number("a", "decision", 2026, TEMPLATE, code="豫")
        raise RuntimeError
    assert last_number("a", "decision", 2026) == 1
    assert take() == "豫医保罚〔2026〕2号"


@pytest.mark.usefixtures("database")
def test_no_number_outside_a_transaction():
    with patch.object(connection, "in_atomic_block", False), pytest.raises(TransactionManagementError):
        next_number("a", "decision", 2026, TEMPLATE)


def test_every_series_of_the_dictionary_has_a_template():
    series = {field.numbered for kind in standard().kinds.values() for field in kind.fields.values()}
    assert series - {None} == set(DEFAULT_TEMPLATES)


@pytest.mark.parametrize("template", DEFAULT_TEMPLATES.values())
def test_default_templates_are_sound(template):
    check_template(template)


@pytest.mark.parametrize(
    ("template", "word"),
    [
        ("医保罚〔{year}〕号", "缺少 n"),
        ("医保罚{n}号", "缺少 year"),
        ("医保罚〔{year}〕{n}号{agency.__class__}", "不认识"),
        ("医保罚[{year}]{n}号", "六角括号"),
        ("医保罚〔{year〕{n}号", "不合格式"),
    ],
)
def test_a_bad_template_says_why(template, word):
    with pytest.raises(TemplateError, match=word):
        check_template(template)
