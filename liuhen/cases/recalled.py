"""案卷里已有的: what later forms of a case take over from what was recorded in it, in words, with its source.

Nothing here is taken from the lead or from the proposal of the filing: what an informant said stays where it was said.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import groupby, takewhile
from typing import Any

from liuhen import ledger
from liuhen.acts import registry
from liuhen.acts.act import Matter, fields_of
from liuhen.acts.matter import register_of
from liuhen.acts.registry import Suggested
from liuhen.acts.uploads import RECORDED
from liuhen.documents.terms import TERMS, remedies_said
from liuhen.kernel.clock import day_end_ms, format_date, format_local, local_date
from liuhen.law.dictionary import Kind
from liuhen.ledger import Entry

INSPECTED, ASKED, EVIDENCE, KEPT = "inspected", "inquired", "evidence_collected", "preserved"
DELIVERED, INVESTIGATION = "delivered", "investigation"
CLAIMS, APPRAISED, RECORDED_BY_MACHINE = "claims_imported", "appraisal_received", "recording_ended"
_COMMISSIONED = "appraisal_commissioned"
_BESIDES = frozenset(
    {"preservation_disposed", "suspended", "resumed", "seal_released", _COMMISSIONED, APPRAISED}
)
"""What belongs to the course of an investigation besides what officers report to have done."""
_PICTURES = frozenset({"image/jpeg", "image/png"})
PROVED_BY = "以上事实，有下列证据证明："
_NUMBERED = re.compile(r"[0-9]+[.．、]\s*")
_OWN_RECORD = "本案记录"


def standing(matter: Matter, *kinds: str) -> list[Entry]:
    """The entries of these kinds as they stand: what was corrected counts as it reads now, in the order of the log."""
    found = [entry for kind in kinds for entry in matter.all(kind)]
    gone = {entry.supersedes for entry in found}
    return sorted((entry for entry in found if entry.id not in gone), key=lambda entry: entry.index)


def suggested_report(matter: Matter) -> Suggested:
    """调查终结报告: the party, the course and the facts; a second report begins with the first."""
    filed = matter.last("filed")
    if filed is None or matter.last("investigation_reported") is not None:
        return {}
    found = {"party": (_party(fields_of(filed)), "立案"), "course": (_course(matter, filed), _OWN_RECORD)}
    if facts := facts_of(matter, evidence(matter)):
        found["facts"] = (facts, "现场检查、收集的证据")
    return found


def suggested_draft(matter: Matter) -> Suggested:
    """草拟决定: the evidence one by one, what the party said and what became of it, the ways of redress."""
    found = {}
    if said := heard(matter):
        found["statement_handling"] = ("\n".join(said), "陈述申辩、听证")
    if matter.last("decision_drafted") is not None:
        return found
    if proofs := evidence(matter):
        reported = str(matter.value("investigation_reported", "facts") or "")
        facts, proofs = facts_and_proofs(reported, proofs)
        found["evidence"] = ("\n".join(proofs), _OWN_RECORD)
        if facts:
            found["facts"] = (facts, "调查终结报告")
    if posted := _last_posted(matter.agency, "remedies_posted"):
        found["remedies"] = (fields_of(posted)["ways"], source_of(posted))
    return found


def suggested_remedies(matter: Matter, on: date) -> Suggested:
    """救济途径 with the organ and the court that the agency has set; what was drafted before stays."""
    if matter.last("decision_drafted") is not None:
        return {}
    said = remedies_said(matter.agency, day_end_ms(on))
    return {"remedies": (said, registry.dictionary().kinds[TERMS].title)} if said else {}


def facts_and_proofs(reported: str, proofs: Sequence[str]) -> tuple[str, list[str]]:
    """违法事实 and 证据 out of what a report says in one: nothing it says is lost.

    The list behind `PROVED_BY` goes to the proofs, with what the officer wrote into it himself; what stands behind the
    list are facts again.
    """
    before, _, behind = reported.partition(PROVED_BY)
    lines = [line.strip() for line in behind.split("\n") if line.strip()]
    listed = list(takewhile(_NUMBERED.match, lines))
    known = {_NUMBERED.sub("", proof) for proof in proofs}
    own = [said for line in listed if (said := _NUMBERED.sub("", line)) not in known]
    more = [f"{number}.{said}" for number, said in enumerate(own, len(proofs) + 1)]
    return "\n".join(filter(None, [before.strip(), *lines[len(listed) :]])), [*proofs, *more]


def heard(matter: Matter) -> list[str]:
    """陈述申辩及采纳情况: each statement with what was found on it, a waiver, a hearing."""
    answers = {fields_of(entry)["statement"]: entry for entry in standing(matter, "statement_answered")}
    told = []
    for entry in standing(matter, "statement_made", "statement_waived", "hearing_held"):
        fields = fields_of(entry)
        if entry.kind == "statement_made":
            told.append(
                f"{on_day(entry)}，当事人{word(entry, 'form')}陈述申辩：{_sentence(fields['content'])}"
            )
            if answer := answers.get(fields["statement"]):
                given = fields_of(answer)
                why = f"理由：{_sentence(given['reasons'])}"
                told.append(f"经复核：{_sentence(given['review'])}{word(answer, 'adoption')}。{why}")
        elif entry.kind == "statement_waived":
            told.append(
                f"{on_day(entry)}，当事人放弃{word(entry, 'waived')}：{_sentence(fields['statement_text'])}"
            )
        else:
            told.append(f"{on_day(entry)}，应当事人的要求举行了听证。")
    return told


def _sentence(text: Any) -> str:
    said = str(text).strip()
    return said if said.endswith(("。", "！", "？", "…")) else f"{said}。"


def suggested_notice(matter: Matter) -> Suggested:
    """告知: who signs for it, and the ways to be heard that the agency has published."""
    found = {}
    head = matter.value("filed", "party_head") or matter.value("filed", "party_name")
    if head:
        found["recipient"] = (head, "立案")
    if posted := _last_posted(matter.agency, "remedies_posted"):
        found["ways"] = (fields_of(posted)["rights"], source_of(posted))
    return found


def suggested_list(matter: Matter) -> Suggested:
    """证据登记保存清单: what was preserved and what was collected, as far as no list holds it yet."""
    listed, holder = (
        _names_in(matter, "evidence_listed", "items"),
        str(matter.value("filed", "party_name") or ""),
    )
    rows = [
        {"name": str(row.get("name", "")), "quantity": str(row.get("quantity", "")), "from_holder": holder}
        for entry in standing(matter, KEPT)
        for row in fields_of(entry)["items"]
    ]
    rows += [
        {**_part(entry, "name", "quantity", "from_holder"), **_noted(entry)}
        for entry in standing(matter, EVIDENCE)
    ]
    rows = [row for row in rows if row["name"] not in listed]
    return {"items": (rows, "先行登记保存、收集的证据")} if rows else {}


def _noted(entry: Entry) -> dict[str, str]:
    """What was noted on a copy, as the list asks it of one."""
    note = fields_of(entry).get("copy_note")
    return {"note": str(note)} if note else {}


def suggested_copies(matter: Matter) -> Suggested:
    """复制件核对: the copies among the evidence that were not compared yet."""
    done = _names_in(matter, "copies_compared", "copies")
    rows = [
        {
            "name": str(fields["name"]),
            "pages": "".join(re.findall(r"[0-9]+", str(fields["quantity"]))[:1]),
            "original_at": str(fields["from_holder"]),
        }
        for fields in map(fields_of, standing(matter, EVIDENCE))
        if not fields["original"] and fields["name"] not in done
    ]
    return {"copies": (rows, "收集的证据")} if rows else {}


def suggested_original(matter: Matter) -> Suggested:
    """登记原件存放: the first original among the evidence that lies on no shelf yet."""
    shelved = {str(fields_of(entry)["name"]) for entry in standing(matter, "original_shelved")}
    for entry in standing(matter, EVIDENCE):
        fields = fields_of(entry)
        if fields["original"] and fields["name"] not in shelved:
            return {
                name: (value, source_of(entry))
                for name, value in _part(entry, "name", "quantity", "from_holder").items()
            }
    return {}


def suggested_pictures(matter: Matter) -> Suggested:
    """照片证据页: the photographs of the latest inspection that no sheet shows yet, a line of captions for each."""
    laid = {
        file["sha256"] for entry in standing(matter, "pictures_laid") for file in fields_of(entry)["files"]
    }
    for entry in reversed(standing(matter, INSPECTED, EVIDENCE)):
        fields = fields_of(entry)
        files = [
            one
            for one in fields.get("files", ())
            if one["media_type"] in _PICTURES and one["sha256"] not in laid
        ]
        if not files:
            continue
        officers = fields.get("officers") or [{}]
        line = {
            "maker": str(fields.get("recorder") or officers[0].get("name", "")),
            "made_at": format_local(int(fields.get("started") or entry.happened_ms)),
            "place": str(fields.get("place") or fields.get("from_holder") or ""),
            "proves": str(fields.get("proves") or ""),
        }
        told = source_of(entry)
        return {
            "files": ([RECORDED + one["sha256"] for one in files], told),
            "captions": ([{name: value for name, value in line.items() if value} for _ in files], told),
        }
    return {}


def suggested_hearing(matter: Matter) -> Suggested:
    """听证: it begins when the party was told that it would."""
    told = matter.last("hearing_notified")
    return {"started": (fields_of(told)["hearing_at"], source_of(told))} if told else {}


def evidence(matter: Matter) -> list[str]:
    """The evidence of a case, one numbered line each; whom was asked is said by his part in the case, not his name."""
    lines = [named(entry) for kind in (INSPECTED, ASKED) for entry in standing(matter, kind)]
    for entry in standing(matter, EVIDENCE):
        fields = fields_of(entry)
        proves = str(fields["proves"]).rstrip("。；")
        kind = word(entry, "evidence_kind")
        lines.append(f"{kind}：{fields['name']}（{fields['quantity']}），证明{proves.removeprefix('证明')}")
    lines += [named(entry) for entry in standing(matter, CLAIMS)]
    lines += [f"{named(entry)}（{on_day(entry)}）" for entry in standing(matter, APPRAISED)]
    taken = standing(matter, RECORDED_BY_MACHINE)
    lines += [named(entry) for entry in taken if fields_of(entry)["phase"] == INVESTIGATION]
    return [f"{number}.{line}。" for number, line in enumerate(lines, 1)]


def named(entry: Entry) -> str:
    """A piece of evidence by its kind and its own name; whom was asked is said by his part in the case."""
    fields = fields_of(entry)
    if entry.kind == INSPECTED:
        return f"现场笔录（{on_day(entry)}）"
    if entry.kind == ASKED:
        return f"{word(entry, 'asked_kind')}询问笔录（{on_day(entry)}）"
    if entry.kind == EVIDENCE:
        return f"{word(entry, 'evidence_kind')}：{fields['name']}"
    if entry.kind == RECORDED_BY_MACHINE:
        return f"{word(entry, 'medium')}：{fields['summary']}"
    if entry.kind == CLAIMS:
        return f"违规明细：{fields['title']}"
    return f"鉴定（审计、评审）意见：{fields['signed_by']}"


def _party(fields: Mapping[str, Any]) -> str:
    said = [
        fields["party_name"],
        f"统一社会信用代码{fields['party_code']}" if fields.get("party_code") else "",
        f"法定代表人（负责人）{fields['party_head']}" if fields.get("party_head") else "",
        f"住所（地址）{fields['party_address']}" if fields.get("party_address") else "",
    ]
    return "，".join(filter(None, said)) + "。"


def _course(matter: Matter, filed: Entry) -> str:
    """Where it came from, when it was filed, and what was done since, day by day and without names."""
    kinds = registry.dictionary().kinds
    done = [
        entry
        for entry in standing(matter, *dict.fromkeys(entry.kind for entry in matter.entries))
        if entry.stream == matter.stream and entry.kind in kinds and _of_the_course(kinds[entry.kind])
    ]
    done.sort(key=lambda entry: (local_date(entry.happened_ms), entry.index))
    source = word(filed, "source")
    said = [f"案件来源：{source}。{format_date(local_date(filed.recorded_ms))}批准立案。"]
    for (day, title), same in groupby(done, key=lambda one: (local_date(one.happened_ms), _done(one))):
        count = len(list(same))
        said.append(f"{format_date(day)}{title}{f'{count}次（件）' if count > 1 else ''}。")
    return "".join(said)


def _done(entry: Entry) -> str:
    """What was done, in words; of a delivery also of what."""
    title = registry.dictionary().kinds[entry.kind].title
    return title + str(fields_of(entry)["document_name"]) if entry.kind == DELIVERED else title


def _of_the_course(kind: Kind) -> bool:
    by_officers = kind.time == "reported" and any(spec.type == "officers" for spec in kind.fields.values())
    return kind.stream == "case" and (by_officers or kind.name in _BESIDES)


def facts_of(matter: Matter, proofs: Sequence[str]) -> str:
    """What was found on the spot, and the evidence for it, a line each."""
    found = [
        f"{on_day(entry)}现场检查：{str(fields_of(entry)['findings']).strip()}"
        for entry in standing(matter, INSPECTED)
    ]
    if proofs:
        found.append(f"{PROVED_BY}\n" + "\n".join(proofs))
    return "\n".join(found)


def _last_posted(agency: str, kind: str) -> Entry | None:
    """The latest entry of a kind on the agency's register."""
    register = register_of(agency)
    entries = ledger.read([register], parts=[ledger.OPEN]) if register else []
    return next((entry for entry in reversed(entries) if entry.kind == kind), None)


