"""审核意见逐条: an opinion's remarks one by one, and the answer that each gets when the case is submitted again."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from liuhen.acts import registry
from liuhen.acts.act import Doing, Matter, fields_of
from liuhen.kernel.clock import format_local
from liuhen.ledger import Entry
from liuhen.review.marks import objections

_NUMBER = re.compile(
    r"^\s*(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)]?[、.．:：])\s*"
)
_AGREED = "agree"
Reply = Mapping[str, str]


def remarks_of(opinion: Entry) -> list[str]:
    """The remarks, a line each, without their numbers; then what was objected to row by row."""
    fields = fields_of(opinion)
    lines = str(fields.get("remarks") or "").splitlines()
    return [*(text for line in lines if (text := _NUMBER.sub("", line).strip())), *objections(fields)]


def standing_opinion(matter: Matter) -> Entry | None:
    """The last opinion of legal review, unless its reviewer has withdrawn it."""
    opinion, withdrawn = matter.last("review_opined"), matter.last("opinion_withdrawn")
    if opinion is None or (withdrawn is not None and withdrawn.index > opinion.index):
        return None
    return opinion


def to_be_answered(matter: Matter) -> Entry | None:
    """The last opinion, where it did not agree."""
    opinion = standing_opinion(matter)
    return None if opinion is None or fields_of(opinion)["opinion"] == _AGREED else opinion


def replies_asked(matter: Matter) -> tuple[list[dict[str, str]], str] | None:
    """The rows to be filled in when the case is submitted again: each remark, with no answer yet."""
    opinion = to_be_answered(matter)
    remarks = remarks_of(opinion) if opinion is not None else []
    if opinion is None or len(remarks) < 2:
        return None
    title = registry.kind_of(registry.act("give_opinion")).title
    rows = [{"remark": one, "reply": ""} for one in remarks]
    return rows, f"{title}（{format_local(opinion.recorded_ms)}）"


def each_answered(doing: Doing) -> Mapping[str, str]:
    """Several remarks are answered one by one; a single one by the answer as a whole."""
    opinion = to_be_answered(doing.matter) if doing.matter else None
    remarks = remarks_of(opinion) if opinion is not None else []
    if len(remarks) < 2:
        return {}
    answered = {
        _plain(row.get("remark", "")) for row in _replies(doing.payload) if _plain(row.get("reply", ""))
    }
    open_ = [one for one in remarks if _plain(one) not in answered]
    if not open_:
        return {}
    shown = "”“".join(one[:30] for one in open_[:3])
    say = f"上次审核意见有{len(remarks)}条，还有{len(open_)}条没有答复：“{shown}”，请逐条写明处理情况"
    return {"replies": f"逐条答复：{say}"}


def answer_to(remark: str, submission: Entry | None) -> str:
    """What a submission says of one remark; the answer as a whole where it does not go one by one."""
    if submission is None:
        return ""
    fields = fields_of(submission)
    own = [
        str(row.get("reply", ""))
        for row in _replies(fields)
        if _plain(row.get("remark", "")) == _plain(remark)
    ]
    return own[0] if own else str(fields.get("answers") or "")


def _replies(fields: Mapping[str, Any]) -> Sequence[Reply]:
    return fields.get("replies") or ()


def _plain(text: Any) -> str:
    return "".join(str(text).split())
