"""损失、退回和罚款: reckoned from the confirmed rows of a cause, the limitation cut row by row, or from stated sums.

The multiples that the law allows are a measure's gates; here is only the arithmetic.
"""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from hashlib import sha256
from typing import Any

from django.db import connection

from liuhen.acts.act import Doing, Matter, fields_of
from liuhen.acts.errors import Invalid
from liuhen.acts.registry import Suggested
from liuhen.claims import state
from liuhen.claims.state import CONFIRMED, ClaimList
from liuhen.kernel.clock import local_date
from liuhen.kernel.money import format_yuan
from liuhen.ledger import Entry
from liuhen.registers import queries
from liuhen.registers.acts import amounts_said, figure, loss_range

MADE = (
    "loss", "refund", "base", "barred", "fine", "rows_counted", "first_on", "last_on", "by_fund", "tier_said",
    "rows_digest",
)  # fmt: skip
BY_SUM = "refusal"
"""The nature of a violation that is fined by a sum and not by a multiple of the loss."""
_FROM = "按案由计算的合计"


@dataclass(frozen=True)
class Part:
    """Confirmed rows of a cause under one fund, basis and year; `late`: before the day from which there is penalty."""

    fund: str
    basis: str
    year: str
    late: bool
    count: int
    amount: int
    first_on: str
    last_on: str


def standing(matter: Matter) -> list[Entry]:
    """The reckonings that hold: neither corrected nor withdrawn."""
    corrected = {entry.supersedes for entry in matter.all("fine_reckoned")}
    gone = {fields_of(entry)["reckoning"] for entry in matter.all("reckoning_withdrawn")}
    return [
        entry
        for entry in matter.all("fine_reckoned")
        if entry.id not in corrected and entry.open["reckoning"] not in gone
    ]


def parts_of(claims: ClaimList, cause: str) -> Sequence[Part]:
    """The confirmed rows of a cause, summed by fund, basis and year."""
    spans = [(first, last) for first, last, name in claims.spans() if name == CONFIRMED]
    if not spans:
        return []
    marks = ", ".join(["(%s, %s)"] * len(spans))
    source, held = claims.standing.source()
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH span(first, last) AS (VALUES {marks})"
            " SELECT r.fund, r.basis, substr(r.day, 1, 4), r.day < %s, COUNT(*), SUM(r.amount), MIN(r.day), MAX(r.day)"
            f" FROM span s JOIN {source} r ON r.number BETWEEN s.first AND s.last"
            " AND r.problem = '' AND r.cause = %s GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4",
            [*(value for span in spans for value in span), claims.cut_on, *held, cause],
        )
        return [
            Part(fund, basis, year, bool(late), int(count), int(amount), first, last)
            for fund, basis, year, late, count, amount, first, last in cursor.fetchall()
        ]


def digest(claims: ClaimList, cause: str) -> str:
    """Which rows were counted, and how: the same as long as nothing more was settled or cut."""
    spans = [span for span in claims.spans() if span[2] == CONFIRMED]
    corrected = [astuple(row) for row in claims.standing.fixed]
    told = (claims.sha256, spans, claims.cut_on, cause, *([corrected] if corrected else []))
    return sha256("\n".join(map(str, told)).encode()).hexdigest()


def reckoned(values: Mapping[str, Any], matter: Matter | None) -> dict[str, Any]:
    """What the door works out: loss, refund, the base of the fine, the fine."""
    if values.get("list"):
        found = _by_rows(values, matter)
    elif "stated_loss" in values or values["nature"] == BY_SUM:
        loss = int(values.get("stated_loss", 0))
        base = int(values.get("stated_base", loss))
        if base > loss:
            raise Invalid({"stated_base": "其中追责期限以内的：多于损失金额，请核对"})
        found = {"loss": loss, "base": base, "barred": loss - base}
    else:
        raise Invalid({"stated_loss": "损失金额：没有选明细的，请填写损失金额"})
    return {
        **found,
        "refund": found["loss"],
        "fine": _fine(values, found["base"]),
        **_tier_said(values, matter),
    }


