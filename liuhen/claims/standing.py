"""各行现在的内容: a file's rows as they were read, and in the place of those kept apart what was corrected since."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Any

from liuhen.claims.reading import COLUMNS, Claim

_COLUMNS = ", ".join(COLUMNS)
_PLACES = ", ".join(f"column{at}" for at in range(1, len(COLUMNS) + 1))


@dataclass(frozen=True)
class Standing:
    """A file by its digest, and its corrected rows; the rows of the file itself never change."""

    sha256: str
    fixed: tuple[Claim, ...] = ()

    def source(self) -> tuple[str, Sequence[Any]]:
        """The rows as a table of a statement, and the values of its marks."""
        own = f"SELECT {_COLUMNS} FROM claims_row WHERE sha256 = %s"
        if not self.fixed:
            return f"({own})", [self.sha256]
        numbers = [row.number for row in self.fixed]
        without = f"number NOT IN ({', '.join(['%s'] * len(numbers))})"
        rows = ", ".join([f"({', '.join(['%s'] * len(COLUMNS))})"] * len(numbers))
        fixed = f"SELECT {_PLACES} FROM (VALUES {rows}) AS corrected"
        values = [value for row in self.fixed for value in astuple(row)]
        return f"({own} AND {without} UNION ALL {fixed})", [self.sha256, *numbers, *values]
