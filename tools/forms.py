"""Adds to the list of released forms whatever form or version it lacks (`python -m tools.forms`).

A line once written is never changed: an entry made with a form keeps it.
"""

import json
import sys
from dataclasses import MISSING, fields, is_dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from liuhen.documents.catalogue import catalogue
from liuhen.documents.forms import Form

LIST = Path("tests/corpus/forms.txt")


def defined(value: Any) -> Any:
    """A form as plain data; what is as by default is left out, so that a new word of forms changes no old one."""
    if is_dataclass(value):
        return {
            one.name: defined(given)
            for one in fields(value)
            if (given := getattr(value, one.name)) or one.default is MISSING
        }
    if isinstance(value, frozenset):
        return sorted(value)
    return [defined(one) for one in value] if isinstance(value, tuple) else str(value)


def digest_of(form: Form) -> str:
    """What a form is known by."""
    return sha256(json.dumps(defined(form), ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:24]


def shipped() -> dict[tuple[str, int], str]:
    """Every form and version of the program with its digest; the plain sheets follow the dictionary."""
    return {(form.id, form.version): digest_of(form) for form in catalogue() if not form.plain}


def released() -> dict[tuple[str, int], str]:
    """The same as it was when it was released."""
    lines = LIST.read_text(encoding="utf-8").splitlines() if LIST.exists() else []
    return {(form, int(version)): digest for form, version, digest in map(str.split, lines)}


def main() -> int:
    """Add what is new; what was released stays as it is."""
    before, now = released(), shipped()
    LIST.write_text(
        "".join(f"{form} {version} {digest}\n" for (form, version), digest in sorted((now | before).items())),
        encoding="utf-8",
    )
    print(f"{len(now.keys() - before.keys())} added, {len(before)} kept")
    return 0


if __name__ == "__main__":
    sys.exit(main())
