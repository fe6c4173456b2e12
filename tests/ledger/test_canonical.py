"""What is hashed is RFC 8785, and what has no canonical form is refused."""

from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from liuhen.ledger import NotCanonical, canonical

SAFE = st.characters(exclude_categories=["Cs"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(SAFE),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(SAFE), inner),
    max_leaves=20,
)


@given(VALUES)
def test_the_bytes_are_those_of_rfc_8785(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)


def test_keys_are_ordered_by_utf_16() -> None:
    value = {"\ufb33": 1, "\U0001f600": 2, "a": 3}
    assert canonical(value) == '{"a":3,"\U0001f600":2,"\ufb33":1}'.encode()


@pytest.mark.parametrize(
    ("value", "word"),
    [
        ({"amount": 1.5}, "amount"),
        ({"n": 2**53}, "n"),
        ({1: "x"}, "字段名"),
        ({"x": "\ud800"}, "规范编码"),
        ({"x": {1, 2}}, "set"),
        ({"x": b"raw"}, "bytes"),
        ({"x": [[float("nan")]]}, "x"),
    ],
)
def test_what_has_no_canonical_form_is_refused(value: Any, word: str) -> None:
    with pytest.raises(NotCanonical, match=word):
        canonical(value)
