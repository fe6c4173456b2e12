"""Acts on lists of claims (违规明细): imported, explained, looked at, settled, cut at the limitation day."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from liuhen import ledger
from liuhen.acts import registry
from liuhen.acts.act import Act, Actor, Made, Matter
from liuhen.acts.errors import Invalid
from liuhen.claims import reckoning, rows, selection, state
from liuhen.claims.models import ClaimRow
from liuhen.claims.reading import LIMITS, row_text
from liuhen.registers.tables import NotATable

CASE = frozenset({"case"})
_SELECTED = ("ranges", "count", "sum")


def _read_before(actor: Actor, payload: Mapping[str, Any]) -> None:
    """100,000 rows take seconds: they are read before the turn to write. What cannot be read is said at the door."""
    files = payload.get("files")
    for id in files if isinstance(files, list) else ():
        waiting = ledger.find_upload(str(id), actor.id)
        if waiting is not None:
            with suppress(NotATable):
                rows.read_in(
                    waiting.file.name, waiting.file.sha256, ledger.file_store().read_staged(waiting.id)
                )


def _imported(values: Mapping[str, Any], matter: Matter | None) -> dict[str, Any]:
    """How many rows, how much, and their digest; read in already where the form was sent from the screen."""
    files = values["files"]
    if len(files) != 1:
        raise Invalid({"files": "明细文件：一次导入一个文件；有几个的，请分几次导入"})
    (file,) = files
    try:
        read = rows.read_in(file["name"], file["sha256"], ledger.file_store().read(file["sha256"]))
    except NotATable as error:
        raise Invalid({"files": f"明细文件：{error}"}) from error
    return {"rows": read.rows, "apart": read.apart, "total": read.total, "digest": read.digest}


def _selected(values: Mapping[str, Any], matter: Matter | None) -> dict[str, Any]:
    """The rows meant, how many of them count, and their amount."""
    found = state.list_of(matter, values["list"]) if matter else None
    if found is None:
        raise Invalid({"list": "明细：不是本案的明细，请重新选择"})
    try:
        ranges = selection.ranges_of(values["selected"], found.standing, found.rows)
    except selection.BadSelection as error:
        raise Invalid({"selected": f"哪些行：{error}"}) from error
    count, amount = state.counted(found.standing, ranges)
    return {"ranges": selection.text_of(ranges), "count": count, "sum": amount}


def _repaired(values: Mapping[str, Any], matter: Matter | None) -> dict[str, Any]:
    """The row as the file has it, why it was kept apart; its number as a range like any other that is spoken of."""
    found = state.list_of(matter, values["list"]) if matter else None
    if found is None:
        raise Invalid({"list": "明细：不是本案的明细，请重新选择"})
    number = values["row"]
    own = ClaimRow.objects.filter(sha256=found.sha256, number=number).first()
    if own is None or not own.problem:
        raise Invalid(
            {"row": f"第几行：第{number}行没有另列待核，不用更正；另列的各行见明细“只看另列待核的”"}
        )
    if number not in found.repairs and len(found.repairs) >= state.REPAIRS_MOST:
        most = f"已经更正{state.REPAIRS_MOST}行，请把原表改好后另行导入"
        raise Invalid({"row": f"第几行：{most}"})
    long = {
        name: f"{registry.dictionary().kinds[state.REPAIRED].fields[name].label}：超过{most}字"
        for name, most in LIMITS.items()
        if len(values.get(name, "")) > most
    }
    if long:
        raise Invalid(long)
    return {"ranges": str(number), "problem": own.problem, "original": row_text(own)}


def register() -> None:
    """Make the acts of this room known to the door."""
    for name in ("serve_notice", "draft_decision"):
        registry.register_suggestion(name, reckoning.suggested)
    registry.register_suggestion("report_investigation", reckoning.suggested_sums)
    registry.register_suggestion("reckon_fine", reckoning.next_cause)
    of_a_list: dict[str, Any] = {"on": CASE, "same": ("claims_imported",), "repeats": True}
    selected = Made(_SELECTED, _selected)
    registry.register(
        Act(
            "claims_imported",
            on=CASE,
            new_key=True,
            until=("decided",),
            prepare=_read_before,
            made=Made(("rows", "apart", "total", "digest"), _imported),
        ),
        Act("claims_explained", made=selected, **of_a_list),
        Act("claims_viewed", made=selected, **of_a_list),
        Act("claims_settled", made=selected, until=("decided",), **of_a_list),
        Act(
            state.REPAIRED,
            made=Made(("ranges", "problem", "original"), _repaired),
            until=("decided",),
            **of_a_list,
        ),
        Act("claims_cut", until=("decided",), **of_a_list),
        Act(
            "fine_reckoned",
            on=CASE,
            new_key=True,
            until=("decided",),
            made=Made(reckoning.MADE, reckoning.reckoned),
            checks=(reckoning.tier_fits, reckoning.once_for_a_cause),
        ),
        Act("reckoning_withdrawn", on=CASE, same=("fine_reckoned",), until=("decided",)),
    )
