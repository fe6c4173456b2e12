"""What stands at the top of a matter's page: what it is, and where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from liuhen.accounts.permissions import handling
from liuhen.acts import Matter, fields_of, registry
from liuhen.cases.stages import CASE_STAGES, LEAD_STAGES, case_stage, lead_stage
from liuhen.disclosure.differences import published_decision
from liuhen.disclosure.projections import STATUSES as POSTING_STATUSES
from liuhen.disclosure.projections import posting_rows
from liuhen.disclosure.texts import DECISION, SORTS
from liuhen.inspections import visits
from liuhen.inspections.projections import STATUSES, status_of
from liuhen.kernel.clock import format_local
from liuhen.kernel.money import format_yuan
from liuhen.web.entries import sentence
from liuhen.web.public_pages import public_page
from liuhen.web.whose import parties

_LISTS = {
    "inspection": ("inspections", "检查"),
    "recording": ("recordings", "音像"),
    "publication": ("disclosure", "公示"),
    "people": ("people", "人员"),
    "catalogue": ("registers", "名录"),
}
"""The list above a matter: its route and its title."""


@dataclass(frozen=True)
class Head:
    """Title, subtitle and the few facts that everybody needs at once; `about`: whom and what a form is about.

    `public`: the page that shows it to the public.
    """

    title: str
    subtitle: str
    stage: str
    facts: Sequence[tuple[str, str]]
    back: str
    back_title: str
    about: str
    public: str = ""


def head_of(matter: Matter) -> Head:
    """The head of a matter of any type."""
    made = {"case": _case, "lead": _lead, "inspection": _inspection, "publication": _publication}
    return made.get(matter.type, _other)(matter)


def _case(matter: Matter) -> Head:
    spot = matter.last("on_spot_decided")
    told = {} if spot is None else spot.open
    handlers = "、".join(one["name"] for one in handling(matter))
    filed = matter.last("filed")
    facts = [
        ("承办人", handlers),
        ("立案", format_local(filed.recorded_ms) if filed else ""),
        (
            "程序",
            registry.dictionary().text("filed", "procedure", matter.value("filed", "procedure") or ""),
        ),
        ("统一社会信用代码", matter.value("filed", "party_code") or told.get("party_code", "")),
        ("决定书", matter.value("decided", "number") or told.get("number", "")),
        ("罚款", _yuan(matter.value("decided", "amount") or told.get("amount"))),
    ]
    title = matter.value("filed", "party_name") or told.get("party_name") or "案件"
    named = (matter.value("filed", "number"), matter.value("filed", "cause") or told.get("cause"))
    subtitle = "　".join(one for one in named if one)
    return Head(title, subtitle, CASE_STAGES[case_stage(matter)], _filled(facts), "cases", "案件", title)


def _lead(matter: Matter) -> Head:
    first = matter.entries[0]
    source = matter.value("lead_registered", "source") or ""
    sources = registry.dictionary().kinds["lead_registered"].fields["source"].choices
    facts = [
        ("来源", sources.get(source, "")),
        ("收到", format_local(first.happened_ms)),
        ("登记", format_local(first.recorded_ms)),
        ("地点", matter.value("lead_registered", "place") or ""),
    ]
    title = matter.value("lead_registered", "suspect") or "案源"
    stage = LEAD_STAGES[lead_stage(matter, filed=matter.adopted)]
    return Head(title, "案源", stage, _filled(facts), "leads", "案源", title)


def _inspection(matter: Matter) -> Head:
    """A draw by what is inspected at random, an inspection by whom it is of."""
    back, name = _LISTS["inspection"]
    planned = matter.last("draw_planned")
    if planned is None:
        visit = matter.last("inspection_planned")
        fields = fields_of(visit) if visit else {}
        officers = "、".join(one["name"] for one in fields.get("officers", ()))
        facts = [("检查人员", officers), ("计划检查", fields.get("planned_on", ""))]
        title, subtitle, stage = fields.get("party_name", "检查"), "行政检查", visits.status_of(matter)
        about = title
    else:
        fields = fields_of(planned)
        pools = f"{len(fields['target_pool'])} 个对象抽 {fields['target_count']}"
        people = f"{len(fields['inspector_pool'])} 人抽 {fields['inspector_count']}"
        facts = [("抽取", f"{pools}，{people}"), ("计划抽取", fields["planned_on"])]
        title, subtitle, stage = fields["matter"], "双随机抽查", status_of(matter)
        about = f"双随机抽查：{title}"
    return Head(title, subtitle, STATUSES[stage], _filled(facts), back, name, about)


def _publication(matter: Matter) -> Head:
    """A publication by what it says: of whom, under which number, how much; and where it is public."""
    row = next(iter(posting_rows(matter)), None)
    if row is None:
        return _other(matter)
    back, name = _LISTS["publication"]
    said = published_decision(matter) or {}
    posted = row["posted_ms"]
    facts = [
        ("当事人", row["party_name"]),
        ("决定书", row["number"]),
        ("决定日期", matter.value(DECISION, "decided_on") or ""),
        ("罚款", _yuan(said.get("amount"))),
        ("退回基金", _yuan(said.get("refund"))),
        ("公示形式", registry.dictionary().text(DECISION, "form", matter.value(DECISION, "form") or "")),
        ("拟制", format_local(row["prepared_ms"])),
        ("公示", format_local(posted) if posted else ""),
    ]
    title, party = row["title"], row["party_name"]
    about = f"{party}　{title}" if party and party not in title else title
    return Head(
        title,
        f"公示：{SORTS[row['sort']]}",
        POSTING_STATUSES[row["status"]],
        _filled(facts),
        back,
        name,
        about,
        public_page(matter.stream, row["address"]),
    )


def _other(matter: Matter) -> Head:
    first = matter.entries[0]
    back, name = _LISTS.get(matter.type, ("home", "我的工作"))
    title, party = sentence(first), parties([matter.stream]).get(matter.stream, "")
    facts = _filled([("当事人", party), ("登记", format_local(first.recorded_ms))])
    return Head(title, name, "", facts, back, name, f"{party}　{title}" if party else title)


def _yuan(fen: int | None) -> str:
    return f"{format_yuan(fen)} 元" if fen else ""


def _filled(facts: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(label, text) for label, text in facts if text]
