"""What a publication (公示) is about: its text as last prepared, and which entry says that it is public.

A publication holds texts of one kind: of a decision, of an inspection's result, of one item published beforehand
(事前公示), or of a year's figures. Each text is reviewed, approved and posted anew.
"""

from liuhen.acts.act import Matter
from liuhen.ledger import Entry

DECISION, RESULT, ANNUAL = "disclosure_prepared", "inspection_result_prepared", "annual_report_prepared"
ITEMS = {
    "agency_info_prepared": "agency_info_posted",
    "officers_prepared": "officers_posted",
    "basis_prepared": "basis_posted",
    "powers_prepared": "powers_posted",
    "procedure_prepared": "procedure_posted",
    "remedies_prepared": "remedies_posted",
    "random_list_prepared": "random_list_posted",
    "complaints_prepared": "complaints_posted",
    "other_item_prepared": "other_item_posted",
}
"""事前公示 by the kind that prepares each item: the kind that the agency's register holds once it is public."""
PREPARED = (DECISION, RESULT, ANNUAL, *ITEMS)
SHOWN = ("posted", "replaced")
"""The kinds that say that the public site has a text."""
TAKEN_DOWN = "taken_down"
SORTS = {"decision": "执法决定", "result": "检查结果", "before": "事前公示", "annual": "年度数据"}
ITEM_TITLES = {
    "agency_info_prepared": "执法主体",
    "officers_prepared": "执法人员",
    "basis_prepared": "执法依据",
    "powers_prepared": "执法权限",
    "procedure_prepared": "执法程序和流程图",
    "remedies_prepared": "权利和救济途径",
    "random_list_prepared": "随机抽查事项清单",
    "complaints_prepared": "监督举报方式",
    "other_item_prepared": "其他",
}
"""What the public reads above each item, in the order in which items are listed."""
BEGUN_BY = {kind: f"prepare_{name.removesuffix('_prepared')}" for name, kind in ITEMS.items()} | {
    "annual_report_posted": "prepare_annual_report",
    "inspection_posted": "prepare_inspection_result",
    "posted": "prepare_disclosure",
}
"""The act with which begins what only the system enters: by the kind that is entered."""
_SORT_OF = {DECISION: "decision", RESULT: "result", ANNUAL: "annual"}
RENEWAL = "renewal_reason"


def text_of(matter: Matter) -> Entry | None:
    """The text as last prepared; None for what is no publication of this room."""
    held = [
        entry
        for kind in PREPARED
        if (entry := matter.last(kind)) is not None and entry.stream == matter.stream
    ]
    return max(held, key=lambda entry: entry.index, default=None)


def sort_of(text: Entry) -> str:
    """Which of `SORTS` a text is."""
    return _SORT_OF.get(text.kind, "before")


def since(matter: Matter, kind: str, text: Entry) -> Entry | None:
    """The latest entry of a kind that is about this text and not an earlier one."""
    entry = matter.last(kind)
    return entry if entry is not None and entry.index > text.index else None


def shown_since(matter: Matter, text: Entry) -> Entry | None:
    """The entry that says that this text is public."""
    found = [entry for kind in SHOWN if (entry := since(matter, kind, text)) is not None]
    return found[0] if found else None


def shown_before(matter: Matter) -> bool:
    """Whether anything of this publication was ever public."""
    return any(matter.last(kind) is not None for kind in SHOWN)


def taken(*names: str) -> dict[str, str]:
    """Fields filled in from the text of whatever kind this publication has."""
    return {name: "|".join(f"{kind}.{name}" for kind in PREPARED) for name in names}
