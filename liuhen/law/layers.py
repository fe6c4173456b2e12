"""Layers: where two measures speak of one subject, which goes first."""

from collections.abc import Iterable

from liuhen.law.owed import Owed
from liuhen.law.ruleinfo import CANNOT_TELL, NOT_APPLICABLE, OWED
from liuhen.law.rules import Owe
from liuhen.law.values import agrees

_SPOKEN = frozenset({OWED, CANNOT_TELL})


def settle(rows: Iterable[Owed]) -> None:
    """Mark obligations that give way to another measure's on the same subject, or stand beside one of equal rank."""
    subjects: dict[str, list[Owed]] = {}
    for row in rows:
        if row.info.contested and row.standing in _SPOKEN:
            subjects.setdefault(str(row.info.about), []).append(row)
    for group in subjects.values():
        if len({row.info.prefix for row in group}) < 2:
            continue
        for one in group:
            prefix = one.info.prefix
            for other in group:
                if (
                    other.info.prefix != prefix
                    and not (one.yielded_to or other.yielded_to)
                    and _same_subject(one, other)
                ):
                    _between(one, other)


def _same_subject(one: Owed, two: Owed) -> bool:
    if one.fact is two.fact and one.each is two.each:
        return True
    mine, theirs = _keys(one), _keys(two)
    return (
        bool(mine) and mine.keys() == theirs.keys() and all(agrees(mine[name], theirs[name]) for name in mine)
    )


def _keys(row: Owed) -> dict[str, object]:
    rule = row.source
    return {name: row.value(name) for name, _theirs in rule.same} if isinstance(rule, Owe) else {}


def _between(one: Owed, other: Owed) -> None:
    """The lower gives way to the higher, whether it says so itself or by rank; equals stand side by side."""
    if CANNOT_TELL in (one.standing, other.standing):
        _moot(one, other)
        return
    mine, theirs = one.pack.measure, other.pack.measure
    if mine.height > theirs.height:
        one.standing, one.yielded_to = NOT_APPLICABLE, other.source.id
        why = "本办法写明从上级规定" if mine.yields else "位阶较高"
        one.note(f"由{other.source.cited}优先（{why}）")
    elif mine.height == theirs.height:
        one.equal = other


def _moot(one: Owed, other: Owed) -> None:
    """Whether it applies need not be judged where another measure asks the same anyway, and no date hangs on it."""
    if one.standing == CANNOT_TELL and other.standing == OWED and one.info.no_number and other.info.no_number:
        one.standing, one.yielded_to = NOT_APPLICABLE, other.source.id
        one.note(f"是否适用不必判断：{other.source.cited}已经要求")


def lead(rows: Iterable[Owed]) -> None:
    """Between equals the earlier date leads: said in the working of both."""
    for row in rows:
        other = row.equal
        if other is None or row.due_ms is None or other.due_ms is None:
            continue
        first = row if row.due_ms <= other.due_ms else other
        row.note(f"与{other.cited}并存，以{first.cited}的期限在先")


def join(rows: Iterable[Owed]) -> None:
    """What is the same thing to do under several articles (`same_as`) is one line: the earliest date leads.

    What is done already is no line with what is not: each verdict is shown.
    """
    groups: dict[tuple[object, ...], list[Owed]] = {}
    for row in rows:
        line = row.info.line
        if line is None or row.standing != OWED:
            continue
        open_ = row.met_ms is None and row.excused_fact is None
        each = "" if row.each is None else row.each.id
        key = (line.number, open_) if line.whole else (line.number, open_, row.fact.id, each)
        group = groups.get(key)
        if group is None:
            groups[key] = [row]
        else:
            group.append(row)
    for group in groups.values():
        if len(group) > 1:
            _join(group)


def _join(group: list[Owed]) -> None:
    first = min(group, key=_due)
    rule = first.info
    others = tuple([row for row in group if row.info is not rule])
    if not others:
        return
    first.beside_it = others
    for row in others:
        row.led_by = rule  # not the row: the two would hold each other, and the whole matter with them


def _due(row: Owed) -> tuple[bool, int, int]:
    """By when, what has no date last; of the same date the first of the articles."""
    counted = row.counted
    due = None if counted is None else counted.due_ms
    return due is None, due or 0, row.info.order
