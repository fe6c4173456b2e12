"""简易程序: a penalty decided on the spot opens its case; reported, its fine collected, handed in and banked."""

from collections.abc import Mapping
from typing import Any

from liuhen import ledger
from liuhen.acts import registry
from liuhen.acts.act import Act, Doing, Made, Matter, fields_of
from liuhen.acts.registry import Suggested
from liuhen.cases.courses.agreeing import as_said, not_filed, required_when
from liuhen.cases.courses.places import CASE, LEAD
from liuhen.cases.decisions import not_before
from liuhen.cases.filing import code_of_its_kind
from liuhen.cases.rows import marks, rows
from liuhen.kernel.clock import format_local
from liuhen.kernel.ids import new_id


def _decider_is_there(doing: Doing) -> Mapping[str, str]:
    """Whoever enters the decision is one of those who made it."""
    if doing.actor.id in {officer["id"] for officer in doing.payload.get("officers", [])}:
        return {}
    return {"officers": "执法人员：登记人本人应当是执法人员之一，请把自己选上"}


_BRACKETS = ("〔〕", "[]", "()", "（）", "［］", "【】")
"""How people write the brackets around the year."""


def _number_unused(doing: Doing) -> Mapping[str, str]:
    """The number printed on the form of a decision on the spot is typed, and each is used once, however written."""
    typed, own = str(doing.payload.get("number") or "").strip(), doing.matter
    plain = typed.translate({ord(one): "〔〕"[at] for pair in _BRACKETS for at, one in enumerate(pair)})
    # of two at once the second waits, then finds the first
    ledger.turn_of(doing.actor.agency, f"number {plain}")
    written = sorted({plain.translate(str.maketrans("〔〕", pair)) for pair in _BRACKETS} | {typed})
    found = rows(
        "SELECT stream, party_name, filed_ms FROM cases_case"
        f" WHERE agency = %s AND decision_number IN ({marks(written)}) AND stream <> %s LIMIT 1",
        [doing.actor.agency, *written, own.stream if own else ""],
    )
    if not typed or not found:
        return {}
    used = f"{found[0]['party_name']}（{format_local(found[0]['filed_ms'])}）"
    return {
        "number": f"当场处罚决定书编号：“{typed}”已用于{used}，一个编号只用一次。"
        "请按手中这一份预定格式文书上的编号填写；那一件填错了的，先更正那一件"
    }


def _no_more_than_decided(doing: Doing) -> Mapping[str, str]:
    """No more is collected than was decided."""
    matter = doing.matter
    decided = matter.last("on_spot_decided") if matter else None
    if decided is None or doing.corrected is not None:
        return {}
    had = sum(fields_of(entry)["amount"] for entry in (matter.all("fine_collected") if matter else ()))
    if had + doing.payload["amount"] <= (fields_of(decided).get("amount") or 0):
        return {}
    return {"amount": "收缴金额：合计超过决定的罚款，请核对"}


def _begun(_: Mapping[str, Any], matter: Matter | None) -> Mapping[str, Any]:
    """The decision gets its name, and keeps that of the lead from which it came."""
    return {"decision": new_id(), "lead": matter.value("lead_registered", "lead") if matter else None}


ACTS = (
    Act(
        "on_spot_decided",
        on=LEAD,
        adopts=True,
        until=("declined", "transferred"),
        made=Made(("decision", "lead"), _begun),
        checks=(
            _decider_is_there,
            _number_unused,
            code_of_its_kind,
            not_filed,
            required_when("amount", "sanction", "fine"),
            required_when("statements", "stated", True),
        ),
    ),
    Act(
        "on_spot_reported",
        on=CASE,
        fixed={"decision": "on_spot_decided.decision"},
        answers=({"on_spot_decided": {}},),
    ),
    Act(
        "fine_collected",
        on=CASE,
        new_key=True,
        suggested={"amount": "on_spot_decided.amount", "officers": "on_spot_decided.officers"},
        fixed={"decision": "on_spot_decided.decision"},
        checks=(_no_more_than_decided, required_when("receipt", "receipt_given", True)),
    ),
    Act(
        "fine_handed_in",
        on=CASE,
        same=("fine_collected",),
        suggested={"amount": "fine_collected.amount"},
        checks=(as_said("fine_collected", "amount"), not_before("fine_collected", "at")),
    ),
    Act(
        "fine_banked",
        on=CASE,
        same=("fine_handed_in",),
        answers=({"fine_handed_in": {}},),
        checks=(not_before("fine_handed_in", "at"),),
    ),
)

_FROM_THE_LEAD = {
    "party_name": "suspect",
    "place": "place",
    "party_address": "place",
    "facts": "content",
}


def suggested_decision(matter: Matter) -> Suggested:
    """What the lead already says of a penalty on the spot; nobody is asked for one only because there is a lead."""
    title = registry.dictionary().kinds["lead_registered"].title
    values = {name: matter.value("lead_registered", field) for name, field in _FROM_THE_LEAD.items()}
    return {name: (value, title) for name, value in values.items() if value}


def suggested_performance(matter: Matter) -> Suggested:
    """A fine collected on the spot, for as long as it is not recorded as performed."""
    collected = matter.last("fine_collected")
    if collected is None:
        return {}
    said, title = fields_of(collected), registry.dictionary().kinds[collected.kind].title
    recorded = {fields_of(entry).get("receipt") for entry in matter.all("performed")}
    if not said.get("receipt") or said["receipt"] in recorded:
        return {}
    values = {"what": "fine", "amount": said["amount"], "receipt": said["receipt"]}
    return {name: (value, title) for name, value in values.items()}
