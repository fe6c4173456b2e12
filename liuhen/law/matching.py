"""What meets an obligation: the entry that is there and lacks nothing; and what excuses it."""

from collections.abc import Sequence
from datetime import date

from liuhen.kernel.clock import day_start_ms, format_local, local_date
from liuhen.kernel.money import format_yuan
from liuhen.law.bundle import Bundle
from liuhen.law.facts import Fact, Matter
from liuhen.law.owed import Owed
from liuhen.law.ruleinfo import RuleInfo
from liuhen.law.rules import Excuse, Owe
from liuhen.law.values import agrees, context_of, filled
from liuhen.law.whole import told_otherwise
from liuhen.law.words import field_words


def match(row: Owed, rule: Owe, matter: Matter) -> None:
    """Find the first entry that meets the obligation; else the last that lacks something."""
    found = _candidates(row, rule, matter)
    if not found:
        return
    info = row.info
    done_where = info.done_where
    wanted, total = (rule.done_sum.amount.evaluate(row), 0) if rule.done_sum is not None else (None, 0)
    for fact in found:
        denied = done_where is not None and done_where(fact) is not True
        if denied and not rule.itself:
            continue
        lacking = missing_of(fact, info) if info.lacks is not None else ()
        if denied:
            lacking = told_otherwise(fact, info.done_names, lacking)
        if not lacking and rule.done_sum is not None and isinstance(wanted, int):
            given = fact.fields.get(rule.done_sum.field)
            total += wanted if given is None else given
            if total < wanted:
                row.note(f"至{format_local(fact.at_ms)}共{_money(total)}，应为{_money(wanted)}")
                continue
        if not lacking:
            itself = fact is row.fact or fact is row.each
            row.met_fact, row.met_ms = fact, met_ms(fact, info, itself)
            row.candidate_fact, row.missing_fields = None, ()
            return
        row.candidate_fact, row.missing_fields = fact, lacking


def _money(fen: int) -> str:
    return f"{format_yuan(fen)}元"


def _candidates(row: Owed, rule: Owe, matter: Matter) -> Sequence[Fact]:
    """The entries that could meet it: itself, those with the same key, or those not before it."""
    source = row.each or row.fact
    if rule.itself:
        return (source,)
    found = matter.of(rule.done)
    if found and rule.same:
        found = _same(row, rule, found, matter)
    if not found:
        return ()
    if rule.after:
        start = source.at_ms, source.number
        return [fact for fact in found if (fact.at_ms, fact.number) > start]
    if rule.after_start:
        return [fact for fact in found if fact.at_ms >= _begun(row, rule)]
    if rule.same or rule.before is not None:
        return found
    if rule.every:
        year = local_date(row.starts_ms).year
        return [fact for fact in found if fact.on.year == year]
    first, at = found[0], source.at_ms
    if first.at_ms > at or first is source:
        return found  # as mostly: all come after it
    start = at, source.number
    return [fact for fact in found if (fact.at_ms, fact.number) >= start]


def _begun(row: Owed, rule: Owe) -> int:
    """From when what is done counts: the day from which its time is counted, or earlier the entry that tells of it."""
    value = row.fact.fields.get(rule.start_field) if rule.start_field else None
    start = day_start_ms(date.fromisoformat(value)) if isinstance(value, str) and value else row.fact.at_ms
    return min(start, row.fact.at_ms)


def _same(row: Owed, rule: Owe, among: Sequence[Fact], matter: Matter) -> Sequence[Fact]:
    """Those of them that agree with it in the fields that its rule names."""
    mine, theirs = rule.same[0]
    value = row.value(mine)
    if value is None or value == "":
        return ()
    if isinstance(value, list | tuple):
        found: Sequence[Fact] = [fact for fact in among if agrees(value, fact.fields.get(theirs))]
    else:
        found = matter.where(rule.done, theirs, value)
    for name, other in rule.same[1:]:
        found = [fact for fact in found if agrees(row.value(name), fact.fields.get(other))]
    return found


def missing_of(fact: Fact, info: RuleInfo) -> tuple[str, ...]:
    """Contents and signatures that an entry lacks; worked out once, for neither entry nor rule ever changes."""
    if info.lacks is None:
        return ()
    if fact.known is None:
        fact.known = {}
    known = fact.known.get(id(info))
    if known is None or known[0] is not info:
        known = fact.known[id(info)] = info, info.lacks(fact)
    lacking: tuple[str, ...] = known[1]
    return lacking


def met_ms(fact: Fact, info: RuleInfo, itself: bool) -> int:
    """When it was met: at its own time, or when a correction first made it whole.

    `itself`: the entry that began it; that one meets it by being recorded, not by what it tells of having happened.
    """
    own = fact.recorded_ms if itself else fact.at_ms
    for version in fact.history:
        if not missing_of(version, info):
            return version.recorded_ms if version.supersedes else own
    return fact.recorded_ms if fact.history else own


def excuse(row: Owed, matter: Matter, bundle: Bundle) -> None:
    """Lift an obligation where an entry that the law knows says so."""
    for pack, lifting in row.info.lifting:
        found = matter.of(lifting.since)
        if not found or not bundle.in_force(pack, row.fact.on):
            continue
        for fact in found:
            if _lifts(fact, lifting, row, matter):
                row.excused_fact, row.excuse_reason = fact, _reason(fact, lifting, matter)
                return


def _lifts(fact: Fact, lifting: Excuse, row: Owed, matter: Matter) -> bool:
    if not all(agrees(row.value(mine), fact.fields.get(theirs)) for mine, theirs in lifting.same):
        return False
    if lifting.where is not None and lifting.where.test(fact) is not True:
        return False
    if lifting.when is not None and lifting.when.evaluate(context_of(matter, fact)) is not True:
        return False
    lacking = [
        field_words(group, matter.dictionary, lifting.since)
        for group in lifting.holds
        if not filled(fact, group)
    ]
    if lacking:
        row.note(f"{lifting.cited}的免除缺{'、'.join(lacking)}，不起作用")
    return not lacking


def _reason(fact: Fact, lifting: Excuse, matter: Matter) -> str:
    names = [name for group in lifting.holds for name in group] or ["reason"]
    for name in (*names, "reason"):
        value = fact.fields.get(name)
        if value not in (None, ""):
            return f"{lifting.cited}：{matter.dictionary.text(fact.kind, name, value)}"
    return lifting.cited
