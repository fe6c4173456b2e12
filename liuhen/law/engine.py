"""What a matter owes: rules and facts in, rows out. Nothing here asks what time it is."""

from collections.abc import Iterable
from datetime import date
from functools import partial

from liuhen.kernel.clock import day_start_ms, format_local
from liuhen.law.bundle import Bundle
from liuhen.law.clocks import cap, reckon
from liuhen.law.conditions import Unknown
from liuhen.law.facts import Fact, Matter
from liuhen.law.layers import lead, settle
from liuhen.law.matching import excuse, match
from liuhen.law.owed import CANNOT_TELL, NOT_APPLICABLE, OPTION, OWED, Owed, Row
from liuhen.law.pack import Pack
from liuhen.law.recorded import judge_recording
from liuhen.law.rules import Owe, Record
from liuhen.law.values import Context, explain, joined, named


def owed(bundle: Bundle, facts: Iterable[Fact], *, agency: bool = False) -> list[Owed]:
    """Everything the facts give rise to, in the order in which it arose, then of the articles.

    `agency`: the facts are an agency's own; its yearly duties are judged too. What is owed at a moment is
    told by `state`.
    """
    matter = Matter(facts, bundle.dictionary, bundle.calendar)
    rows = _begun(bundle, matter)
    if agency:
        rows += _yearly(bundle, matter)
    settle(rows)
    _work_out(rows, matter, bundle)
    late = _after_due(bundle, matter, rows)
    if late:
        settle(late)
        _work_out(late, matter, bundle)
        rows += late
    lead(rows)
    rows.sort(key=lambda row: (row.arises_ms, row.trigger.number, bundle.order[row.rule.id]))
    return [_shown(row, matter, bundle) for row in rows]


def _work_out(rows: list[Row], matter: Matter, bundle: Bundle) -> None:
    for row in rows:
        if row.standing == NOT_APPLICABLE:
            continue
        if isinstance(row.rule, Record):
            judge_recording(row, matter, bundle)
        else:
            reckon(row, matter, bundle)
            match(row, matter)
        if bundle.lifting(row.rule):
            excuse(row, matter, bundle)
    cap(rows, bundle)


def _begun(bundle: Bundle, matter: Matter) -> list[Row]:
    rows: list[Row] = []
    for kind, triggers in matter.by_kind.items():
        for pack, rule in bundle.started_by(kind):
            first, last = bundle.times(pack)
            for trigger in triggers:
                if first <= trigger.on <= last:
                    _begin(pack, rule, trigger, matter, rows)
    return rows


def _begin(pack: Pack, rule: Owe | Record, trigger: Fact, matter: Matter, rows: list[Row]) -> None:
    answer: object = True
    if rule.where is not None:
        answer = rule.where.test(trigger)
        if answer is False:
            return
    if isinstance(rule, Owe) and rule.each is not None:
        each = rule.each
        for fact in matter.of(each.of):
            if joined(trigger, fact, each.same) and (each.where is None or each.where.test(fact) is True):
                rows.append(_row(pack, rule, trigger, fact, matter, trigger.at_ms, answer))
    else:
        rows.append(_row(pack, rule, trigger, None, matter, trigger.at_ms, answer))


def _row(
    pack: Pack,
    rule: Owe | Record,
    trigger: Fact,
    each: Fact | None,
    matter: Matter,
    start: int,
    answer: object = True,
) -> Row:
    """A row that begins: owed, allowed, not applicable, or one of which it cannot be told."""
    context = Context(matter, trigger, each)
    row = Row(pack, rule, trigger, each, context, start, start)
    if rule.when is not None and answer is True:
        answer = rule.when.evaluate(context)
    if answer is True:
        if rule.allowed:
            row.standing = OPTION
    elif isinstance(answer, Unknown):
        row.standing, row.needs = CANNOT_TELL, tuple(sorted(answer.names))
    else:
        row.standing = NOT_APPLICABLE
    return row


