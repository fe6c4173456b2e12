"""Where a matter stands (办理阶段), told from its entries for lists; the law's own course is drawn on the case page."""

from liuhen.acts.act import Matter

STREAMS = {
    "lead": "案源",
    "case": "案件",
    "inspection": "检查",
    "recording": "音像记录",
    "publication": "公示",
    "register": "机关登记",
    "people": "人员名册",
    "catalogue": "名录",
}
"""What the matters of each type of stream are called."""
LEAD_STAGES = {
    "registered": "待核查",
    "verified": "已核查",
    "proposed": "呈批中",
    "filed": "已立案",
    "declined": "不予立案",
    "transferred": "已移送",
}
CASE_STAGES = {
    "investigation": "调查取证",
    "notice": "告知听证",
    "review": "法制审核",
    "deliberation": "集体讨论",
    "decided": "送达执行",
    "closing": "结案呈批",
    "closed": "待归档",
    "archived": "已归档",
    "terminated": "已终止",
}

PHASES = {
    "investigation": "investigation",
    "notice": "decision",
    "review": "decision",
    "deliberation": "decision",
    "decided": "execution",
    "closing": "execution",
    "closed": "archiving",
    "archived": "archiving",
    "terminated": "archiving",
}
"""In which phase of the law's course (`course` in packs) a case of a stage stands: a decided one is to be executed."""

_LEAD = {
    "lead_registered": "registered",
    "verified": "verified",
    "filing_proposed": "proposed",
    "filed": "filed",
    "declined": "declined",
    "transferred": "transferred",
}
_CASE = {
    "filed": "investigation",
    "on_spot_decided": "decided",
    "notice_served": "notice",
    "review_submitted": "review",
    "deliberated": "deliberation",
    "decided": "decided",
    "closing_proposed": "closing",
    "closed": "closed",
    "terminated": "terminated",
    "archived": "archived",
}


def lead_stage(matter: Matter, *, filed: bool) -> str:
    """The stage of a lead; `filed` when a case has taken it in."""
    if filed:
        return "filed"
    return _latest(matter, _LEAD)


def case_stage(matter: Matter) -> str:
    """The stage of a case."""
    return _latest(matter, _CASE)


def _latest(matter: Matter, table: dict[str, str]) -> str:
    return next(table[entry.kind] for entry in reversed(matter.entries) if entry.kind in table)
