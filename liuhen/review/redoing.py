"""将重新办理: what an answer to a remark of legal review promises is owed until it is reported as done."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from liuhen.acts import registry
from liuhen.acts.act import Act, Doing, Made, Matter, fields_of
from liuhen.cases.courses.places import CASE
from liuhen.kernel.clock import format_date, local_date
from liuhen.kernel.ids import new_id
from liuhen.ledger import Entry, EntryDraft
from liuhen.review.beside import beside

PROMISED, DONE = "redo_promised", "redo_done"
_ROWS, _RECORDS = "to_redo", "records"
_PROMISE = re.compile(
    r"(?:将|拟|待|准备|打算|尽快|随后|以后|稍后)[^。；;\n]{0,12}?(?:重新|重做|补正|补充|补办|另行|再次|再行)"
)
_REVIEW = frozenset(
    "review_submitted review_prechecked review_received review_returned review_extended review_opined "
    "opinion_withdrawn redo_promised redo_done answered adopted".split()
)
"""Kinds that are no doing anew: the course of the review itself."""


def promises_followed(doing: Doing) -> Mapping[str, str]:
    """An answer in words of the future says what will be done and by when; each such row is whole."""
    rows = _rows(doing.payload)
    for number, row in enumerate(rows, 1):
        if wrong := _wrong(row, doing.now_ms):
            return {_ROWS: f"{_label(_ROWS)}：第{number}行{wrong}"}
    named = {_plain(row["remark"]) for row in rows}
    for field, remark, text in _answers(doing.payload):
        found = _PROMISE.search(text)
        if found and not (_plain(remark) in named if remark else rows):
            return {
                field: f"{_label(field)}：“{found.group()[:20]}”说的是将要办的。已经办了的，写明办了什么、何时办的；"
                f"送审以后才办的，在“{_label(_ROWS)}”中写明这条意见、办什么、何时以前办完"
            }
    return {}


def promised(doing: Doing) -> Sequence[EntryDraft]:
    """An entry for each promise: each is owed by itself."""
    return [
        beside(doing, PROMISED, {"redo": new_id()} | {name: str(row[name]).strip() for name in _COLUMNS})
        for row in _rows(doing.payload)
    ]


_COLUMNS = ("remark", "what", "until")


def since_promised(matter: Matter) -> dict[str, Entry]:
    """What was entered since the first promise, by key: of these is named what was done anew."""
    first = next(iter(matter.all(PROMISED)), None)
    kinds = registry.dictionary().kinds
    if first is None:
        return {}
    return {
        str(key): entry
        for entry in matter.entries
        if entry.index > first.index and entry.kind not in _REVIEW and entry.kind in kinds
        if (key := fields_of(entry).get(kinds[entry.kind].key)) and key != matter.stream
    }


def still_to_do(matter: Matter, submission: Entry | None, remark: str) -> str:
    """What a submission promises of a remark and what became of it, in brackets; empty where it promises nothing."""
    if submission is None:
        return ""
    kind = registry.dictionary().kinds[DONE]
    done = {fields_of(one)["redo"]: one for one in matter.all(DONE)}
    told = []
    for one in matter.all(PROMISED):
        fields = fields_of(one)
        if fields.get("round") != fields_of(submission).get("round") or _plain(fields["remark"]) != _plain(
            remark
        ):
            continue
        result = done.get(fields["redo"])
        said = (
            f"{format_date(local_date(result.happened_ms))}{kind.fields['outcome'].choices[result.open['outcome']]}"
            if result
            else "还没有办"
        )
        told.append(f"{fields['what']}，{format_date(date.fromisoformat(fields['until']))}前，{said}")
    return f"（将办理：{'；'.join(told)}）" if told else ""


def _really_done(doing: Doing) -> Mapping[str, str]:
    """Whoever says that it was done names the record of it, entered since the promise."""
    named = doing.payload.get(_RECORDS) or []
    known = since_promised(doing.matter) if doing.matter else {}
    promise = next(
        (
            one
            for one in (doing.matter.all(PROMISED) if doing.matter else ())
            if fields_of(one)["redo"] == doing.payload.get("redo")
        ),
        None,
    )
    if doing.payload.get("outcome") == "done" and not named:
        return {_RECORDS: f"{_label(_RECORDS, doing)}：请选出重新办理的记录；还没有登记的，先登记"}
    if any(one not in known or promise and known[one].index < promise.index for one in named):
        return {_RECORDS: f"{_label(_RECORDS, doing)}：只能选答复审核意见以后登记的记录"}
    return {}


def _named(values: Mapping[str, Any], matter: Matter | None) -> Mapping[str, Any]:
    """The records in words, as the file shows them."""
    known = since_promised(matter) if matter else {}
    kinds = registry.dictionary().kinds
    told = [
        f"{kinds[entry.kind].title}（{format_date(local_date(entry.happened_ms))}）"
        for key in values.get(_RECORDS) or ()
        if (entry := known.get(key)) is not None
    ]
    return {"records_named": "、".join(told)} if told else {}


ACTS = (
    Act(
        DONE,
        on=CASE,
        same=(PROMISED,),
        made=Made(("records_named",), _named),
        checks=(_really_done,),
    ),
)


def _answers(fields: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Each answer: its field, the remark that it answers (empty: all of them), its text."""
    for row in fields.get("replies") or ():
        yield "replies", str(row.get("remark") or ""), str(row.get("reply") or "")
    yield "answers", "", str(fields.get("answers") or "")


def _wrong(row: Mapping[str, Any], now_ms: int) -> str:
    """What a row lacks; empty when it is whole."""
    blank = [name for name in _COLUMNS if not str(row.get(name) or "").strip()]
    if blank:
        columns = registry.dictionary().kinds["review_submitted"].fields[_ROWS].columns
        return f"没有写“{columns[blank[0]]}”"
    try:
        until = date.fromisoformat(str(row["until"]).strip())
    except ValueError:
        return f"“{row['until']}”不是日期，请写成 2026-05-20 的样子"
    return "的日期已经过去" if until < local_date(now_ms) else ""


def _rows(fields: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    return fields.get(_ROWS) or ()


def _label(name: str, doing: Doing | None = None) -> str:
    kind = doing.act.kind if doing else "review_submitted"
    return registry.dictionary().kinds[kind].fields[name].label


def _plain(text: Any) -> str:
    return "".join(str(text).split())