def _by_rows(values: Mapping[str, Any], matter: Matter | None) -> dict[str, Any]:
    claims = state.list_of(matter, values["list"]) if matter else None
    if claims is None:
        raise Invalid({"list": "违规明细：不是本案的明细，请重新选择"})
    for name, label in (("stated_loss", "损失金额"), ("stated_base", "其中追责期限以内")):
        if name in values:
            raise Invalid({name: f"{label}：选了明细的，由认定的各行算出，不要另填"})
    cause = str(values["cause"])
    parts = parts_of(claims, cause)
    if not parts:
        known = (
            "、".join(sorted({line.cause for line in state.sums(claims) if line.state == CONFIRMED}))
            or "没有"
        )
        raise Invalid({"cause": f"案由：明细中没有认定违规、原因为“{cause[:50]}”的行；已认定的有：{known}"})
    base = sum(part.amount for part in parts if not part.late)
    loss = sum(part.amount for part in parts)
    return {
        "loss": loss,
        "base": base,
        "barred": loss - base,
        "rows_counted": sum(part.count for part in parts),
        "first_on": min(part.first_on for part in parts),
        "last_on": max(part.last_on for part in parts),
        "by_fund": [_row(part) for part in parts],
        "rows_digest": digest(claims, cause),
    }


def _row(part: Part) -> dict[str, str]:
    return {
        "fund": part.fund or "未写",
        "basis": part.basis or "未写",
        "year": f"{part.year}（追责期限以外）" if part.late else part.year,
        "count": str(part.count),
        "loss": format_yuan(part.amount),
        "base": format_yuan(0 if part.late else part.amount),
    }


def _fine(values: Mapping[str, Any], base: int) -> int:
    if values["nature"] == BY_SUM:
        if "stated_fine" not in values:
            raise Invalid({"stated_fine": "罚款数额：不按损失计罚的，请填写数额"})
        return int(values["stated_fine"])
    if "stated_fine" in values:
        raise Invalid({"stated_fine": "罚款数额：按损失的倍数计罚的，填写倍数，数额由系统算出"})
    times = multiple_of(values)
    if times is None:
        raise Invalid({"multiple": "罚款倍数：写作数字，例如 1.5；依法不予罚款的写 0"})
    return int((base * times).to_integral_value(ROUND_HALF_UP))


def multiple_of(values: Mapping[str, Any]) -> Decimal | None:
    """The multiple as typed; None for what is none."""
    try:
        return figure(str(values.get("multiple", "")).removesuffix("倍"))
    except InvalidOperation:
        return None


def _tier(agency: str, key: str) -> tuple[Mapping[str, Any], Mapping[str, str], str] | None:
    """Benchmark, line and the day on which it ended, of a tier named `<benchmark>.<line>`."""
    benchmark, _, number = key.partition(".")
    item = queries.item(agency, benchmark)
    if item is None or not number.isdigit():
        return None
    rows = item.now.fields.get("tiers", ())
    return (item.now.fields, rows[int(number) - 1], item.ended_on) if 0 < int(number) <= len(rows) else None


def _tier_said(values: Mapping[str, Any], matter: Matter | None) -> dict[str, str]:
    if not values.get("tier"):
        return {}
    found = _tier(matter.agency, values["tier"]) if matter else None
    if found is None:
        raise Invalid({"tier": "裁量阶次：不在本机关的裁量基准名录中，请重新选择"})
    benchmark, row, _ = found
    span = f"{row['low']}至{row['high']}"
    if all(figure(row[end]) is not None for end in ("low", "high")):
        span += "元" if values["nature"] == BY_SUM else "倍"
    said = f"《{benchmark['name']}》（{benchmark['number']}）{row['cause']}·{row['tier']}：{span}"
    if amounts := amounts_said(row):
        said += f"，适用金额{amounts}"
    return {"tier_said": f"{said}，{row['applies']}" if row.get("applies") else said}


