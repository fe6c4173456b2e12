"""更正公示信息: asked for, verified, mended on the public site, answered in writing; and what else changed."""

from collections.abc import Mapping

from liuhen.acts.act import Act, Doing, Matter, fields_of
from liuhen.disclosure.places import PUBLICATION
from liuhen.disclosure.texts import ITEMS, SHOWN, taken
from liuhen.ledger import Entry

_ITEM = {"item": "|".join(f"{kind}.posting" for kind in ITEMS)}
_REQUEST = ("correction_asked",)


def _of_request(matter: Matter, kind: str, request: object) -> Entry | None:
    found = [entry for entry in matter.all(kind) if fields_of(entry).get("request") == request]
    return found[-1] if found else None


def _verified(doing: Doing) -> Mapping[str, str]:
    """Nobody is answered before it was looked into, and the answer says what was found."""
    if doing.matter is None:
        return {}
    verified = _of_request(doing.matter, "correction_verified", doing.payload.get("request"))
    if verified is None:
        return {"": "这件申请还没有核实：请先办理“核实更正申请”，再书面答复"}
    inaccurate = fields_of(verified)["result"] == "inaccurate"
    if inaccurate and not doing.payload["granted"]:
        return {"granted": "予以更正：经核实公示信息不准确，应当更正；认为准确的，请先重新核实"}
    if not inaccurate and doing.payload["granted"]:
        return {"granted": "予以更正：经核实公示信息准确，没有需要更正的内容；认为不准确的，请先重新核实"}
    return {}


def _mended(doing: Doing) -> Mapping[str, str]:
    """What is said to be mended is mended where the public reads it."""
    matter = doing.matter
    if matter is None:
        return {}
    verified = _of_request(matter, "correction_verified", doing.payload.get("request"))
    if verified is None:
        return {"": "这件申请还没有核实：请先办理“核实更正申请”"}
    if fields_of(verified)["result"] != "inaccurate":
        return {"": "经核实公示信息准确，没有需要更正的内容：请办理“书面答复更正申请”"}
    asked = _of_request(matter, "correction_asked", doing.payload.get("request"))
    changed = [matter.last(kind) for kind in (*SHOWN, "taken_down")]
    if asked is not None and any(entry is not None and entry.index > asked.index for entry in changed):
        return {}
    return {"": "公示网站上的内容还没有更正：请先重新拟制公示内容，审核批准以后由系统更新，或者先撤下"}


ACTS = (
    Act("register_changed", on=PUBLICATION, new_key=True, after=tuple(ITEMS), fixed=_ITEM),
    Act(
        "correction_asked",
        on=PUBLICATION,
        new_key=True,
        after=SHOWN,
        fixed=taken("posting"),
    ),
    Act(
        "correction_verified",
        on=PUBLICATION,
        same=_REQUEST,
        repeats=True,
        answers=({"correction_asked": {}},),
    ),
    Act(
        "correction_made",
        on=PUBLICATION,
        same=("correction_verified",),
        answers=({"correction_verified": {"result": "inaccurate"}},),
        fixed=taken("posting"),
        checks=(_mended,),
    ),
    Act(
        "correction_answered",
        on=PUBLICATION,
        same=_REQUEST,
        answers=({"correction_verified": {}},),
        checks=(_verified,),
    ),
)
