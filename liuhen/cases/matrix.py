"""事实、证据、依据对照表: each fact, what proves it and where in it, the article it breaks, the basis of the penalty.

Drawn once and carried on: the report, the draft and with it the decision, the review form and the list of evidence of
a reconsideration or a lawsuit are made of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from liuhen.acts import registry
from liuhen.acts.act import Act, Made, Matter, fields_of
from liuhen.acts.errors import Invalid
from liuhen.acts.registry import Suggested
from liuhen.cases import recalled
from liuhen.cases.courses.places import CASE, DECIDED, until
from liuhen.cases.proofs import DRAWN, NUMBERED, Proof, beyond, in_order, numbered
from liuhen.claims import reckoning
from liuhen.kernel.money import format_yuan
from liuhen.law.text.numerals import to_chinese
from liuhen.ledger import Entry

ROWS, KEYS = "rows", "evidence_keys"
_MADE = (KEYS, "facts_listed", "proofs_listed")


@dataclass(frozen=True)
class Line:
    """一行: a fact and one piece of evidence for it (None: none); texts as they were entered."""

    number: int
    fact: str
    proof: Proof | None
    named: str
    place: str
    article: str
    basis: str


def lines(matter: Matter) -> Sequence[Line]:
    """The table as last drawn; none where none was."""
    drawn = matter.last(DRAWN)
    if drawn is None:
        return ()
    fields = fields_of(drawn)
    by_key = {proof.key: proof for proof in numbered(matter)}
    keys: Sequence[str] = fields.get(KEYS, ())
    return [
        Line(
            number,
            str(row.get("fact", "")),
            by_key.get(keys[at - 1]) if (at := _number(row)) and at <= len(keys) else None,
            str(row.get("evidence", "")),
            str(row.get("place", "")),
            str(row.get("article", "")),
            str(row.get("basis", "")),
        )
        for number, row in enumerate(fields[ROWS], 1)
    ]


def _number(row: Mapping[str, Any]) -> int:
    found = NUMBERED.match(str(row.get("evidence", "")))
    return int(found[1]) if found else 0


def _drawn(values: Mapping[str, Any], matter: Matter | None) -> dict[str, Any]:
    """The rows with each piece of evidence by number and name, and how many there are."""
    proofs = {proof.number: proof for proof in (numbered(matter) if matter else ())}
    rows = [_row(number, row, proofs) for number, row in enumerate(values[ROWS], 1)]
    seen: dict[tuple[str, ...], int] = {}
    for number, row in enumerate(rows, 1):
        same = seen.setdefault(tuple(row.get(name, "") for name in ("fact", "evidence", "place")), number)
        if same != number:
            raise Invalid({ROWS: f"{_label()}：第{number}行与第{same}行相同，请删去一行"})
    return {
        ROWS: rows,
        KEYS: in_order(matter) if matter else [],
        "facts_listed": len({row["fact"] for row in rows}),
        "proofs_listed": len({row["evidence"] for row in rows if row.get("evidence")}),
    }


def _row(number: int, row: Mapping[str, str], proofs: Mapping[int, Proof]) -> dict[str, str]:
    if not row.get("fact", "").strip():
        raise Invalid({ROWS: f"{_label()}：第{number}行没有写“要证明的事实”；同一事实的各行写同样的文字"})
    if not row.get("evidence"):
        return dict(row)
    said = NUMBERED.fullmatch(row["evidence"].strip())
    proof = proofs.get(int(said[1])) if said else None
    if said is None or proof is None or (said[2] and said[2].strip() != proof.name):
        known = "；".join(one.label for one in proofs.values()) or "没有"
        raise Invalid(
            {
                ROWS: f"{_label()}：第{number}行“{row['evidence'][:40]}”不是本案的证据，请从本案的证据中选：{known}"
            }
        )
    if outside := beyond(proof, row.get("place", "")):
        raise Invalid({ROWS: f"{_label()}：第{number}行的页码或者时间有误：{outside}"})
    return {**row, "evidence": proof.label}


def _label() -> str:
    return registry.dictionary().kinds[DRAWN].fields[ROWS].label.partition("（")[0]


ACTS = until(
    DECIDED,
    Act(
        DRAWN,
        on=CASE,
        new_key=True,
        after=("inspected", "inquired", "evidence_collected", "claims_imported"),
        made=Made(_MADE, _drawn),
    ),
)


def suggested(matter: Matter) -> Suggested:
    """The table as it was last drawn, the evidence that came since added; at first what the record knows."""
    drawn = matter.last(DRAWN)
    proofs = numbered(matter)
    rows = [dict(row) for row in fields_of(drawn)[ROWS]] if drawn else _reckoned(matter, proofs)
    used = {_number(row) for row in rows}
    rows += [_of_proof(matter, proof, rows) for proof in proofs if proof.number not in used]
    rows = [{name: text for name, text in row.items() if text} for row in rows]
    return {ROWS: (rows, recalled.source_of(drawn) if drawn else "本案记录")} if rows else {}


def _reckoned(matter: Matter, proofs: Sequence[Proof]) -> list[dict[str, str]]:
    """A row for each cause of which a fine was reckoned, with the list of claims that shows it."""
    lists = {proof.key: proof for proof in proofs}
    rows = []
    for entry in reckoning.standing(matter):
        fields = entry.open
        proof = lists.get(str(fields.get("list", "")))
        broken = dict.fromkeys(
            str(part["basis"]) for part in fields.get("by_fund", ()) if part["basis"] != "未写"
        )
        rows.append(
            {
                "fact": f"{fields['cause']}，造成基金损失{format_yuan(fields['loss'], grouped=False)}元",
                "evidence": proof.label if proof else "",
                "place": f"认定违规的{fields['rows_counted']}行" if fields.get("rows_counted") else "",
                "article": "；".join(broken),
                "basis": str(fields["basis"]),
            }
        )
    return rows


def _of_proof(matter: Matter, proof: Proof, rows: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """What a piece of evidence was said to prove; of what says nothing the cause of the case."""
    fields = fields_of(proof.entry)
    cause = str(matter.value("filed", "cause") or "").removeprefix("涉嫌")
    only = rows[0] if len({row.get("fact") for row in rows}) == 1 else {}
    return {
        "fact": str(fields.get("proves") or only.get("fact") or cause).rstrip("。；"),
        "evidence": proof.label,
        "place": "第1页" if proof.pages == 1 else "",
        "article": only.get("article", ""),
        "basis": only.get("basis", ""),
    }


def in_words(matter: Matter) -> list[str]:
    """证据 of a draft: fact by fact, each with the evidence for it and where in it."""
    told = []
    for number, (fact, found) in enumerate(groupby(by_fact(lines(matter)), key=lambda line: line.fact), 1):
        told.append(f"（{to_chinese(number)}）{fact}：")
        shown = [f"{line.named}{f'，{line.place}' if line.place else ''}" for line in found if line.named]
        told += [f"{place}.{one}。" for place, one in enumerate(shown, 1)]
    return told


def by_fact(found: Sequence[Line]) -> list[Line]:
    """Rows of one fact together, facts in the order in which they first stand."""
    order = {fact: place for place, fact in enumerate(dict.fromkeys(line.fact for line in found))}
    return sorted(found, key=lambda line: (order[line.fact], line.number))


def _since(matter: Matter, kind: str) -> Entry | None:
    """The table, where it was drawn after the last entry of a kind."""
    drawn, last = matter.last(DRAWN), matter.last(kind)
    return drawn if drawn and (last is None or drawn.index > last.index) else None


def suggested_report(matter: Matter) -> Suggested:
    """调查认定的事实及主要证据, once a table was drawn."""
    drawn = _since(matter, "investigation_reported")
    if drawn is None:
        return {}
    return {"facts": (recalled.facts_of(matter, in_words(matter)), recalled.source_of(drawn))}


def suggested_draft(matter: Matter) -> Suggested:
    """证据 and, where nothing was told or reckoned, 法律依据 of the draft."""
    drawn = _since(matter, "decision_drafted")
    if drawn is None:
        return {}
    told = recalled.source_of(drawn)
    found: dict[str, tuple[Any, str]] = {"evidence": ("\n".join(in_words(matter)), told)}
    known = matter.last("notice_served") or matter.last("decision_drafted") or reckoning.standing(matter)
    if not known and (basis := grounds(matter)):
        found["basis"] = (basis, told)
    return found


def suggested_notice(matter: Matter) -> Suggested:
    """依据 of the notice, where no draft and no reckoning has it."""
    drawn = matter.last(DRAWN)
    if drawn is None or matter.last("decision_drafted") or reckoning.standing(matter):
        return {}
    basis = grounds(matter)
    return {"basis": (basis, recalled.source_of(drawn))} if basis else {}


def grounds(matter: Matter) -> str:
    """The articles broken and the bases of the penalty, each once."""
    found = lines(matter)
    broken = list(dict.fromkeys(line.article for line in found if line.article))
    bases = list(dict.fromkeys(line.basis for line in found if line.basis))
    said = [
        f"违反{'；'.join(broken)}" if broken else "",
        f"依据{'；'.join(bases)}" if bases else "",
    ]
    return "；".join(filter(None, said)) + ("。" if any(said) else "")


def listed(matter: Matter) -> list[dict[str, str]]:
    """证据清单 of an answer: each piece of evidence once, with where and what it proves as the table has it."""
    found = lines(matter)
    kinds = registry.dictionary().kinds
    collected = kinds[recalled.EVIDENCE]
    rows = []
    for proof in numbered(matter):
        mine = [line for line in found if line.proof is not None and line.proof.key == proof.key]
        fields = fields_of(proof.entry)
        places = list(dict.fromkeys(line.place for line in mine if line.place))
        proves = list(dict.fromkeys(line.fact for line in mine)) or [str(fields.get("proves", ""))]
        kind = fields.get("evidence_kind")
        source = next((str(fields[name]) for name in _SOURCES if fields.get(name)), "")
        row = {
            "name": f"{proof.label}（{'，'.join(places)}）" if places else proof.label,
            "kind": collected.fields["evidence_kind"].choices[kind]
            if kind
            else kinds[proof.entry.kind].title,
            "source": source,
            "proves": "；".join(proves),
        }
        rows.append({name: text for name, text in row.items() if text})
    return rows


_SOURCES = ("from_holder", "party_name", "asked_name", "signed_by", "maker", "place")
"""From whom or where a piece of evidence is: the first of these fields that it has."""
