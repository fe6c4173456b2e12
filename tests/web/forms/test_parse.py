"""From a posted form to the payload: every field type of the dictionary, blanks absent, rows in order."""

import pytest
from django.http import QueryDict

from liuhen.law.dictionary import Field, Kind
from liuhen.web.forms import parse


def kind(**fields: Field) -> Kind:
    return Kind("tried", "试", "try", 1, "case", "reported", "tried", "试", fields)


def typed(field: Field, query: str) -> object:
    return parse(kind(x=field), QueryDict(query)).get("x")


@pytest.mark.parametrize(
    ("type", "query", "value"),
    [
        ("text", "x=+%E7%94%B2+", "甲"),
        ("text", "x=+", None),
        ("longtext", "x=a%0D%0Ab", "a\r\nb"),
        ("money", "x=12%2C000.50", "12,000.50"),
        ("bool", "x=yes", True),
        ("bool", "x=no", False),
        ("bool", "x=", None),
        ("bool", "x=true", None),
        ("choices", "x=a&x=b", ["a", "b"]),
        ("officers", "x=1&x=&x=2", ["1", "2"]),
        ("files", "x=1|%E7%94%B2.jpg|20&x=2", ["1", "2"]),
        ("instant", "x=2026-08-03T09:00", "2026-08-03T09:00"),
    ],
)
def test_each_type(type: str, query: str, value: object) -> None:
    assert typed(Field("x", type, "栏"), query) == value


def test_rows_come_in_the_order_of_their_numbers_and_blank_ones_go() -> None:
    field = Field("x", "items", "栏", columns={"name": "名称", "quantity": "数量"})
    query = "x-10-name=c&x-2-name=b&x-0-name=a&x-0-quantity=1&x-5-name=+&x-1-other=z"
    assert typed(field, query) == [{"name": "a", "quantity": "1"}, {"name": "b"}, {"name": "c"}]


def test_signatures_know_refusal_and_leave_out_preset_identities() -> None:
    field = Field("x", "signatures", "签名")
    query = "x-0-who=party&x-0-name=a&x-0-refused=yes&x-0-note=n&x-1-who=officer"
    assert typed(field, query) == [{"who": "party", "name": "a", "refused": True, "note": "n"}]


def test_what_the_door_fills_is_not_read() -> None:
    assert parse(kind(x=Field("x", "text", "栏")), QueryDict("x=a"), frozenset({"x"})) == {}


def test_unknown_names_are_not_read() -> None:
    assert parse(kind(x=Field("x", "text", "栏")), QueryDict("y=a&_key=1")) == {}
