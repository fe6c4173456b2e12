"""From what a scenario writes to what a person's form would send: people, uploads, and values of earlier steps."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from liuhen.acts import Receipt, registry
from liuhen.acts.uploads import receive
from liuhen.kernel.clock import local_date
from liuhen.law.dictionary import Field
from liuhen.ledger import UploadRefused
from liuhen.oversight.scenarios.samples import NoSample, sample
from liuhen.oversight.scenarios.stage import officer_of

CHUNK = 1 << 20
CERTIFICATE = "certificate"
LAST_YEAR = "@last_year"
"""The year before that of the step, wherever the scenario is moved to."""
_WITHIN = re.compile(r"\$\{([^}]+)\}")
"""References within a text."""


class BadReference(ValueError):
    """A value that a scenario takes from an earlier step is not there; the message is Chinese."""


@dataclass(frozen=True)
class Names:
    """What earlier steps made: receipts and streams by name."""

    receipts: Mapping[str, Receipt]
    streams: Mapping[str, str]

    def value(self, reference: str) -> Any:
        """`$name` is the stream, `$name.field` a field of the entry, `$name.field.0.column` a cell of its rows.

        Raises `BadReference`.
        """
        name, _, path = reference[1:].partition(".")
        field, _, cell = path.partition(".")
        if not field and name in self.streams:
            return self.streams[name]
        receipt = self.receipts.get(name)
        if receipt is None:
            raise BadReference(f"{reference}：步骤“{name}”没有办成")
        if field == "entry":
            return receipt.entry
        if field not in receipt.fields:
            raise BadReference(f"{reference}：那一步没有记录“{field}”；有：{'、'.join(receipt.fields)}")
        return self._cell(reference, receipt.fields[field], cell)

    def _cell(self, reference: str, value: Any, cell: str) -> Any:
        if not cell:
            return value
        row, _, column = cell.partition(".")
        try:
            return value[int(row)][column] if column else value[int(row)]
        except (LookupError, TypeError, ValueError) as error:
            raise BadReference(f"{reference}：那一栏没有这一行或者这一列") from error


def of_person(said: str, agency: str) -> str:
    """`@zhang` is the person; `@zhang.certificate` and `@zhang.role` his certificate and his grant of that role."""
    slug, _, what = said[1:].partition(".")
    officer = officer_of(slug, agency)
    if not what:
        return officer.id
    held: Any = officer.certificates if what == CERTIFICATE else officer.grants.filter(role=what)
    found = held.first()
    if found is None:
        raise BadReference(f"{said}：这个人没有")
    return str(found.key).partition(".")[0]


@dataclass(frozen=True)
class Filling:
    """Everything needed to turn a step's `with` into a payload."""

    agency: str
    names: Names
    folder: Path
    owner: str
    now_ms: int

    def payload(self, act: str, typed: Mapping[str, Any]) -> dict[str, Any]:
        """The payload. Raises `BadReference`, `UploadRefused`, `NoSample`."""
        fields = registry.kind_of(registry.act(act)).fields
        return {name: self._value(fields.get(name), value) for name, value in typed.items()}

    def _value(self, field: Field | None, value: Any) -> Any:
        if isinstance(value, str) and "${" in value:
            return _WITHIN.sub(lambda found: str(self.names.value(f"${found[1]}")), value)
        if value == LAST_YEAR:
            return local_date(self.now_ms).year - 1
        if isinstance(value, str) and value.startswith("$"):
            return self.names.value(value)
        if isinstance(value, str) and value.startswith("@"):
            return of_person(value, self.agency)
        if isinstance(value, Mapping):
            return {name: self._value(None, each) for name, each in value.items()}
        if not isinstance(value, list):
            return value
        if field is not None and field.type == "officers":
            return [officer_of(str(each), self.agency).id for each in value]
        if field is not None and field.type == "files":
            return [self._upload(each) for each in value]
        return [self._value(None, each) for each in value]

    def _upload(self, said: Any) -> str:
        """`{file: 名称}` is made here, `{path: 文件}` read from beside the scenario; `cut` breaks it off."""
        told = said if isinstance(said, Mapping) else {"file": said}
        if "path" in told:
            path = self.folder / str(told["path"])
            name, data = str(told.get("file", path.name)), path.read_bytes()
        else:
            lasts = {"seconds": int(told["seconds"])} if "seconds" in told else {}
            name, data = str(told["file"]), sample(str(told.get("really", told["file"])), **lasts)
        size = len(data)
        if told.get("cut"):
            data = data[: size // 2]
        parts = (data[start : start + CHUNK] for start in range(0, len(data), CHUNK))
        return receive(parts, owner=self.owner, name=name, now_ms=self.now_ms, size=size).id


REFUSED = (BadReference, UploadRefused, NoSample)
"""What can go wrong before the door is reached."""
