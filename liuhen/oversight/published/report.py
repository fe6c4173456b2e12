"""What entering a published case came to: acts done, acts not done and why, sums, and what the source noted."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from liuhen.oversight.published.reading import Published
from liuhen.oversight.published.sums import DIFFERENT, EQUAL, ROUNDED, Sum

NOT_DONE = "没有进来"


@dataclass(frozen=True)
class Done:
    """An act that entered the record. `stood_in`: what the form demanded and the source does not state."""

    party: str
    act: str
    title: str
    at: str
    dated: str
    stood_in: tuple[str, ...]
    fields: Mapping[str, Any]


@dataclass(frozen=True)
class NotDone:
    """What did not enter: `rules` refused it, `fields` are missing or wrong; `after`: what it builds on did not
    enter; none of these: there is no place for it."""

    party: str
    what: str
    at: str
    reasons: tuple[str, ...]
    rules: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    after: bool = False
    """Whether it has a place, but nothing that it builds on entered."""


@dataclass(frozen=True)
class Note:
    """提示: a remark of the source, and how it was met; None: nothing here answers it, a person must look."""

    text: str
    answer: str | None


@dataclass
class CaseReport:
    """One published case and what came of it."""

    case: Published
    done: list[Done] = field(default_factory=list)
    not_done: list[NotDone] = field(default_factory=list)
    sums: tuple[Sum, ...] = ()
    notes: tuple[Note, ...] = ()

    def entered(self, act: str) -> list[Done]:
        """The acts of that name that entered the record."""
        return [each for each in self.done if each.act == act]


def totals(reports: Sequence[CaseReport]) -> dict[str, int]:
    """The counts over all cases, by their Chinese names."""
    made = Counter(each.act for report in reports for each in report.done)
    verdicts = Counter(each.verdict for report in reports for each in report.sums)
    missed = [each for report in reports for each in report.not_done]
    notes = [each for report in reports for each in report.notes]
    return {
        "案件": len(reports),
        "当事人": sum(len(report.case.parties) for report in reports),
        "登记的案源": made["register_lead"],
        "立案": made["file_case"],
        "办成的事项": sum(made.values()),
        "没有进来的事项": len(missed),
        "其中被条文拦下": sum(bool(each.rules) for each in missed),
        "其中缺少填写内容": sum(bool(each.fields) for each in missed),
        "其中前面的事项没有办成": sum(each.after for each in missed),
        "其中没有对应的办理事项": sum(not (each.rules or each.fields or each.after) for each in missed),
        "复算的金额": sum(verdicts.values()),
        "金额一致": verdicts[EQUAL],
        "取整差额": verdicts[ROUNDED],
        "金额不一致": verdicts[DIFFERENT],
        "来源的提示": len(notes),
        "有回应的提示": sum(note.answer is not None for note in notes),
    }


def totals_text(reports: Sequence[CaseReport]) -> str:
    """The counts, and which rules refused how often."""
    lines = ["、".join(f"{name}{number}" for name, number in totals(reports).items())]
    rules = Counter(rule for report in reports for each in report.not_done for rule in each.rules)
    if rules:
        lines.append("拦下的规则：" + "、".join(f"{rule} {number}次" for rule, number in rules.most_common()))
    return "\n".join(lines)


def as_text(report: CaseReport) -> str:
    """One case for people."""
    case = report.case
    lines = [f"{case.id}  {'、'.join(case.parties)}  {case.text('agency')}  {case.text('doc_no')}".rstrip()]
    several = len(case.parties) > 1
    for done in report.done:
        stood = f"；占位：{'、'.join(done.stood_in)}" if done.stood_in else ""
        lines.append(
            f"  进来  {_whose(done.party, several)}{done.title}  {done.at[:10]}（{done.dated}{stood}）"
        )
    for missed in report.not_done:
        lines.append(f"  {NOT_DONE}  {_whose(missed.party, several)}{missed.what}")
        lines += [f"        {reason}" for reason in missed.reasons]
    lines += [f"  金额  {each.line()}" for each in report.sums]
    lines += [
        f"  提示  {note.text}\n        {note.answer or '没有相应的核对，请人工查看'}" for note in report.notes
    ]
    if case.unused:
        lines.append(f"  没有用到的栏目：{'、'.join(case.unused)}")
    return "\n".join(lines)


def _whose(party: str, several: bool) -> str:
    return f"〔{party}〕" if several else ""


def as_json(reports: Iterable[CaseReport]) -> dict[str, Any]:
    """The documented JSON form."""
    listed = list(reports)
    return {"totals": totals(listed), "cases": [_as_json(report) for report in listed]}


def _as_json(report: CaseReport) -> dict[str, Any]:
    return {
        "id": report.case.id,
        "parties": report.case.parties,
        "entered": [
            {"party": d.party, "act": d.act, "at": d.at, "dated": d.dated, "stood_in": list(d.stood_in)}
            for d in report.done
        ],
        "not_entered": [
            {
                "party": m.party,
                "what": m.what,
                "reasons": list(m.reasons),
                "rules": list(m.rules),
                "fields": list(m.fields),
                "after": m.after,
            }
            for m in report.not_done
        ],
        "sums": [
            {
                "what": s.what,
                "stated_fen": s.stated,
                "computed_fen": s.computed,
                "difference_fen": s.difference,
                "verdict": s.verdict,
            }
            for s in report.sums
        ],
        "notes": [{"text": note.text, "answer": note.answer} for note in report.notes],
        "unused": report.case.unused,
    }
