"""查阅复制: a party asks for his file; what may be given is checked, approved, given; every reading is registered."""

from collections.abc import Mapping
from typing import Any

from liuhen.acts import registry
from liuhen.acts.act import Act, Doing, Made, Matter, fields_of
from liuhen.acts.registry import Suggested
from liuhen.ledger import Entry

CASE = frozenset({"case"})
_REQUEST = ("access_requested",)
CHOSEN = "request"


def _of_request(matter: Matter | None, kind: str, request: object) -> Entry | None:
    found = [
        entry for entry in (matter.all(kind) if matter else ()) if fields_of(entry).get("request") == request
    ]
    return found[-1] if found else None


def _identity(doing: Doing) -> Mapping[str, str]:
    """Nobody reads a file who has not shown who he is."""
    if doing.payload["identity_checked"]:
        return {}
    return {"identity_checked": "核对身份证件：还没有核对的，请先核对身份证件和委托手续，再办理"}


def _as_checked(values: Mapping[str, Any], matter: Matter | None) -> Mapping[str, Any]:
    """What was found when the scope was checked, of this very request."""
    checked = _of_request(matter, "access_checked", values.get("request"))
    return (
        {"secrets_checked": fields_of(checked)["secrets_checked"]} if checked else {"secrets_checked": False}
    )


def withheld(matter: Matter) -> Suggested:
    """不予提供的内容 for whoever approves: what the latest check of a scope found."""
    return _withheld(matter.last("access_checked"))


def withheld_of(_agency: str, typed: Mapping[str, Any], matter: Matter | None) -> Suggested:
    """The same of the request that was chosen."""
    return _withheld(_of_request(matter, "access_checked", typed.get(CHOSEN)))


def _withheld(checked: Entry | None) -> Suggested:
    rows = fields_of(checked).get("withheld") or () if checked else ()
    title = registry.dictionary().kinds["access_checked"].title
    return {"withheld_parts": ("；".join(row["what"] for row in rows), title)} if rows else {}


def _checked_first(doing: Doing) -> Mapping[str, str]:
    """Nobody agrees before it was looked at what cannot be shown; whoever refuses says why."""
    wrong: dict[str, str] = {}
    if doing.payload["agree"] and not doing.payload["secrets_checked"]:
        wrong[""] = "还没有核查国家秘密、商业秘密和个人隐私：请先由档案员办理“核查查阅复制的范围”，再同意"
    if not doing.payload["agree"] and not str(doing.payload.get("ground") or "").strip():
        wrong["ground"] = "不同意的理由和依据的条文：不同意时必填，将告知申请人"
    return wrong


def _was_refused(doing: Doing) -> Mapping[str, str]:
    approved = _of_request(doing.matter, "access_approved", doing.payload.get("request"))
    if approved is not None and not fields_of(approved)["agree"]:
        return {}
    return {"": "负责人没有不同意这件申请：同意的，请办理“提供查阅复制”；还没有审批的，请等待审批"}


def _was_allowed(doing: Doing) -> Mapping[str, str]:
    """What was refused is not given; what was given is what was counted."""
    approved = _of_request(doing.matter, "access_approved", doing.payload.get("request"))
    if approved is not None and not fields_of(approved)["agree"]:
        return {"": "负责人不同意这件申请，不能提供：请办理“告知不予查阅复制”"}
    return {}


def _copies_add_up(doing: Doing) -> Mapping[str, str]:
    """The pages copied of each paper add up to the total."""
    copied = [str(row.get("copied") or "0").strip() for row in doing.payload["read"]]
    if not all(text.isascii() and text.isdigit() for text in copied):
        return {"read": "查阅、复制的材料：“复制页数”只写数字，没有复制的写0"}
    total = sum(map(int, copied))
    if total != doing.payload["copies"]:
        return {
            "copies": f"复制的总页数：各份材料的复制页数合计{total}页，与填写的{doing.payload['copies']}页不符，请核对"
        }
    return {}


ACTS = (
    Act(
        "access_requested",
        on=CASE,
        new_key=True,
        suggested={"applicant": "filed.party_name"},
        checks=(_identity,),
    ),
    Act("access_checked", on=CASE, same=_REQUEST, repeats=True, answers=({"access_requested": {}},)),
    Act(
        "access_approved",
        on=CASE,
        same=_REQUEST,
        repeats=True,
        answers=({"access_checked": {}},),
        made=Made(("secrets_checked",), _as_checked),
        checks=(_checked_first,),
    ),
    Act(
        "access_refused",
        on=CASE,
        same=("access_approved",),
        answers=({"access_approved": {"agree": False}},),
        suggested={"ground": "access_approved.ground", "recipient": "access_requested.applicant"},
        checks=(_was_refused,),
    ),
    Act(
        "access_given",
        on=CASE,
        same=_REQUEST,
        repeats=True,
        answers=({"access_approved": {"agree": True}},),
        suggested={"given": "access_checked.may_give", "recipient": "access_requested.applicant"},
        checks=(_identity, _was_allowed, _copies_add_up),
    ),
)
