"""同一当事人以前的案件 on the screens: beside the forms in which a repeat matters, and on the institution's page."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from liuhen import ledger
from liuhen.accounts.models import Agency
from liuhen.accounts.pages import may_use
from liuhen.acts import Matter
from liuhen.cases.access import MATTERS
from liuhen.cases.same_party import Decided, decided_elsewhere, earlier_of
from liuhen.cases.stages import CASE_STAGES, LEAD_STAGES
from liuhen.inspections.visited import tree
from liuhen.kernel.clock import format_date, local_date
from liuhen.registers import queries
from liuhen.web.entries import matter_url
from liuhen.web.me import Me

ACTS = frozenset({"verify_lead", "propose_filing", "file_case", "draft_decision"})
"""Forms on which it matters whether the party has been dealt with before."""
FIRST_TIME = "first_time"
"""The field in which it is written down how the record was looked through."""
_UNDECIDED = frozenset(LEAD_STAGES[name] for name in ("registered", "verified", "proposed"))


@dataclass(frozen=True)
class Earlier:
    """One earlier case or lead: what it is called, where it stands, since when."""

    title: str
    url: str
    number: str
    stage: str
    decision: str
    at: str


@dataclass(frozen=True)
class Known:
    """The agency's own earlier cases and leads; what so many other agencies of the tree have decided."""

    own: Sequence[Earlier]
    elsewhere: Sequence[Decided]
    agencies: int


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


def beside(me: Me, act: str, matter: Matter | None) -> Known | None:
    """What stands beside a form; None where it does not matter there."""
    return None if act not in ACTS or matter is None else of_matter(me, matter)


def undecided(me: Me, name: str) -> list[Earlier]:
    """The leads about somebody, by his name or the registered name of it, on which nothing is decided yet."""
    if not name.strip():
        return []
    item = queries.named(me.agency, name, "")
    return [one for one in of_names(me, {name, item.name} if item else {name}) if one.stage in _UNDECIDED]


def of_matter(me: Me, matter: Matter) -> Known:
    """What is known of the party of a matter: the agency's own, and what stands decided elsewhere in the tree."""
    name = str(matter.value("filed", "party_name") or matter.value("filing_proposed", "party_name") or "")
    name = name or str(matter.value("lead_registered", "suspect") or "")
    code = str(matter.value("filed", "party_code") or matter.value("filing_proposed", "party_code") or "")
    item = queries.named(me.agency, name, code) if name or code else None
    names = {name, item.name} if item else {name}
    near = {matter.stream, *ledger.matter_streams(matter.stream), *ledger.adopters({matter.stream})}
    return known_of(me, names, near)


def known_of(me: Me, names: Collection[str], without: Collection[str] = ()) -> Known:
    """What is known of a party of these names; `without` these matters of the agency's own."""
    return Known(of_names(me, names, without), *_elsewhere(me, names))


def _elsewhere(me: Me, names: Collection[str]) -> tuple[Sequence[Decided], int]:
    """The decisions of the other agencies of the tree, and how many agencies these are."""
    if not may_use(MATTERS, me.actor):
        return [], 0
    others = tree(me.agency) - {me.agency}
    agencies = dict(Agency.objects.filter(id__in=others).values_list("id", "name"))
    return decided_elsewhere(agencies, names), len(agencies)


def said(me: Me, known: Known) -> str:
    """The dated line beside what is written of a first offence."""
    day = format_date(local_date(me.now_ms))
    told = "；".join(f"{one.at}{one.number or one.title}" for one in known.own)
    own = f"有{len(known.own)}件：{told}" if known.own else "没有同一当事人以前的案件、案源"
    there = "；".join(f"{one.agency}{one.day}{one.number}{one.kind}" for one in known.elsewhere)
    found = f"有{len(known.elsewhere)}件：{there}" if known.elsewhere else "没有"
    others = (
        f"。查本系统内其他{known.agencies}个机关已经作出、没有被撤销的决定，{found}" if known.agencies else ""
    )
    return f"{day}查本机关的记录，{own}{others}。没有接入本系统的机关另行查证"
