"""What meets an obligation: the entry that is there, whole and signed; and what excuses it."""

from collections.abc import Iterable

from liuhen.kernel.clock import local_date
from liuhen.law.bundle import Bundle
from liuhen.law.facts import Fact, Matter
from liuhen.law.owed import Row
from liuhen.law.rules import Excuse, Owe, Signed
from liuhen.law.values import Context, agrees, filled


def match(row: Row, matter: Matter) -> None:
    """Find the first entry that meets the obligation; else the last that lacks something."""
    rule = row.rule
    if not isinstance(rule, Owe):
        return
    for fact in _candidates(row, rule, matter):
        lacking = missing_of(fact, rule)
        if not lacking:
            row.met, row.met_ms = fact, _met_ms(fact, rule)
            row.candidate, row.missing = None, ()
            return
        row.candidate, row.missing = fact, lacking


def _candidates(row: Row, rule: Owe, matter: Matter) -> Iterable[Fact]:
    source = row.source
    itself = rule.done == rule.since and not rule.after and not rule.since_due
    for fact in (source,) if itself else matter.of(rule.done):
        if itself:
            pass
        elif rule.same:
            if not all(agrees(row.value(mine), fact.fields.get(theirs)) for mine, theirs in rule.same):
                continue
        elif rule.every:
            if local_date(fact.at_ms).year != local_date(row.starts_ms).year:
                continue
        elif rule.before is None and (fact.at_ms, fact.number) < (source.at_ms, source.number):
            continue
        if rule.after and (fact.at_ms, fact.number) <= (source.at_ms, source.number):
            continue
        if rule.done_where is not None and rule.done_where.test(fact) is not True:
            continue
        yield fact


def missing_of(fact: Fact, rule: Owe) -> tuple[str, ...]:
    """Contents and signatures that an entry lacks."""
    if not rule.holds and not rule.signed:
        return ()
    contents = ["/".join(group) for group in rule.holds if not filled(fact, group)]
    return (*contents, *(need.name for need in rule.signed if not _signed(fact, need)))


def _signed(fact: Fact, need: Signed) -> bool:
    """Signed, or the refusal noted."""
    found = [row for name in need.fields for row in fact.fields.get(name) or ()]
    if need.who:
        rows = [row for value in fact.fields.values() if isinstance(value, list) for row in value]
        found += [row for row in rows if isinstance(row, dict) and row.get("who") in need.who]
    return sum(1 for row in found if _counts(row)) >= need.least


def _counts(row: object) -> bool:
    if not isinstance(row, dict):
        return bool(row)
    if row.get("refused"):
        return bool(row.get("note"))
    return row.get("at") is not None


def _met_ms(fact: Fact, rule: Owe) -> int:
    """When it was met: at its own time, or when a correction first made it whole."""
    for version in fact.history:
        if not missing_of(version, rule):
            return version.recorded_ms if version.supersedes else fact.at_ms
    return fact.recorded_ms if fact.history else fact.at_ms


def excuse(row: Row, matter: Matter, bundle: Bundle) -> None:
    """Lift an obligation where an entry that the law knows says so."""
    rule = row.rule
    listed = bundle.lifting(rule)
    for pack, lifting in listed:
        if not bundle.in_force(pack, row.trigger.on):
            continue
        for fact in matter.of(lifting.since):
            if _lifts(fact, lifting, row, matter):
                row.excused, row.excuse_reason = fact, _reason(fact, lifting, matter)
                return


def _lifts(fact: Fact, lifting: Excuse, row: Row, matter: Matter) -> bool:
    if not all(agrees(row.value(mine), fact.fields.get(theirs)) for mine, theirs in lifting.same):
        return False
    if lifting.where is not None and lifting.where.test(fact) is not True:
        return False
    if lifting.when is not None and lifting.when.evaluate(Context(matter, fact)) is not True:
        return False
    lacking = ["/".join(group) for group in lifting.holds if not filled(fact, group)]
    if lacking:
        row.lines.append(f"{lifting.cited}的免除缺{'、'.join(lacking)}，不起作用")
    return not lacking


def _reason(fact: Fact, lifting: Excuse, matter: Matter) -> str:
    names = [name for group in lifting.holds for name in group] or ["reason"]
    for name in (*names, "reason"):
        value = fact.fields.get(name)
        if value not in (None, ""):
            return f"{lifting.cited}：{matter.dictionary.text(fact.kind, name, value)}"
    return lifting.cited
