"""Acts on the registers (名录): entered, changed from a day, ended, imported. What was entered stays to be seen."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from liuhen.acts import registry
from liuhen.acts.act import Act, Doing, Made
from liuhen.acts.checks import code_fits_name
from liuhen.registers.cited import still_stands
from liuhen.registers.folding import Item, items_of
from liuhen.registers.importing import CODES, imported
from liuhen.registers.kinds import CATALOGUE, REGISTER, by_kind

_ON = {CATALOGUE: frozenset({CATALOGUE}), REGISTER: frozenset({REGISTER})}
_LABELS = {
    "insurance_code": "医保机构编码",
    "credit_code": "统一社会信用代码",
    "licence": "执业（经营）许可证号",
}
_HERE = frozenset(by_kind()) - {"device_registered", "room_registered"}


def _known(doing: Doing) -> Mapping[str, str]:
    """What is changed or ended stands in the register, and its time goes on."""
    register = by_kind()[doing.act.kind]
    if doing.act.kind in (register.entered, register.imported):
        return {}
    item = _items(doing).get(doing.payload[register.key])
    if item is None or item.register is not register:
        return {register.key: f"{register.title}：名录中没有这一项，请从名录中打开"}
    if item.ended_on and "state" not in doing.payload and doing.corrected is None:
        return {register.key: f"{register.title}：已于{item.ended_on}退出名录；重新使用的请另行登记"}
    if doing.payload["from_on"] < item.versions[0].from_on:
        return {"from_on": f"起始日：早于登记的起始日{item.versions[0].from_on}，请核对"}
    return {}


def _has_code(doing: Doing) -> Mapping[str, str]:
    """An institution is known by some code, and no two by one."""
    known = _items(doing).get(doing.payload.get("institution", ""))
    fields = {**(known.now.fields if known else {}), **doing.payload}
    if not any(fields.get(code) for code in CODES):
        return {
            "insurance_code": "医保机构编码：与统一社会信用代码、许可证号至少填写一个，否则以后无法认定是同一家"
        }
    if wrong := code_fits_name(str(fields.get("credit_code") or ""), str(fields.get("name") or "")):
        return {"credit_code": f"统一社会信用代码：{wrong}"}
    if fields.get("agreement_from") and fields.get("agreement_to", "9") < fields["agreement_from"]:
        return {"agreement_to": "协议届满日：早于协议起始日，请核对"}
    own = fields.get("institution")
    for item in _items(doing).values():
        if item.register.slug != "institutions" or item.key == own or item.ended_on:
            continue
        for code in CODES:
            if fields.get(code) and fields[code] == item.now.fields.get(code):
                name = item.now.fields["name"]
                return {code: f"{_LABELS[code]}：名录中“{name}”已是这个代码；改了名称、地址的，请办理变更"}
    return {}


def _tiers_read(doing: Doing) -> Mapping[str, str]:
    """Every tier has a cause, a name and two figures in order."""
    for number, row in enumerate(doing.payload["tiers"], 1):
        low, high = figure(row.get("low", "")), figure(row.get("high", ""))
        if not row.get("cause") or not row.get("tier"):
            return {"tiers": f"裁量阶次：第{number}行没有写案由或者阶次，请补上"}
        if low is None or high is None or low > high:
            return {"tiers": f"裁量阶次：第{number}行的下限、上限应为数字，下限不大于上限，例如 1 和 1.3"}
        start, end = loss_range(row)
        typed = [str(row.get(name) or "").strip() for name in ("loss_from", "loss_to")]
        if any(text and amount is None for text, amount in zip(typed, (start, end), strict=True)):
            return {"tiers": f"裁量阶次：第{number}行的适用金额应为以元计的数字，例如 10000；没有限制的不填"}
        if start is not None and end is not None and start >= end:
            return {"tiers": f"裁量阶次：第{number}行适用金额的下限应小于上限（含下限、不含上限）"}
    return {}


def loss_range(row: Mapping[str, str]) -> tuple[Decimal | None, Decimal | None]:
    """适用金额 of a tier in yuan: from (with it) and to (without it); None: no bound."""
    start, end = (figure(str(row.get(name) or "")) for name in ("loss_from", "loss_to"))
    return start, end


def amounts_said(row: Mapping[str, str]) -> str:
    """适用金额 in words; empty where a tier names none."""
    start, end = loss_range(row)
    told = [f"{start}元以上" if start is not None else "", f"不足{end}元" if end is not None else ""]
    return "、".join(one for one in told if one)


def _not_twice(doing: Doing) -> Mapping[str, str]:
    """The same article of the same law stands in the register once."""
    fields = doing.payload
    if any(mark in fields["law"] for mark in "《》"):
        return {"law": "法律、法规、规章名称：不带书名号，引用时由系统加上"}
    for item in _items(doing).values():
        same = item.register.slug == "bases" and not item.ended_on and item.key != fields.get("basis_key")
        if same and all(item.now.fields.get(name) == fields[name] for name in ("law", "article", "use")):
            return {"article": "条、款、项：名录中已有这一条；修订了的请办理“修订法律依据”"}
    return {}


def figure(text: str) -> Decimal | None:
    """A figure as typed in a table: `1.3`; None for what is none."""
    try:
        found = Decimal(text.strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() and found >= 0 else None


def _items(doing: Doing) -> Mapping[str, Item]:
    """The items of the stream as they stand before this act."""
    return items_of(doing.matter) if doing.matter else {}


_CHECKS = {
    "institution_entered": (_has_code,),
    "institution_changed": (_has_code,),
    "basis_entered": (_not_twice,),
    "basis_changed": (_not_twice,),
    "benchmark_entered": (_tiers_read,),
    "benchmark_changed": (_tiers_read,),
}


def register() -> None:
    """Make the acts of this room known to the door."""
    registry.register_check(still_stands)
    for kind, of in by_kind().items():
        if kind not in _HERE:
            continue
        checks = (_known, *_CHECKS.get(kind, ()))
        if kind == of.imported:
            made = Made(("rows", "count", "apart", "apart_count"), imported)
            registry.register(Act(kind, on=_ON[of.stream], new_key=True, made=made))
        else:
            registry.register(Act(kind, on=_ON[of.stream], new_key=kind == of.entered, checks=checks))
