"""送达: what is delivered is a paper of this case; only the decision's own number delivers the decision."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from liuhen.acts import registry
from liuhen.acts.act import Doing, Matter, fields_of
from liuhen.acts.registry import Suggested
from liuhen.documents.catalogue import catalogue
from liuhen.documents.context import Issuer, Scope, title_of
from liuhen.documents.forms import Form
from liuhen.documents.voids import voided
from liuhen.kernel.clock import format_local
from liuhen.ledger import Entry

ACT, CHOSEN = "deliver", "document_number"
UNNUMBERED = "无"
"""The number of a paper that bears none."""
_INTO_HANDS = frozenset({"direct", "entrusted", "forwarded"})
"""送达方式 by which the paper is put into somebody's hands."""
_TAKERS = frozenset({"party", "person_present", "recipient"})
"""Who signs for having received a paper; officers and witnesses sign for something else."""
_DECISIONS = ("decided", "on_spot_decided")
_Paper = tuple[Entry, str, str]
"""What bears a number, the number, the name of the paper."""
_Issued = tuple[Sequence[_Paper], dict[str, tuple[Entry, str]]]
"""All papers; by number, what bears it and the name of its paper, decisions first."""


def numbers(matter: Matter) -> dict[str, str]:
    """文号 of the papers that go out from this case, each with the paper's name; then those that bear none.

    Last the void ones, which say so: they were delivered, if ever, before they became void.
    """
    gone, handed = _void_since(matter), _delivered(matter)
    found, void = dict[str, str](), dict[str, str]()
    for number, (entry, title) in _issued(matter).items():
        if entry.id in gone:
            void[number] = f"{title}（{number}）〔已作废，送达发生在作废以前的才选〕"
        else:
            found[number] = f"{title}（{number}）{handed.get(number, '')}"
    return {**found, UNNUMBERED: "没有文号的文书", **void}


def _delivered(matter: Matter) -> Mapping[str, str]:
    """By number, when it was delivered last, in words."""
    return {
        str(fields_of(entry).get(CHOSEN)): f"〔已于{format_local(entry.happened_ms)[:10]}送达〕"
        for entry in matter.all("delivered")
    }


def number_issued(doing: Doing) -> Mapping[str, str]:
    """The number is that of a paper of this case, and of no other."""
    given = doing.payload.get(CHOSEN)
    known = numbers(doing.matter) if doing.matter else {}
    kept = doing.corrected is not None and fields_of(doing.corrected).get(CHOSEN) == given
    if doing.matter is None or given in known or kept:
        return {}
    of_case = "、".join(title for number, title in known.items() if number != UNNUMBERED)
    return {
        CHOSEN: f"文号：本案没有文号为“{given}”的文书。本案已制作的有{of_case or '（还没有）'}；"
        f"请从中选择，送达没有文号的文书写“{UNNUMBERED}”"
    }


def _void_since(matter: Matter) -> dict[str, int]:
    """When the papers that stand no more became void, by the entry that bears them."""
    corrected = {entry.supersedes: entry.recorded_ms for entry in matter.entries if entry.supersedes}
    return corrected | {made: entry.recorded_ms for made, entry in voided(matter.entries).items()}


def while_it_stands(doing: Doing) -> Mapping[str, str]:
    """What is void is not delivered any more."""
    entry = _issued(doing.matter).get(str(doing.payload.get(CHOSEN)), (None, ""))[0] if doing.matter else None
    since = _void_since(doing.matter).get(entry.id) if doing.matter and entry else None
    if since is None or doing.happened_ms < since:
        return {}
    return {
        CHOSEN: f"文号：这份文书已于{format_local(since)}作废，不能再送达；请选更正后的文书，"
        "送达发生在作废以前的，按实际时间填写"
    }


def after_its_paper(doing: Doing) -> Mapping[str, str]:
    """Nothing is delivered before it was made."""
    entry = _issued(doing.matter).get(str(doing.payload.get(CHOSEN)), (None, ""))[0] if doing.matter else None
    if entry is None or doing.happened_ms >= entry.happened_ms:
        return {}
    title = registry.dictionary().kinds[entry.kind].title
    return {"ended": f"送达时间：早于{title}（{format_local(entry.happened_ms)}），请按实际时间填写"}


