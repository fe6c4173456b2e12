"""核验: the record, and everything that is shown or derived from it, computed again; each alteration named.

`unverified.yaml` lists the tables and columns that are no part of it, each with the reason; a test changes every
other column of every table and looks whether it is named.
"""

from collections.abc import Callable, Iterator, Mapping, Set
from functools import cache
from pathlib import Path

from django.conf import settings
from ruamel.yaml import YAML

from liuhen import ledger
from liuhen.acts import rebuild
from liuhen.disclosure.verify import check_portal
from liuhen.disclosure.verify_papers import check_papers
from liuhen.documents.kept import check_kept
from liuhen.documents.verify import check_numbers
from liuhen.ledger import Finding
from liuhen.ledger.verify import any_text
from liuhen.ledger.verify_damage import check_storage, guarded
from liuhen.ledger.verify_entries import Progress
from liuhen.ledger.verify_guards import check_guards
from liuhen.oversight.altered import named
from liuhen.oversight.verify_claims import check_claims

Unverified = Mapping[str, str | Mapping[str, str]]


@cache
def unverified() -> Unverified:
    """By table: why it is not verified, or by column why this one is not."""
    listed: Unverified = YAML(typ="safe").load(Path(__file__).with_name("unverified.yaml"))
    return listed


def verify(
    agency: str | None = None, progress: Progress = lambda agency, done, total: None
) -> Iterator[Finding]:
    """Everything that was altered behind the program's back, of all agencies or one, as it is found.

    The record itself; then document numbers, what the public site shows, rendered documents and the rows of lists.
    `progress(agency, done, total)` is told entries. Safe to run while acts go on.
    """
    yield from map(named, _findings(agency, progress))


def _findings(agency: str | None, progress: Progress) -> Iterator[Finding]:
    altered: set[str] = set()
    for one in ledger.findings(agency, progress):
        if one.what != "file":
            altered.add(one.stream)
        yield one
    steps: tuple[tuple[str, str, Callable[[], Iterator[Finding]]], ...] = (
        ("guard", "防改动触发器", check_guards),
        ("number", "文号", lambda: _seen_twice(lambda: check_numbers(agency))),
        ("storage", "公示网站的数据库", lambda: check_storage("portal")),
        ("public", "公示网站", lambda: _seen_twice(lambda: check_portal(agency))),
        ("paper", "公示网站的文书登记", check_papers),
        ("document", "生成的文书", lambda: check_kept(_document_cache())),
        ("claims", "违规明细", check_claims),
        ("row", "列表和期限", lambda: _rows(agency, altered - {""})),
    )
    for what, name, step in steps:
        with any_text(), any_text("portal"):
            yield from guarded(what, name, step)


def _seen_twice(check: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """What a check finds, and finds again: of what it compares, one may be read just before an act, one after it."""
    if found := list(check()):
        again = set(check())
        yield from (one for one in found if one in again)


STALE, DERIVED = "stale", "derived"
"""What a finding is of that tells no alteration: matters judged under a law since changed; rows that no longer say
what an altered entry says (the entry is false, not they: to make them again would make the forgery look right)."""
NO_ALTERATION = frozenset({STALE, DERIVED})


def _rows(agency: str | None, altered: Set[str]) -> Iterator[Finding]:
    for difference in rebuild.check(agency):
        if difference.what == rebuild.STALE:
            yield Finding(STALE, rebuild.STALE, difference.table, difference.text)
            continue
        where = f"表 {difference.table} 中 {difference.matter or '不存在的事项'} 的行"
        shown = "、".join(
            f"{name}={value}" for name, value in difference.row.items() if value not in (None, "")
        )
        if difference.matter and not altered.isdisjoint(ledger.matter_streams(difference.matter)):
            told = "与被改动的条目不符，是它的结果，不另计；查明以前不要用 liuhen rebuild 重做"
            text = f"{difference.what}，{told}：{shown[:300]}"
            yield Finding(DERIVED, where, difference.table, text, stream=difference.matter)
            continue
        told = (
            "可能已损坏"
            if difference.what == rebuild.UNREADABLE
            else "与条目不符（可由 liuhen rebuild 重做）"
        )
        text = f"{difference.what}，{told}：{shown[:300]}"
        yield Finding("row", where, difference.table, text, stream=difference.matter)


def _document_cache() -> Path | None:
    folder = getattr(settings, "DOCUMENT_CACHE", None)
    return Path(folder) if folder else None