def tier_fits(doing: Doing) -> Mapping[str, str]:
    """The benchmark is in force, and what lies outside its tier says why."""
    fields = doing.payload
    if not fields.get("tier"):
        return {}
    found = _tier(doing.actor.agency, fields["tier"])
    if found is None:
        return {}
    benchmark, row, ended_on = found
    day = local_date(doing.now_ms).isoformat()
    if ended_on and ended_on <= day:
        return {"tier": f"裁量阶次：《{benchmark['name']}》已于{ended_on}失效，请选现行的裁量基准"}
    by_sum = fields["nature"] == BY_SUM
    if not by_sum and not fields.get("departure") and (wrong := _outside(row, int(fields.get("base") or 0))):
        return {"tier": wrong}
    low, high = figure(row["low"]), figure(row["high"])
    chosen = Decimal(fields["fine"]) / 100 if by_sum else multiple_of(fields)
    if low is None or high is None or chosen is None or low <= chosen <= high or fields.get("departure"):
        return {}
    name = "stated_fine" if by_sum else "multiple"
    label = "罚款数额" if by_sum else "罚款倍数"
    return {
        name: f"{label}：不在“{row['tier']}”阶次的{row['low']}至{row['high']}之内；改定，或者写明不在阶次之内的理由"
    }


def _outside(row: Mapping[str, str], base: int) -> str:
    """That what is fined lies outside the amounts to which the tier applies; empty where it does not."""
    start, end = loss_range(row)
    if (start is None or base >= start * 100) and (end is None or base < end * 100):
        return ""
    return (
        f"裁量阶次：计罚的金额{format_yuan(base)}元不在“{row['tier']}”阶次的适用金额（{amounts_said(row)}）之内；"
        "改选相符的阶次，或者写明不在阶次之内的理由"
    )


def once_for_a_cause(doing: Doing) -> Mapping[str, str]:
    """The same rows are not counted twice."""
    fields = doing.payload
    for entry in standing(doing.matter) if doing.matter else ():
        same = (entry.open.get("list"), entry.open["cause"]) == (fields.get("list"), fields["cause"])
        if same and (doing.corrected is None or doing.corrected.id != entry.id):
            return {"cause": f"案由：“{fields['cause']}”已经计算过；要改的请更正或者撤回原来的计算"}
    return {}


def rows_unchanged(doing: Doing) -> Mapping[str, str]:
    """What is told or decided counts the rows as they stand: none was settled or cut since."""
    matter = doing.matter
    for entry in standing(matter) if matter else ():
        claims = state.list_of(matter, entry.open["list"]) if matter and entry.open.get("list") else None
        if claims is not None and digest(claims, entry.open["cause"]) != entry.open["rows_digest"]:
            return {
                "": f"案由“{entry.open['cause']}”计算以后，明细又有认定或者改了追责起算日：请撤回原来的计算，重新计算"
            }
    return {}


def suggested(matter: Matter) -> Suggested:
    """罚款 and 责令退回 of the notice and of the draft: the sums of what was reckoned."""
    held = standing(matter)
    if not held:
        return {}
    bases = list(dict.fromkeys(str(entry.open["basis"]) for entry in held))
    tiers = [_said(entry.open) for entry in held]
    return {
        "amount": (sum(entry.open["fine"] for entry in held), _FROM),
        "refund": (sum(entry.open["refund"] for entry in held), _FROM),
        "basis": ("；".join(bases), _FROM),
        "discretion": ("\n".join(tiers), _FROM),
    }


def suggested_sums(matter: Matter) -> Suggested:
    """拟罚款 and 拟责令退回 of the report: the same sums."""
    found = suggested(matter)
    return {name: found[name] for name in ("amount", "refund") if name in found}


def _said(fields: Mapping[str, Any]) -> str:
    """Tier, why, and what was departed from, as sentences of one paragraph."""
    told = [
        fields.get("tier_said"),
        fields["tier_reason"],
        fields.get("departure") and f"不在阶次之内的理由：{fields['departure']}",
        fields.get("mitigation") and f"减轻处罚的情形和依据：{fields['mitigation']}",
    ]
    return f"{fields['cause']}：{''.join(_sentence(str(one)) for one in told if one)}"


def _sentence(text: str) -> str:
    ended = text.strip().rstrip("，,；;、")
    return ended if ended.endswith(("。", "！", "？", ".")) else f"{ended}。"


def next_cause(matter: Matter) -> Suggested:
    """The list and the first cause of its confirmed rows that was not reckoned yet."""
    held = {(entry.open.get("list"), entry.open["cause"]) for entry in standing(matter)}
    for claims in state.lists_of(matter):
        for line in state.sums(claims):
            if line.state == CONFIRMED and (claims.key, line.cause) not in held:
                title = f"明细“{claims.imported.open['title']}”中认定违规、还没有计算的"
                return {"list": (claims.key, title), "cause": (line.cause, title)}
    return {}
