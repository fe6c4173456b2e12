"""联合检查: officers of other agencies take part under their own certificates, and sign the record."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from liuhen.accounts.models import Agency
from liuhen.acts.act import Act, Doing, Matter, fields_of
from liuhen.kernel.clock import local_date

SIGNS_AS = "joint_officer"
"""The identity under which they sign."""
_COLUMNS = {
    "name": "姓名",
    "agency": "机关",
    "certificate": "执法证号",
    "valid_from": "有效期起",
    "valid_to": "有效期止",
}
Person = Mapping[str, Any]


def people_of(matter: Matter) -> list[Person]:
    """Everybody named for the joint inspections of a matter; a corrected entry counts as corrected."""
    named = matter.all("joint_officers_named")
    gone = {entry.supersedes for entry in named}
    return [row for entry in named if entry.id not in gone for row in fields_of(entry)["people"]]


def _complete(doing: Doing) -> Mapping[str, str]:
    """Each with name, agency, certificate and its validity; nobody of the own agency."""
    own = Agency.objects.values_list("name", flat=True).get(id=doing.actor.agency)
    for number, row in enumerate(doing.payload["people"], 1):
        if missing := [label for name, label in _COLUMNS.items() if not row.get(name)]:
            return {"people": f"人员：第{number}行没有写{'、'.join(missing)}，请补上"}
        first, last = _day(row["valid_from"]), _day(row["valid_to"])
        if first is None or last is None or last < first:
            return {"people": f"人员：第{number}行的有效期应写作 2026-01-01，止日不早于起日"}
        if row["agency"].strip() == own:
            return {"people": f"人员：{row['name']}是本机关人员，请在检查人员中选择，不在这里登记"}
    return {}


def signed_by_all(doing: Doing) -> Mapping[str, str]:
    """Everybody of another agency was there under a certificate valid that day, and signed or is said to refuse."""
    named = people_of(doing.matter) if doing.matter else []
    if not named:
        return {}
    day = local_date(doing.happened_ms).isoformat()
    for one in named:
        if not one["valid_from"] <= day <= one["valid_to"]:
            span = f"{one['valid_from']}至{one['valid_to']}"
            return {
                "signatures": f"逐页签名：{one['agency']}{one['name']}的执法证（{one['certificate']}）有效期{span}，"
                f"检查之日{day}无效，不得参加；请更正“登记联合检查的其他机关人员”"
            }
    signed = {row["name"] for row in doing.payload.get("signatures", ()) if row.get("who") == SIGNS_AS}
    lacking = [f"{one['agency']}{one['name']}" for one in named if one["name"] not in signed]
    if lacking:
        who = "、".join(lacking)
        return {
            "signatures": f"逐页签名：联合检查人员{who}没有签名；请其签名，拒绝的注明，没有到场的更正人员登记"
        }
    return {}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


ACT = Act(
    "joint_officers_named",
    on=frozenset({"lead", "case", "inspection"}),
    new_key=True,
    until=("decided", "on_spot_decided", "closed", "terminated", "inspection_concluded"),
    checks=(_complete,),
)
