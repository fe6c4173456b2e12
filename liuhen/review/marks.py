"""对照表逐行审核: of each row of facts and evidence the reviewer agrees, or says to what he objects."""

import re
from collections.abc import Mapping
from typing import Any

from liuhen.acts import registry
from liuhen.acts.act import Doing, Made, Matter, fields_of
from liuhen.acts.errors import Invalid
from liuhen.acts.registry import Suggested
from liuhen.cases import matrix
from liuhen.cases.proofs import DRAWN
from liuhen.cases.recalled import source_of
from liuhen.ledger import Entry

MARKS, REVIEWED = "row_marks", "rows_reviewed"
AGREED, OBJECTED = "同意", "有意见"
LOOKED = (AGREED, OBJECTED)
_ROW = re.compile(r"\s*(?:第\s*)?(\d{1,4})(?!\d)")
_SHORT = 40


def _reviewed(values: Mapping[str, Any], matter: Matter | None) -> dict[str, Any]:
    """The rows of the table with what was said of each, as the opinion shows them."""
    found = {line.number: line for line in (matrix.lines(matter) if matter else ())}
    marks: dict[int, Mapping[str, str]] = {}
    for place, mark in enumerate(values.get(MARKS) or (), 1):
        said = _ROW.match(mark.get("row", ""))
        if said is None or int(said[1]) not in found:
            raise _wrong(f"第{place}行没有对应的行号：请写对照表第几行（共{len(found)}行）")
        if mark.get("looked") not in LOOKED:
            raise _wrong(f"对照表第{said[1]}行的“审核”应为“{AGREED}”或者“{OBJECTED}”")
        if mark["looked"] == OBJECTED and not mark.get("remark", "").strip():
            raise _wrong(f"对照表第{said[1]}行有意见，请写明意见")
        if int(said[1]) in marks:
            raise _wrong(f"对照表第{said[1]}行审核了两次，请删去一行")
        marks[int(said[1])] = mark
    if left := [str(number) for number in found if number not in marks]:
        raise _wrong(f"对照表第{'、'.join(left)}行还没有审核，请逐行写明“{AGREED}”或者“{OBJECTED}”")
    if not found:
        return {}
    rows = [
        {
            "fact": line.fact,
            "evidence": line.named,
            "place": line.place,
            "article": line.article,
            "basis": line.basis,
            **{name: marks[number][name] for name in ("looked", "remark") if marks[number].get(name)},
        }
        for number, line in found.items()
    ]
    return {REVIEWED: [{name: text for name, text in row.items() if text} for row in rows]}


def _wrong(text: str) -> Invalid:
    label = registry.dictionary().kinds["review_opined"].fields[MARKS].label.partition("（")[0]
    return Invalid({MARKS: f"{label}：{text}"})


MADE = Made((REVIEWED,), _reviewed)


def not_against_the_rows(doing: Doing) -> Mapping[str, str]:
    """Whoever objects to a row does not agree with the whole."""
    against = objections(doing.payload)
    if doing.payload.get("opinion") != "agree" or not against:
        return {}
    return {
        "opinion": f"审核意见：{'；'.join(against)[:200]}。对照表有意见的，不能同意；请改选意见，或者改为同意这一行"
    }


def objections(fields: Mapping[str, Any]) -> list[str]:
    """Each row objected to with what was said of it: remarks to be answered like any other."""
    return [
        f"对照表第{number}行“{str(row.get('fact', ''))[:_SHORT]}”：{str(row.get('remark', '')).strip()}"
        for number, row in enumerate(fields.get(REVIEWED) or (), 1)
        if row.get("looked") == OBJECTED
    ]


def suggested_marks(matter: Matter) -> Suggested:
    """The rows to be looked at; of a row that stands as it was agreed to before, that it was."""
    drawn = matter.last(DRAWN)
    if drawn is None:
        return {}
    before = _agreed(matter.last("review_opined"))
    rows = []
    for line in matrix.lines(matter):
        told = (line.fact, line.named, line.place, line.article, line.basis)
        row = {"row": f"{line.number} {line.fact[:_SHORT]}｜{line.named or '没有证据'}"}
        rows.append(row | ({"looked": AGREED} if told in before else {}))
    return {MARKS: (rows, source_of(drawn))}


def _agreed(opinion: Entry | None) -> set[tuple[str, ...]]:
    rows = (fields_of(opinion).get(REVIEWED) or ()) if opinion else ()
    names = ("fact", "evidence", "place", "article", "basis")
    return {tuple(row.get(name, "") for name in names) for row in rows if row.get("looked") == AGREED}