def not_refused(doing: Doing) -> Mapping[str, str]:
    """直接、委托、转交送达: somebody took the paper; what was refused was not delivered in this way."""
    rows = doing.payload.get("signatures") or ()
    taken = any(row.get("who") in _TAKERS and not row.get("refused") for row in rows)
    refused = any(row.get("who") in _TAKERS and row.get("refused") for row in rows)
    if doing.payload.get("method") not in _INTO_HANDS or taken or not refused:
        return {}
    return {
        "method": "送达方式：签收人拒绝签收的，没有这样送达；留在受送达人的住所的，选“留置送达”，写明原因、地点，"
        "由见证人签名或者附上全程的照片、录像；也可以改用邮寄等其他方式"
    }


CHECKS = (number_issued, after_its_paper, while_it_stands, not_refused)
"""What is asked of a delivery before it is recorded."""


def decision_of(values: Mapping[str, Any], matter: Matter | None) -> Mapping[str, Any]:
    """决定: the one whose number is delivered; another paper delivers none."""
    entry = _issued(matter).get(str(values.get(CHOSEN)), (None, ""))[0] if matter else None
    if entry is None or entry.kind not in _DECISIONS:
        return {}
    return {"decision": fields_of(entry)["decision"]}


def suggested(matter: Matter) -> Suggested:
    """文书名称 of the decision to be delivered; nothing before there is one."""
    decided = matter.last(_DECISIONS[0]) or matter.last(_DECISIONS[1])
    if decided is None:
        return {}
    title = next((title for entry, title in _issued(matter).values() if entry.id == decided.id), "")
    return {"document_name": (title, "处罚决定")} if title else {}


def suggested_of(_agency: str, typed: Mapping[str, Any], matter: Matter | None) -> Suggested:
    """文书名称 of the number that was chosen."""
    title = _issued(matter).get(str(typed.get(CHOSEN)), (None, ""))[1] if matter else ""
    return {"document_name": (title, "所选的文书")} if title else {}


def number_of(matter: Matter, kind: str, key: str) -> str:
    """文号 of the paper that an entry's kind and key made last; empty where it made none that stands."""
    gone, named = _void_since(matter), registry.dictionary().kinds[kind].key
    made = [
        number
        for number, (entry, _) in _issued(matter).items()
        if entry.kind == kind and entry.id not in gone and named and fields_of(entry).get(named) == key
    ]
    return made[-1] if made else ""


def _issued(matter: Matter) -> dict[str, tuple[Entry, str]]:
    """By number, the entry that bears it and the name of its paper; decisions first."""
    issued: _Issued = matter.carried("issued", _made)
    return issued[1]


def _made(matter: Matter, before: _Issued | None, new: Sequence[Entry]) -> _Issued:
    """The numbered papers that went out with these entries besides those before."""
    papers, known = before or ([], {})
    made = [paper for entry in new if entry.kind in _bearing_numbers() for paper in _papers(matter, entry)]
    if not made:
        return papers, known
    papers, found = [*papers, *made], dict[str, tuple[Entry, str]]()
    for entry, number, title in sorted(papers, key=lambda one: one[0].kind not in _DECISIONS):
        found.setdefault(number, (entry, title))
    return papers, found


@cache
def _bearing_numbers() -> frozenset[str]:
    """The kinds of entries of which a paper with a number goes out."""
    return frozenset(form.kind for form in catalogue() if _goes_out_numbered(form))


def _goes_out_numbered(form: Form) -> bool:
    return form.reach == "outer" and bool(form.number)


def _papers(matter: Matter, entry: Entry) -> Iterator[_Paper]:
    for form in catalogue().made_of(entry):
        if _goes_out_numbered(form):
            scope = Scope(entry, form, matter.entries, Issuer(""))
            if number := scope.word(form.number):
                yield entry, number, title_of(scope)


def register() -> None:
    """What the form of a delivery is filled in with, and what is chosen on it."""
    registry.register_suggestion(ACT, suggested)
    registry.register_chosen(ACT, CHOSEN, suggested_of)
    registry.register_chosen_for(ACT, number_of)
