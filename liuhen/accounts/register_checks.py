"""What an act on the people's register looks at besides its form: who is named, and that nothing contradicts it."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from liuhen.accounts.folding import SUSPENDED, Held, Standing, standing
from liuhen.accounts.models import Agency, Officer
from liuhen.accounts.permissions import separation, table
from liuhen.acts import registry
from liuhen.acts.act import Doing
from liuhen.kernel.clock import local_date
from liuhen.law.reading import role_titles

Errors = dict[str, str]
_OPEN_END = date.max


def known(doing: Doing) -> Mapping[str, str]:
    """Whoever and whatever the form names stands in this agency's register."""
    made, fields = _standing(doing), doing.payload
    wrong: Errors = {}
    for name in ("officer", "substitute"):
        if fields.get(name) and name != doing_key(doing) and fields[name] not in made.people:
            wrong[name] = f"{_label(doing, name)}：不在本机关的名册中，请重新选择"
    for name, held in (
        ("certificate", made.certificates),
        ("grant", made.grants),
        ("leave", made.leaves),
    ):
        if fields.get(name) and name != doing_key(doing) and fields[name] not in held:
            wrong[name] = f"{_label(doing, name)}：本机关没有这一登记，请重新选择"
    if fields.get("unit") and fields["unit"] not in made.units:
        wrong["unit"] = f"机构：本机关没有“{fields['unit']}”，请选择已登记的机构"
    if fields.get("role") and fields["role"] not in role_titles():
        wrong["role"] = "角色：没有这一角色，请重新选择"
    return wrong


def doing_key(doing: Doing) -> str:
    """The key that this act makes itself, or nothing."""
    return registry.kind_of(doing.act).key if doing.act.new_key else ""


def in_order(doing: Doing) -> Mapping[str, str]:
    """A span of days does not end before it begins."""
    first, last = doing.payload.get("from_on"), doing.payload.get("to_on")
    if first and last and last < first:
        return {"to_on": f"{_label(doing, 'to_on')}：早于起始日，请核对"}
    return {}


def free_name(doing: Doing) -> Mapping[str, str]:
    """A sign-in name is `人员.机关`, so that it says whose it is, and belongs to one person of whatever agency."""
    slug = Agency.objects.values_list("slug", flat=True).get(id=doing.actor.agency)
    if not re.fullmatch(rf"[a-z0-9][a-z0-9_-]*\.{re.escape(slug)}", doing.payload["username"]):
        return {"username": f"登录名：写作“人员.{slug}”，点以前用小写字母、数字，例如 wangxin.{slug}"}
    if Officer.objects.filter(username=doing.payload["username"]).exists():
        return {"username": f"登录名：“{doing.payload['username']}”已经有人使用，请另取一个"}
    return {}


def free_agency_name(doing: Doing) -> Mapping[str, str]:
    """No two agencies bear one name."""
    others = Agency.objects.filter(name=doing.payload["name"]).exclude(id=doing.actor.agency)
    return {"name": "机关名称：已有同名的机关"} if others.exists() else {}


def in_service(doing: Doing) -> Mapping[str, str]:
    """Somebody who has left is not changed but reinstated first."""
    person = _standing(doing).people.get(doing.payload.get("officer", ""))
    return {"officer": "人员：已经离岗，请先恢复在岗"} if person is not None and not person.active else {}


def has_left(doing: Doing) -> Mapping[str, str]:
    """Only who left can return."""
    person = _standing(doing).people.get(doing.payload.get("officer", ""))
    return {"officer": "人员：没有离岗"} if person is not None and person.active else {}


def free_number(doing: Doing) -> Mapping[str, str]:
    """A certificate's number belongs to one person; the same person's may be renewed for later days."""
    fields = doing.payload
    for held in _standing(doing).certificates.values():
        if held.number != fields["number"]:
            continue
        if held.officer != fields["officer"]:
            return {"number": f"证号：“{held.number}”已登记给本机关另一人，请核对"}
        if _overlap(held.from_on, held.to_on, _day(fields["from_on"]), _day(fields["to_on"])):
            return {
                "from_on": f"有效期起：此证已登记有效期{held.from_on}至{held.to_on}；换证、续期的从其后起"
            }
    return {}


def not_halted(doing: Doing) -> Mapping[str, str]:
    """What was taken is not taken twice; what is kept for a time may be revoked."""
    held = _certificate(doing)
    if held is None or not held.is_taken:
        return {}
    if held.gone:
        return {"certificate": "执法证：已经吊销或者收回注销"}
    if doing.payload["state"] == SUSPENDED:
        return {"certificate": "执法证：已经暂扣；要吊销或者收回注销的，改选处理"}
    return {}


def halted(doing: Doing) -> Mapping[str, str]:
    """Only what was taken is given back, and not before."""
    held = _certificate(doing)
    if held is None:
        return {}
    if held.gone:
        return {"certificate": "执法证：已经吊销或者收回注销，不能发还；重新取得资格的，登记新的执法证"}
    if not held.is_taken:
        return {"certificate": "执法证：没有暂扣，不需要发还"}
    if _day(doing.payload["from_on"]) < held.halts[-1][0]:
        return {"from_on": "起始日：早于暂扣之日，请核对"}
    return {}


def not_held(doing: Doing) -> Mapping[str, str]:
    """A role that somebody holds on these days already is not granted a second time."""
    fields = doing.payload
    until = _day(fields["to_on"]) if fields.get("to_on") else _OPEN_END
    for grant in _standing(doing).grants.values():
        if (grant.officer, grant.role) != (fields["officer"], fields["role"]):
            continue
        if _overlap(grant.from_on, grant.to_on or _OPEN_END, _day(fields["from_on"]), until):
            days = f"自{grant.from_on}起" + (f"至{grant.to_on}" if grant.to_on else "，至收回为止")
            held = f"已经有“{_titles([grant.role])}”（{days}），不能重复授予"
            return {"role": f"角色：{held}；要改期限的，先收回，再从收回以后的日子起授予"}
    return {}


