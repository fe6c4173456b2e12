"""从名录选取: the pool of a draw from the register of institutions, without those that were inspected this year."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from liuhen.acts.act import Doing, Matter
from liuhen.acts.registry import Suggested
from liuhen.inspections import visited
from liuhen.inspections.models import VisitRow
from liuhen.registers import queries

MANNER = (
    "从检查对象名录和执法检查人员名录中分别抽取。种子由系统生成并封存，抽取以前公布它的承诺；"
    "抽取时由在场人员现场报出数字，按种子和数字排序，取排在前面的；种子随结果公布，任何人可以复算。"
)
"""抽取方式, as every draw is done here."""


@dataclass(frozen=True)
class Pool:
    """What was found: the lines of the pool, and how many stand on the register but were inspected this year."""

    rows: Sequence[Mapping[str, str]]
    inspected: int


def pool(agency: str, day: date, kind: str, place: str, *, fresh: bool) -> Pool:
    """The institutions of a kind (empty: all) whose address holds these words; `fresh`: not inspected in the year.

    An inspection counts by whomever of the tree it was done, as for the cap.
    """
    names, codes = _inspected(agency, day) if fresh else (set[str](), set[str]())
    rows, inspected = [], 0
    for row in queries.wanted(agency, "institutions"):
        fields: Mapping[str, Any] = json.loads(row.fields)
        if kind and fields.get("institution_kind") != kind or place not in str(fields.get("address", "")):
            continue
        own = {row.code, row.other_code, str(fields.get("credit_code", ""))} - {""}
        if row.name in names or own & codes:
            inspected += 1
            continue
        rows.append({"name": row.name, "code": row.code or row.other_code})
    return Pool(rows, inspected)


def _inspected(agency: str, day: date) -> tuple[set[str], set[str]]:
    """Names and codes of what anyone of the tree has inspected in the year of a day."""
    held = VisitRow.objects.filter(
        agency__in=visited.tree(agency), day__startswith=str(day.year), state=visited.HELD
    )
    found = list(held.values_list("name", "code"))
    return {name for name, _ in found}, {code for _, code in found if code}


def suggested(_agency: str, _typed: Mapping[str, Any], matter: Matter | None = None) -> Suggested:
    """What every plan says of the manner of its draw."""
    return {} if matter is not None else {"manner": (MANNER, "本系统的抽取办法")}


def certified(doing: Doing) -> Mapping[str, str]:
    """Nobody is drawn whose certificate does not hold on the day of the draw."""
    day = str(doing.payload["planned_on"])
    lapsed = [
        f"{one['name']}（{'执法证有效期止于' + one['valid_to'] if one.get('valid_to') else '没有执法证'}）"
        for one in doing.payload["inspector_pool"]
        if not one.get("valid_to") or one["valid_to"] < day
    ]
    if not lapsed:
        return {}
    return {
        "inspector_pool": f"执法检查人员名录：{'、'.join(lapsed)}在计划抽取日期{day}没有有效的执法证，"
        "不得列入；请去掉，或者换证登记以后再列入"
    }