def _names_in(matter: Matter, kind: str, field: str) -> set[str]:
    return {str(row.get("name", "")) for entry in standing(matter, kind) for row in fields_of(entry)[field]}


def _part(entry: Entry, *names: str) -> dict[str, str]:
    fields = fields_of(entry)
    return {name: str(fields[name]) for name in names if fields.get(name)}


def word(entry: Entry, name: str) -> str:
    """A choice of an entry, as people say it."""
    return registry.dictionary().text(entry.kind, name, fields_of(entry).get(name, ""))


def on_day(entry: Entry) -> str:
    """The day on which it happened."""
    return format_date(local_date(entry.happened_ms))


def source_of(entry: Entry) -> str:
    """An entry as the source of a value."""
    return f"{registry.dictionary().kinds[entry.kind].title}（{format_local(entry.recorded_ms)}）"


SUGGESTED: Mapping[str, Callable[[Matter], Suggested]] = {
    "report_investigation": suggested_report,
    "draft_decision": suggested_draft,
    "serve_notice": suggested_notice,
    "list_evidence": suggested_list,
    "compare_copies": suggested_copies,
    "shelve_original": suggested_original,
    "lay_pictures": suggested_pictures,
    "hold_hearing": suggested_hearing,
}
"""By act, what its form is filled in with."""