def separate(doing: Doing) -> Mapping[str, str]:
    """Roles that one person may not hold together, on no day (谁不得同时是谁)."""
    fields = doing.payload
    until = _day(fields["to_on"]) if fields.get("to_on") else _OPEN_END
    wrong = _joined(_standing(doing), fields["officer"], [fields["role"]], _day(fields["from_on"]), until)
    return {"role": f"角色：{wrong}"} if wrong else {}


def substitute_fits(doing: Doing) -> Mapping[str, str]:
    """Who stands in is somebody else, takes over roles that the other has, and may hold them beside his own."""
    fields, made = doing.payload, _standing(doing)
    roles, by = list(fields.get("roles", [])), fields.get("substitute")
    if not by:
        return {"substitute": "代理人：选了代理的角色，请选择代理人"} if roles else {}
    if by == fields["officer"]:
        return {"substitute": "代理人：不能是本人"}
    if by == doing.actor.id:
        return {"substitute": "代理人：办理登记的人不得让自己代理，请由另一管理员办理"}
    if not roles:
        return {"roles": "代理的角色：请选择由代理人代行的角色"}
    first, last = _day(fields["from_on"]), _day(fields["to_on"])
    own = set(_roles(made, fields["officer"], first, last))
    if foreign := [role for role in roles if role not in own]:
        return {"roles": f"代理的角色：请假的人没有“{_titles(foreign)}”"}
    wrong = _joined(made, by, roles, first, last)
    return {"roles": f"代理的角色：{wrong}"} if wrong else {}


def not_oneself(doing: Doing) -> Mapping[str, str]:
    """Nobody gives roles to himself, takes his own, or resets his own password for lack of the old one."""
    fields = doing.payload
    officer = fields.get("officer")
    if "grant" in fields and not officer and (grant := _standing(doing).grants.get(fields["grant"])):
        officer = grant.officer
    name = "officer" if "officer" in fields else "grant"
    return (
        {name: f"{_label(doing, name)}：不得办理本人的，请由另一管理员办理"}
        if officer == doing.actor.id
        else {}
    )


def somebody_left(doing: Doing) -> Mapping[str, str]:
    """An agency without anybody to grant roles or to add people could never have one again."""
    fields, made = doing.payload, _standing(doing)
    gone = (
        {fields["grant"]}
        if "grant" in fields
        else {key for key, grant in made.grants.items() if grant.officer == fields.get("officer")}
    )
    today = local_date(doing.now_ms)
    for act in ("grant_role", "add_person"):
        roles = set(table()[act]["roles"])
        having = {
            key
            for key, grant in made.grants.items()
            if grant.role in roles
            and made.people[grant.officer].active
            and (grant.to_on or _OPEN_END) > today
        }
        if having and having <= gone:
            name = "grant" if "grant" in fields else "officer"
            return {
                name: f"{_label(doing, name)}：这是本机关最后一名{_titles(sorted(roles))}，请先授予另一人"
            }
    return {}


def grant_open(doing: Doing) -> Mapping[str, str]:
    """A role is withdrawn within the days for which it was granted."""
    grant, last = _standing(doing).grants.get(doing.payload["grant"]), _day(doing.payload["to_on"])
    if grant is None:
        return {}
    if last < grant.from_on:
        return {"to_on": f"最后一日：早于起始日{grant.from_on}，请核对"}
    if grant.to_on is not None and last > grant.to_on:
        return {"to_on": f"最后一日：此角色至{grant.to_on}为止，不能由收回来延长"}
    return {}


def leave_open(doing: Doing) -> Mapping[str, str]:
    """A leave ends within its days."""
    leave, last = _standing(doing).leaves.get(doing.payload["leave"]), _day(doing.payload["to_on"])
    if leave is not None and not leave.from_on <= last <= leave.to_on:
        return {"to_on": f"最后一日：应在{leave.from_on}至{leave.to_on}之间"}
    return {}


def _joined(made: Standing, officer: str, roles: list[str], first: date, last: date) -> str:
    """Why an officer may not hold these roles on these days beside those that he has; nothing when he may."""
    have = {*_roles(made, officer, first, last), *roles}
    reasons = [
        rule["why"] for rule in separation() if set(rule["roles"]) <= have and set(rule["roles"]) & set(roles)
    ]
    return "；".join(reasons)


def _roles(made: Standing, officer: str, first: date, last: date) -> Iterator[str]:
    for grant in made.grants.values():
        if grant.officer == officer and _overlap(grant.from_on, grant.to_on or _OPEN_END, first, last):
            yield grant.role
    for leave in made.leaves.values():
        if leave.substitute == officer and _overlap(leave.from_on, leave.to_on, first, last):
            yield from leave.roles


def _overlap(first: date, last: date, other_first: date, other_last: date) -> bool:
    return first <= other_last and other_first <= last


def _certificate(doing: Doing) -> Held | None:
    return _standing(doing).certificates.get(doing.payload.get("certificate", ""))


def _standing(doing: Doing) -> Standing:
    return standing(doing.matter.entries if doing.matter else ())


def _label(doing: Doing, name: str) -> str:
    return registry.kind_of(doing.act).fields[name].label


def _titles(roles: list[str]) -> str:
    names = role_titles()
    return "、".join(names.get(role, role) for role in roles)


def _day(text: str) -> date:
    return date.fromisoformat(text)
