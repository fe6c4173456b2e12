"""强制措施: preservation that lapsed; sealing from its request to the return of what was sealed."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from liuhen.acts import registry
from liuhen.acts.act import Act, Doing, Made, Matter, fields_of
from liuhen.acts.registry import Suggested
from liuhen.cases.courses.agreeing import not_yet
from liuhen.cases.courses.places import CASE, HANDLERS, OVER, taken, until
from liuhen.cases.courses.urgent import early
from liuhen.cases.decisions import not_before
from liuhen.kernel.clock import format_date, local_date

_DAYS_MAX = 3_650


def _term_agrees(doing: Doing) -> Mapping[str, str]:
    """The last day of a sealing is the one that its number of days gives, the first day left out."""
    began = local_date(int(doing.payload["ended"]))
    last = began + timedelta(days=min(int(doing.payload["term_days"]), _DAYS_MAX))
    if date.fromisoformat(str(doing.payload["term_ends_on"])) == last:
        return {}
    return {
        "term_ends_on": f"期限届满日：封存{doing.payload['term_days']}日，次日起算，应为{format_date(last)}，请核对"
    }


def _extended_until(given: Mapping[str, Any], matter: Matter | None) -> Mapping[str, str]:
    """The last day of an extended sealing: so many days after the one that stood until now."""
    measure = given.get("measure")
    before = [entry for kind in ("sealed", "seal_extended") for entry in (matter.all(kind) if matter else ())]
    own = [entry.open for entry in before if measure is None or entry.open.get("measure") == measure]
    last = max((str(one.get("until_on") or one.get("term_ends_on") or "") for one in own), default="")
    if not last:
        return {}
    days = min(int(given["days"]), _DAYS_MAX)
    return {"until_on": (date.fromisoformat(last) + timedelta(days=days)).isoformat()}


def as_it_came(doing: Doing) -> Mapping[str, str]:
    """What was requested keeps the reason of whoever requested it; approved afterwards is only what was done before."""
    matter, key = doing.matter, registry.kind_of(doing.act).key
    requested, done = (_of_measure(matter, kind, doing.payload.get(key)) for kind in doing.act.same)
    found = {}
    if doing.payload.get("backfilled") and (done is None or not done.get("urgent")):
        title = registry.dictionary().kinds[doing.act.same[1]].title
        found["backfilled"] = (
            f"紧急情况补办：没有情况紧急、当场先采取的“{title}”，不是补办，请选“否”；已经当场采取的，先登记再补办"
        )
    if requested is not None and doing.corrected is None and doing.payload["reason"] != requested["reason"]:
        title = registry.dictionary().kinds[doing.act.same[0]].title
        label = registry.kind_of(doing.act).fields["reason"].label
        found["reason"] = (
            f"{label}：由承办人在“{title}”中写明，审批时不改写，请恢复原文；理由不成立的不同意，另有理由的由承办人更正"
        )
    return found


def _of_measure(matter: Matter | None, kind: str, key: Any) -> dict[str, Any] | None:
    """The last entry of a kind about a measure, in fields."""
    told = [fields_of(entry) for entry in matter.all(kind)] if matter else []
    name = registry.dictionary().kinds[kind].key
    return next((fields for fields in reversed(told) if fields.get(name) == key), None)


_SEALED = ("sealed",)
_REQUEST = until(
    OVER,
    Act("seal_requested", on=CASE, new_key=True),
    Act(
        "seal_approved",
        on=CASE,
        same=("seal_requested", "sealed"),
        new_key=True,
        suggested=taken("seal_requested", "reason", "what")
        | {"reason": "seal_requested.reason|sealed.reason"},
        answers=({"seal_requested": {}}, {"sealed": {"urgent": True}}),
        checks=(as_it_came,),
    ),
    Act(
        "sealed",
        on=CASE,
        same=("seal_approved",),
        new_key=True,
        suggested={
            "officers": HANDLERS,
            "reason": "seal_approved.reason",
            "place": "filed.party_address",
        },
        checks=(_term_agrees,),
    ),
    Act(
        "seal_extended",
        on=CASE,
        same=_SEALED,
        repeats=True,
        made=Made(("until_on",), _extended_until),
        checks=(not_yet("seal_released"),),
    ),
    Act(
        "seal_extension_told",
        on=CASE,
        same=("seal_extended",),
        suggested={"reason": "seal_extended.reason"},
        checks=(not_before("seal_extended", "at"),),
    ),
    Act("seal_release_found", on=CASE, same=_SEALED, checks=(not_yet("seal_released"),)),
)


ACTS = (
    Act(
        "preservation_lapsed",
        on=CASE,
        same=("preserved",),
        checks=(not_yet("preservation_disposed"),),
    ),
    *early(*_REQUEST),
    Act(
        "seal_released",
        on=CASE,
        same=_SEALED,
        answers=({"seal_release_found": {}}, {"seal_approved": {"agree": False}, "sealed": {}}),
    ),
    Act(
        "seal_returned",
        on=CASE,
        same=("seal_released",),
        answers=({"seal_released": {}},),
        suggested={
            "items": "sealed.items",
            "officers": HANDLERS,
            "place": "sealed.place",
        },
        checks=(not_before("seal_released", "at"),),
    ),
)


def suggested_release(matter: Matter) -> Suggested:
    """解除原因, from what the record says last."""
    kinds = registry.dictionary().kinds
    approved, found, decided = (
        matter.last(kind) for kind in ("seal_approved", "seal_release_found", "decided")
    )
    if found is not None:
        return {name: (found.open[name], kinds[found.kind].title) for name in ("ground", "reason")}
    if approved is not None and approved.open.get("agree") is False:
        return {"ground": ("not_approved", kinds["seal_approved"].title)}
    return {"ground": ("decided", kinds["decided"].title)} if decided is not None else {}
