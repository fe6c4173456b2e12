"""同一当事人以前的案件 on the screens: beside the forms in which a repeat matters, and on the institution's page."""

from collections.abc import Collection
from dataclasses import dataclass

from liuhen import ledger
from liuhen.accounts.pages import may_use
from liuhen.acts import Matter
from liuhen.cases.access import MATTERS
from liuhen.cases.same_party import earlier_of
from liuhen.cases.stages import CASE_STAGES, LEAD_STAGES
from liuhen.kernel.clock import format_date, local_date
from liuhen.registers import queries
from liuhen.web.entries import matter_url
from liuhen.web.me import Me

ACTS = frozenset({"verify_lead", "propose_filing", "file_case", "draft_decision"})
"""Forms on which it matters whether the party has been dealt with before."""
FIRST_TIME = "first_time"
"""The field in which it is written down how the record was looked through."""


@dataclass(frozen=True)
class Earlier:
    """One earlier case or lead: what it is called, where it stands, since when."""

    title: str
    url: str
    number: str
    stage: str
    decision: str
    at: str


def of_names(me: Me, names: Collection[str], without: Collection[str] = ()) -> list[Earlier]:
    """The earlier cases and leads of a party, for whoever may read matters."""
    if not may_use(MATTERS, me.actor):
        return []
    return [
        Earlier(
            f"{row['name']}　{row['cause']}" if row["cause"] else str(row["name"]),
            matter_url(row["type"], row["stream"]),
            row["number"] or "",
            (CASE_STAGES if row["type"] == "case" else LEAD_STAGES).get(row["stage"], ""),
            row["decision_number"] or "",
            format_date(local_date(row["at_ms"])),
        )
        for row in earlier_of(me.agency, names, without)
    ]


def beside(me: Me, act: str, matter: Matter | None) -> list[Earlier] | None:
    """What stands beside a form; None where it does not matter there."""
    if act not in ACTS or matter is None:
        return None
    name = str(matter.value("filed", "party_name") or matter.value("filing_proposed", "party_name") or "")
    name = name or str(matter.value("lead_registered", "suspect") or "")
    code = str(matter.value("filed", "party_code") or matter.value("filing_proposed", "party_code") or "")
    found = queries.named(me.agency, name, code) if name or code else None
    names = {name, found.name} if found else {name}
    near = {matter.stream, *ledger.matter_streams(matter.stream), *ledger.adopters({matter.stream})}
    return of_names(me, names, near)


def said(me: Me, found: Collection[Earlier]) -> str:
    """The dated line beside what is written of a first offence."""
    day = format_date(local_date(me.now_ms))
    told = "；".join(f"{one.at}{one.number or one.title}" for one in found)
    own = f"有{len(found)}件：{told}" if found else "没有同一当事人以前的案件、案源"
    return f"{day}查本机关的记录，{own}。其他机关的记录另行查证"
