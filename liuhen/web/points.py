"""审核要点: under each point of a review opinion, what the record itself says of it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from liuhen.acts import Actor, Matter, fields_of, registry
from liuhen.cases.recalled import standing
from liuhen.kernel.clock import format_local
from liuhen.ledger import OPEN
from liuhen.ledger.entry import file_references
from liuhen.web.duties import Duties
from liuhen.web.entries import file_url, matter_url
from liuhen.web.forms.show import show_value
from liuhen.web.materials import DocumentView, documents

OPINION_ACT = "give_opinion"
_EVIDENCE = "evidence_collected"
_TAKEN: Mapping[str, Sequence[str]] = {
    "point_subject": ("filed.jurisdiction", "filed.in_area", "filed.party_name", "filed.party_code"),
    "point_facts": ("decision_drafted.facts", "decision_drafted.evidence"),
    "point_law": ("decision_drafted.basis", "decision_drafted.factors", "decision_drafted.discretion"),
    "point_powers": ("decision_drafted.decision_kind", "decision_drafted.amount", "decision_drafted.refund"),
    "point_proper": ("decision_drafted.discretion", "decision_drafted.statement_handling"),
    "point_crime": ("investigation_reported.nature", "investigation_reported.facts"),
    "point_other": ("investigation_reported.other",),
}
"""Of each point, the fields of the latest entries that it is about."""
_LATE = frozenset({"met_late", "overdue", "missing"})


@dataclass(frozen=True)
class Recorded:
    """记录所载: what one place of the record says; each line with the address where it opens, or none."""

    label: str
    lines: Sequence[tuple[str, str]]


def recorded(matter: Matter, actor: Actor, now_ms: int) -> dict[str, list[Recorded]]:
    """By field of the opinion, what the record says; guarded parts are left out."""
    found = {
        point: [one for path in paths if (one := _taken(path, matter))] for point, paths in _TAKEN.items()
    }
    found["point_facts"] += _evidence(matter)
    found["point_officers"] = [Recorded("参加办理的人员", _officers(matter))]
    found["point_procedure"] = [Recorded("期限和要件", _late(matter, actor, now_ms))]
    found["point_documents"] = [Recorded("已形成的文书", _papers(documents(matter, actor)))]
    return {point: told for point, told in found.items() if any(one.lines for one in told)}


def _papers(found: Sequence[DocumentView]) -> list[tuple[str, str]]:
    """Each paper by its name, told from others of that name; those that stand no more say so."""
    times = Counter(one.ref.listed for one in found)
    return [
        (
            one.ref.listed
            + (f"（{one.made}）" if times[one.ref.listed] > 1 else "")
            + (f"〔{one.ref.ended}〕" if one.ref.ended else ""),
            one.url,
        )
        for one in found
    ]


def _taken(path: str, matter: Matter) -> Recorded | None:
    kind, _, name = path.partition(".")
    entry = matter.last(kind)
    value = entry.open.get(name) if entry else None
    if entry is None or value in (None, ""):
        return None
    made = registry.dictionary().kinds[kind]
    spec = made.fields[name]
    said = spec.truth(value) if isinstance(value, bool) else show_value(spec, value).text
    return Recorded(f"{spec.label}（{made.title} {format_local(entry.recorded_ms)}）", [(said, "")])


def _evidence(matter: Matter) -> Iterable[Recorded]:
    fields = registry.dictionary().kinds[_EVIDENCE].fields
    for entry in standing(matter, _EVIDENCE):
        told = entry.open
        kind = show_value(fields["evidence_kind"], told["evidence_kind"]).text
        lines = [(f"{kind}，{told['quantity']}，{told['from_holder']}提供。证明：{told['proves']}", "")]
        lines += [
            (str(one["name"]), file_url(entry, one)) for one in file_references(entry.parts[OPEN] or {})
        ]
        yield Recorded(f"证据：{told['name']}", lines)


def _officers(matter: Matter) -> list[tuple[str, str]]:
    """Each person with certificate and validity as frozen, and what he took part in."""
    told: dict[tuple[str, str, str], list[str]] = {}
    for entry in matter.entries:
        kind = registry.dictionary().kinds.get(entry.kind)
        for name, spec in kind.fields.items() if kind else ():
            for one in (
                fields_of(entry).get(name, []) if spec.type == "officers" and spec.part == OPEN else ()
            ):
                person = (one["name"], str(one.get("certificate", "")), str(one.get("valid_to", "")))
                told.setdefault(person, []).append(kind.title if kind else "")
    return [
        (f"{name}，{_certificate(number, to)}；参加：{'、'.join(dict.fromkeys(acts))}", "")
        for (name, number, to), acts in told.items()
    ]


def _certificate(number: str, valid_to: str) -> str:
    return f"执法证{number}，有效至{valid_to}" if number else "没有执法证"


def _late(matter: Matter, actor: Actor, now_ms: int) -> list[tuple[str, str]]:
    duties = Duties(matter, actor, now_ms).shown("pressing", "judge", "done")
    url = matter_url(matter.type, matter.stream)
    told = [
        (
            f"{duty.mark} {duty.title}" + (f"：还缺{'、'.join(duty.missing)}" if duty.missing else ""),
            f"{url}#duties",
        )
        for duty in duties
        if duty.state in _LATE
    ]
    return told or [("没有逾期、逾期办结或者缺失的事项", f"{url}?tab=record")]
