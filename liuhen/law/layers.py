"""Layers: where two measures speak of one subject, which goes first."""

from collections.abc import Iterable

from liuhen.law.owed import NOT_APPLICABLE, OWED, Row
from liuhen.law.rules import Owe
from liuhen.law.values import agrees


def settle(rows: Iterable[Row]) -> None:
    """Mark obligations that give way to another measure's on the same subject, or stand beside one of equal rank."""
    subjects: dict[str, list[Row]] = {}
    for row in rows:
        if row.rule.about and row.standing == OWED:
            subjects.setdefault(row.rule.about, []).append(row)
    for group in subjects.values():
        if len({row.pack.prefix for row in group}) < 2:
            continue
        for one in group:
            for other in group:
                if one.pack.prefix != other.pack.prefix and _same_subject(one, other):
                    _between(one, other)


def _same_subject(one: Row, two: Row) -> bool:
    if one.trigger is two.trigger and one.each is two.each:
        return True
    mine, theirs = _keys(one), _keys(two)
    return (
        bool(mine) and mine.keys() == theirs.keys() and all(agrees(mine[name], theirs[name]) for name in mine)
    )


def _keys(row: Row) -> dict[str, object]:
    rule = row.rule
    return {name: row.value(name) for name, _theirs in rule.same} if isinstance(rule, Owe) else {}


def _between(one: Row, other: Row) -> None:
    """The lower gives way to the higher, whether it says so itself or by rank; equals stand side by side."""
    mine, theirs = one.pack.measure, other.pack.measure
    if mine.height > theirs.height:
        one.standing, one.yielded_to = NOT_APPLICABLE, other.rule.id
        why = "本办法写明从上级规定" if mine.yields else "位阶较高"
        one.lines.append(f"由{other.rule.cited}优先（{why}）")
    elif mine.height == theirs.height:
        one.beside = other.rule.id


def lead(rows: Iterable[Row]) -> None:
    """Between equals the earlier date leads: said in the working of the later one."""
    listed = list(rows)
    by_rule = {row.rule.id: row for row in listed}
    for row in listed:
        other = by_rule.get(row.beside or "")
        if other is None or not row.count or not other.count:
            continue
        mine, theirs = row.count.due_ms, other.count.due_ms
        if mine is not None and theirs is not None:
            which = row if mine <= theirs else other
            row.lines.append(f"与{other.rule.cited}并存，以{which.rule.cited}的期限在先")