def _yearly(bundle: Bundle, matter: Matter) -> list[Row]:
    """`every: year`: a row for each year that the calendar knows, about the year before."""
    rows = []
    for pack, rule in bundle.yearly:
        for year in sorted(matter.calendar.years):
            first = date(year, 1, 1)
            if not bundle.in_force(pack, first):
                continue
            start = day_start_ms(first)
            trigger = Fact(f"year-{year - 1}", "year", start, start, {"year": year - 1}, 0)
            rows.append(_row(pack, rule, trigger, None, matter, start))
    return rows


def _after_due(bundle: Bundle, matter: Matter, rows: list[Row]) -> list[Row]:
    """`since_due`: obligations that begin when another's time has run out unmet."""
    begun = []
    for pack, rule in bundle.after_due:
        for row in rows:
            if row.rule.id != rule.since_due or row.pack is not pack or row.standing != OWED or row.excused:
                continue
            due = row.count.due_ms if row.count else None
            if due is None or (row.met_ms is not None and row.met_ms <= due):
                continue
            if rule.where is not None and rule.where.test(row.trigger) is False:
                continue
            begun.append(_row(pack, rule, row.trigger, row.each, matter, due))
    return begun


def _shown(row: Row, matter: Matter, bundle: Bundle) -> Owed:
    """The row as it is handed out."""
    counted, met, excused = row.count, row.met, row.excused
    info = bundle.info(row.pack, row.rule)
    return Owed(
        info, row.standing, row.trigger.id, row.trigger.kind, _subject(row, matter), row.starts_ms, row.arises_ms,
        counted.due_ms if counted else None, counted is None and (not info.numbered or info.kind == "record"),
        counted.provisional if counted else False, met.id if met else None, row.met_ms, met.kind if met else None,
        row.candidate.id if row.candidate else None, row.missing, excused.id if excused else None,
        excused.at_ms if excused else None, row.excuse_reason, counted.left if counted else None,
        counted.left_unit if counted else "days", (str(counted.start), str(counted.end)) if counted else None,
        row.needs or ((row.unknown_term,) if row.unknown_term else ()), row.yielded_to, row.beside,
        partial(_explained, row, matter),
    )  # fmt: skip


def _explained(row: Row, matter: Matter) -> tuple[str, ...]:
    return tuple(_working(row, matter))


def _subject(row: Row, matter: Matter) -> str:
    """What it is about: the value of its `same` fields, else the trigger's key, else the trigger."""
    same = row.rule.same
    if len(same) == 1:
        return named(row.value(same[0][0]))
    if same:
        return "/".join(named(row.value(mine)) for mine, _theirs in same)
    source = row.each or row.trigger
    kind = matter.dictionary.kinds.get(source.kind)
    return str((kind and source.fields.get(kind.key)) or source.id)


def _working(row: Row, matter: Matter) -> Iterable[str]:
    rule = row.rule
    kinds = matter.dictionary.kinds
    title = (
        kinds[row.trigger.kind].title
        if row.trigger.kind in kinds
        else f"{row.trigger.fields.get('year')}年度"
    )
    yield f"依据{rule.cited}：{rule.title}"
    yield f"起因：{title}（{format_local(row.trigger.at_ms)}）"
    if rule.when is not None:
        yield f"条件：{explain(rule.when, row.context)}"
    if row.count is not None:
        yield from row.count.working
    elif row.unknown_term:
        yield f"期限尚不能确定：缺 {row.unknown_term}"
    elif isinstance(rule, Owe) and not rule.numbered and row.standing == OWED:
        yield "没有天数限制，应当及时"
    yield from row.lines
    if row.met is not None and row.met_ms is not None:
        yield f"完成：{kinds[row.met.kind].title}（{format_local(row.met_ms)}）"
    elif row.candidate is not None:
        yield f"已有{kinds[row.candidate.kind].title}，缺 {_labels(row, matter)}"
    if row.excuse_reason:
        yield f"免除：{row.excuse_reason}"
    yield from (f"另：{text}" for text in rule.show)


def _labels(row: Row, matter: Matter) -> str:
    kind = row.candidate.kind if row.candidate else ""
    return "、".join(
        "或者".join(matter.dictionary.label(kind, name) for name in group.split("/")) for group in row.missing
    )
