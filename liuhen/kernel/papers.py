"""核验码: how the code of a paper is written and read, and the digests that are all the public site knows. Pure."""

import hashlib
import re

LENGTH = 16
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's alphabet: no letter that is taken for a digit."""

MOST = 200
"""The longest text that anything here reads."""

_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_CODE = re.compile(f"[{LETTERS}]{{{LENGTH}}}")
_IGNORED = re.compile(r"[\s\-\u3000]+")
_ADDRESS = re.compile(rf"[a-z]+://\S*/d/([0-9a-z]{{{LENGTH}}})/([1-9]\d{{0,3}})/?", re.IGNORECASE)


def written(number: int) -> str:
    """A number of 80 bits as a code."""
    return "".join(LETTERS[number >> shift & 31] for shift in range(5 * LENGTH - 5, -5, -5))


def read_code(text: str) -> str | None:
    """A code as somebody typed or scanned it, or None where it cannot be one."""
    code = _IGNORED.sub("", text[:MOST]).upper().translate(_READ_AS)
    return code if _CODE.fullmatch(code) else None


def read_address(text: str) -> tuple[str, int] | None:
    """Code and page (from 1) of the address in a page's footer, or None where it is another text."""
    found = _ADDRESS.fullmatch(text[:MOST].strip())
    code = read_code(found[1]) if found else None
    return (code, int(found[2])) if found and code else None


def shown(code: str) -> str:
    """A code in groups of four, as people read it."""
    return " ".join(code[i : i + 4] for i in range(0, len(code), 4))


def paper_digest(code: str, *words: str) -> str:
    """SHA-256 of a code and what the paper says besides (文号, 校验码), white space aside."""
    plain = [_IGNORED.sub("", word[:MOST]) for word in words]
    return hashlib.sha256("\0".join(("liuhen paper", code, *plain)).encode()).hexdigest()
