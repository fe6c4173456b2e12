"""The act of filing scans: read before the turn to write, sorted out within it; the originals stay as they came."""

from collections.abc import Mapping
from typing import Any

from liuhen import ledger
from liuhen.acts import registry
from liuhen.acts.act import Act, Actor, Made, Matter
from liuhen.acts.errors import Invalid
from liuhen.scans.filing import MAX_SHEETS, codes_of, read_file, sort_out
from liuhen.scans.readings import readings

CASE = frozenset({"case"})
SCANS = "scans_filed"


def _read_before(actor: Actor, payload: Mapping[str, Any]) -> None:
    """Two hundred pages take a minute: they are read before the turn to write."""
    given = payload.get("files")
    for id in given if isinstance(given, list) else ():
        waiting = ledger.find_upload(str(id), actor.id)
        if waiting is not None:
            staged = waiting.id
            readings(
                waiting.file.sha256,
                waiting.file.media_type,
                lambda staged=staged: ledger.file_store().read_staged(staged),  # type: ignore[misc]
            )


def _filed(values: Mapping[str, Any], matter: Matter | None) -> dict[str, Any]:
    """Which sheet is which page of which document; what could not be placed, and why."""
    files = values["files"]
    found = [(file["name"], read_file(file)) for file in files]
    problems = [f"“{name}”{read.problem}" for name, read in found if read.problem]
    if problems:
        raise Invalid({"files": f"扫描件：{'；'.join(problems)}。其他文件没有丢失，去掉这一份即可提交"})
    sheets = sum(read.count for _, read in found)
    if sheets > MAX_SHEETS:
        raise Invalid({"files": f"扫描件：共{sheets}幅，一次最多{MAX_SHEETS}幅，请分几次归位"})
    filed, aside = sort_out(found, codes_of(matter) if matter else {})
    made: dict[str, Any] = {"sheets": sheets, "filed": len(filed), "apart": len(aside)}
    if filed:
        made["pages"] = [
            {
                "nth": str(one.nth),
                "file": one.file,
                "sheet": str(one.sheet),
                "document": one.ref.id,
                "title": one.ref.title,
                "code": one.code,
                "page": str(one.page),
            }
            for one in filed
        ]
    if aside:
        made["aside"] = [
            {
                "nth": str(one.nth),
                "file": one.file,
                "sheet": str(one.sheet),
                "why": one.why,
                "remedy": one.remedy,
            }
            for one in aside
        ]
    return made


def register() -> None:
    """Make the act of this room known to the door."""
    registry.register(
        Act(
            SCANS,
            on=CASE,
            new_key=True,
            prepare=_read_before,
            made=Made(("sheets", "filed", "apart", "pages", "aside"), _filed),
        )
    )
