"""Canonical JSON (RFC 8785) of what the record keeps: the bytes that are hashed, and nothing else.

The record holds no floating point number: money is 分, instants are milliseconds, quantities are text.
Without floats, and with keys in ASCII, `orjson` writes RFC 8785, many times faster than a general encoder.
"""

from typing import Any

import orjson
import rfc8785

from liuhen.ledger.errors import NotCanonical

_MAX_INT = 2**53 - 1


def canonical(value: Any) -> bytes:
    """The one byte form of a JSON value.

    Raises `NotCanonical` for a float, an integer beyond 2**53, a key that is not text,
    a lone surrogate, or a type JSON does not know.
    """
    plain = _is_plain(value) or _check(value, "")
    try:
        if plain:
            return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
        return rfc8785.dumps(value)
    except (orjson.JSONEncodeError, UnicodeEncodeError, rfc8785.CanonicalizationError) as error:
        raise NotCanonical(f"内容无法规范编码：{error}") from error


_LEAVES = frozenset({str, bool, type(None)})
_TEXT = frozenset({str})


def _is_plain(value: Any) -> bool:
    """Whether it can be encoded as it is; where not, `_check` tells why. Most values are."""
    left = [value]
    for one in left:
        kind = type(one)
        if kind is dict:
            if not (_TEXT.issuperset(map(type, one)) and all(map(str.isascii, one))):
                return False
            left += [each for each in one.values() if type(each) not in _LEAVES]
        elif kind is list or kind is tuple:
            left += [each for each in one if type(each) not in _LEAVES]
        elif kind is int:
            if not -_MAX_INT <= one <= _MAX_INT:
                return False
        elif kind not in _LEAVES:
            return False
    return True


def _check(value: Any, path: str) -> bool:
    """Refuse what has no canonical form; tell whether all keys are ASCII (then code point order is UTF-16 order)."""
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return True
    if kind is int:
        if -_MAX_INT <= value <= _MAX_INT:
            return True
        raise NotCanonical(f"“{path}”的整数超出±2^53，不能入卷；请改用文本")
    if kind is dict:
        return _check_mapping(value, path)
    if kind is list or kind is tuple:
        return all([_check(item, path) for item in value])  # noqa: C419 (every item is checked)
    raise NotCanonical(f"“{path}”的类型 {kind.__name__} 不能入卷；只收文本、整数、是否、列表和字段组")


def _check_mapping(value: dict[Any, Any], path: str) -> bool:
    plain = True
    for key, item in value.items():
        if type(key) is not str:
            raise NotCanonical(f"“{path}”的字段名 {key!r} 不是文本")
        plain = _check(item, key) and plain and key.isascii()
    return plain
