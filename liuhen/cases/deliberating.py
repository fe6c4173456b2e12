"""集体讨论: those present, absent and heard add up; what is discussed is a draft of this case. Checks of acts."""

from collections.abc import Mapping, Sequence
from typing import Any

from liuhen.acts import registry
from liuhen.acts.act import Doing, fields_of
from liuhen.kernel.clock import format_local

_HEADS, _ALL_HEADS = "heads", "all_heads"


def absent_fits(doing: Doing) -> Mapping[str, str]:
    """Members, absent and views must add up; every participant signs."""
    members, absent = doing.payload["members"], doing.payload["absent"]
    present = len(doing.payload["views"])
    if absent > members:
        return {"absent": f"缺席人数：缺席{absent}人，多于总人数{members}人，请核对"}
    if members - absent != present:
        return {
            "views": f"发言情况：总人数{members}减缺席{absent}应为{members - absent}人，现列{present}人，请核对"
        }
    return {}


def draft_unchanged(doing: Doing) -> Mapping[str, str]:
    """The draft named is one of this case."""
    drafts: Sequence[Any] = doing.matter.all("decision_drafted") if doing.matter else ()
    if doing.payload.get("draft") not in {fields_of(entry)["draft"] for entry in drafts}:
        return {"draft": "决定草案：不是本案的草案，请重新选择"}
    return {}


def not_agreed_already(doing: Doing) -> Mapping[str, str]:
    """The same body, all of it present, agreed to this very draft: to sit once more decides nothing.

    Unless a legal opinion on the draft came afterwards, which they had not before them when they sat.
    """
    same = ("draft", "body")
    matter = doing.matter
    if matter is None or doing.corrected is not None:
        return {}
    draft = doing.payload.get("draft")
    opined = [one.happened_ms for one in matter.all("review_opined") if fields_of(one).get("draft") == draft]
    for entry in matter.all("deliberated"):
        had = fields_of(entry)
        if (
            had["agree"]
            and not had["absent"]
            and all(had.get(name) == doing.payload.get(name) for name in same)
            and had["started"] >= max(opined, default=0)
        ):
            when, body = (
                format_local(had["ended"]),
                registry.dictionary().text(entry.kind, "body", had["body"]),
            )
            return {
                "draft": f"决定草案：{body}已于{when}讨论同意这一稿，没有缺席，不必再讨论；意见有变的，先另拟一稿"
            }
    return {}


def everybody_signed(doing: Doing) -> Mapping[str, str]:
    """Whoever is listed as having spoken signed the minutes, or his refusal is noted."""
    signed = {row["name"] for row in doing.payload.get("signatures", ())}
    lacking = list(dict.fromkeys(row["name"] for row in doing.payload["views"] if row["name"] not in signed))
    if lacking:
        return {
            "signatures": f"全体参加人员签名：还缺{'、'.join(lacking)}的签名；参加讨论的每一人都要签名，"
            "没有参加的请从发言情况中删去，拒绝签名的勾选并注明"
        }
    return {}


def heads_told(doing: Doing) -> Mapping[str, str]:
    """Of a committee it is told whether all heads were there: then it was the heads' own discussion as well."""
    if doing.payload["body"] == _HEADS or doing.payload.get(_ALL_HEADS) is not None:
        return {}
    kind = registry.kind_of(doing.act)
    body = registry.dictionary().text(doing.act.kind, "body", doing.payload["body"])
    return {
        _ALL_HEADS: f"{kind.fields[_ALL_HEADS].label}：由“{body}”讨论的，请选择是否；应当由机关负责人集体讨论的案件，"
        "全部参加的才算已经讨论"
    }


CHECKS = (absent_fits, draft_unchanged, not_agreed_already, everybody_signed, heads_told)
"""What a deliberation is held against before it is entered."""
