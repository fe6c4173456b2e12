"""名录: the pools of a draw as lines, and what the door works out from them."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from liuhen.acts.act import Matter, fields_of
from liuhen.acts.errors import Invalid
from liuhen.inspections import drawing

Row = Mapping[str, Any]


def target_line(row: Row) -> str:
    """A target as it is ranked and published: name and code."""
    return f"{row.get('name', '')} {row.get('code', '')}".strip()


def inspector_line(officer: Row) -> str:
    """An inspector as he is ranked and published: name and certificate."""
    return f"{officer['name']} {officer.get('certificate', '')}".strip()


def problems(plan: Row) -> dict[str, str]:
    """What is wrong with a plan, by field; the messages are Chinese."""
    found: dict[str, str] = {}
    sides = (
        ("target_pool", "target_count", "检查对象", target_line),
        ("inspector_pool", "inspector_count", "检查人员", inspector_line),
    )
    for pool, count, title, line in sides:
        lines = [line(row) for row in plan[pool]]
        twice = sorted({one for one in lines if lines.count(one) > 1})
        if twice:
            found[pool] = f"{title}名录：“{twice[0]}”列了两次，请删去一行"
        elif "" in lines:
            found[pool] = f"{title}名录：有一行没有名称，请补上或者删去"
        most = len(lines) - 1 if line is target_line else len(lines)
        if not most:
            found[pool] = f"{title}名录：只有{len(lines)}个，没有可以抽取的，请补充"
        elif not 1 <= plan[count] <= most:
            found[count] = f"抽取{title}数：应为1到{most}（名录中有{len(lines)}个），现为{plan[count]}"
    return found


def sealed_seed(plan: Row, matter: Matter | None) -> dict[str, Any]:
    """A fresh seed, kept in a part that nobody reads before the draw, and its commitment."""
    seed = secrets.token_hex(drawing.SEED_BYTES)
    targets, inspectors = lines_of(plan)
    return {"seed": seed, "commitment": drawing.commitment(seed, targets, inspectors)}


def lines_of(plan: Row) -> tuple[list[str], list[str]]:
    """Both pools as lines, in the order of the plan."""
    return [target_line(row) for row in plan["target_pool"]], [
        inspector_line(row) for row in plan["inspector_pool"]
    ]


def plan_of(matter: Matter) -> dict[str, Any]:
    """The plan's fields, the sealed seed included. Raises `Invalid` when there is none."""
    planned = matter.last("draw_planned")
    if planned is None:
        raise Invalid({"": "还没有抽查方案，请先拟定"})
    return fields_of(planned)


def drawn(values: Row, matter: Matter | None) -> dict[str, Any]:
    """抽取: the first of each ranking."""
    plan = plan_of(_existing(matter))
    targets, inspectors = rankings(plan, values["called"])
    return {
        "targets": targets[: plan["target_count"]],
        "inspectors": inspectors[: plan["inspector_count"]],
        "seed": plan["seed"],
    }


def replaced(values: Row, matter: Matter | None) -> dict[str, Any]:
    """补抽: the next in the ranking of whatever was drawn before, replacements included."""
    existing = _existing(matter)
    if existing.last("drawn") is None:
        raise Invalid({"": "还没有抽取，不能补抽"})
    typed = values["replaced"].strip()
    for gone, following in following_each(existing):
        if typed not in (gone, gone.split(" ")[0]):
            continue
        if not following:
            raise Invalid({"replaced": "名录中已经没有可以补抽的，请另行拟定抽查方案"})
        return {"replaced": gone, "replacement": following}
    raise Invalid(
        {"replaced": f"被替换的检查对象或者检查人员：“{typed}”不在抽取结果中，请按结果中的名称和代码填写"}
    )


def following_each(matter: Matter) -> list[tuple[str, str]]:
    """Each line that stands drawn, targets first, and who in its ranking would come in its place (empty: nobody)."""
    draw = matter.last("drawn")
    if draw is None:
        return []
    plan = plan_of(matter)
    out = {fields_of(entry)["replaced"] for entry in matter.all("draw_replaced")}
    put_in = {fields_of(entry)["replacement"] for entry in matter.all("draw_replaced")}
    found = []
    targets, inspectors = rankings(plan, fields_of(draw)["called"])
    for ranked, count, line in (
        (targets, plan["target_count"], target_line),
        (inspectors, plan["inspector_count"], inspector_line),
    ):
        order = [line(row) for row in ranked]
        standing = [one for one in order if (one in order[:count] or one in put_in) and one not in out]
        following = next((one for one in order[count:] if one not in put_in), "")
        found += [(one, following) for one in standing]
    return found


def standing(matter: Matter) -> tuple[list[str], list[str]]:
    """Targets and inspectors as the draw and all replacements leave them, as lines."""
    draw = matter.last("drawn")
    if draw is None:
        return [], []
    fields = fields_of(draw)
    instead = {
        fields_of(entry)["replaced"]: fields_of(entry)["replacement"] for entry in matter.all("draw_replaced")
    }
    return (
        [last_of(instead, target_line(row)) for row in fields["targets"]],
        [last_of(instead, inspector_line(row)) for row in fields["inspectors"]],
    )


def last_of(instead: Mapping[str, str], line: str) -> str:
    """Who or what stands in a line's place by now; itself where nothing was put in."""
    while line in instead:
        line = instead[line]
    return line


def rankings(plan: Row, called: str) -> tuple[list[Row], list[Row]]:
    """Both pools' rows in the order drawn."""
    return (
        _ranked(plan["seed"], drawing.TARGETS, called, plan["target_pool"], target_line),
        _ranked(plan["seed"], drawing.INSPECTORS, called, plan["inspector_pool"], inspector_line),
    )


def _ranked(seed: str, pool: str, called: str, rows: Sequence[Row], line: Any) -> list[Row]:
    by_line = {line(row): row for row in rows}
    return [by_line[one] for one in drawing.ranked(seed, pool, called, by_line)]


def _existing(matter: Matter | None) -> Matter:
    if matter is None:
        raise Invalid({"": "还没有抽查方案，请先拟定"})
    return matter
