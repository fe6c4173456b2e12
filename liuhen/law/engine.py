"""What a matter owes: rules and facts in, rows out. Nothing here asks what time it is."""

from collections.abc import Iterable, Sequence
from datetime import date

from liuhen.kernel.clock import day_start_ms, format_local
from liuhen.law.bundle import Bundle
from liuhen.law.clocks import cap, reckon
from liuhen.law.conditions import Unknown
from liuhen.law.facts import Fact, Matter
from liuhen.law.layers import lead, settle
from liuhen.law.matching import excuse, match
from liuhen.law.names import Context, agrees, explain
from liuhen.law.owed import CANNOT_TELL, NOT_APPLICABLE, OPTION, OWED, Owed, Row
from liuhen.law.pack import Pack
from liuhen.law.reading import roles
from liuhen.law.recorded import judge_recording
from liuhen.law.rules import Owe, Record


def owed(bundle: Bundle, facts: Iterable[Fact], *, agency: bool = False) -> list[Owed]:
    """Everything the facts give rise to, in the order of start and article.

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
    rows.sort(key=lambda row: (row.starts_ms, row.pack.measure.height, row.rule.place.file, row.rule.place.line))
    return [_shown(row, matter) for row in rows]


def _work_out(rows: list[Row], matter: Matter, bundle: Bundle) -> None:
    for row in rows:
        if row.standing == NOT_APPLICABLE:
            continue
        if isinstance(row.rule, Record):
            judge_recording(row, matter, bundle)
        else:
            reckon(row, matter, bundle)
            match(row, matter)
        excuse(row, matter, bundle)
    cap(rows, bundle)


def _begun(bundle: Bundle, matter: Matter) -> list[Row]:
    rows: list[Row] = []
    for kind, triggers in matter.by_kind.items():
        for pack, rule in (*bundle.owes.get(kind, ()), *bundle.records.get(kind, ())):
            for trigger in triggers:
                if bundle.in_force(pack, trigger.on):
                    rows.extend(_rows_of(pack, rule, trigger, matter))
    return rows


def _rows_of(pack: Pack, rule: Owe | Record, trigger: Fact, matter: Matter) -> Iterable[Row]:
    filter_answer = True if rule.where is None else rule.where.test(trigger)
    if filter_answer is False:
        return
    each = rule.each if isinstance(rule, Owe) else None
    beside: Sequence[Fact | None] = (None,)
    if each is not None:
        beside = [
            fact
            for fact in matter.of(each.of)
            if all(agrees(trigger.fields.get(mine), fact.fields.get(theirs)) for mine, theirs in each.same)
            and (each.where is None or each.where.test(fact) is True)
        ]
    for fact in beside:
        row = Row(pack, rule, trigger, fact, Context(matter, trigger, fact), starts_ms=trigger.at_ms)
        _stand(row, rule, filter_answer)
        yield row


def _stand(row: Row, rule: Owe | Record, filter_answer: object) -> None:
    """Whether it is owed, allowed, not applicable, or cannot be told."""
    answer = filter_answer
    if rule.when is not None and not isinstance(answer, Unknown):
        answer = rule.when.evaluate(row.context)
    if isinstance(answer, Unknown):
        row.standing, row.needs = CANNOT_TELL, tuple(sorted(answer.names))
    elif not answer:
        row.standing = NOT_APPLICABLE
    elif (isinstance(rule, Owe) and rule.may) or (isinstance(rule, Record) and rule.must == "may"):
        row.standing = OPTION


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
            row = Row(pack, rule, trigger, None, Context(matter, trigger), starts_ms=start)
            _stand(row, rule, True)
            rows.append(row)
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
            after = Row(pack, rule, row.trigger, row.each, Context(matter, row.trigger, row.each), starts_ms=due)
            _stand(after, rule, True)
            begun.append(after)
    return begun


def _shown(row: Row, matter: Matter) -> Owed:
    """The row as it is handed out."""
    rule, counted = row.rule, row.count
    owe = rule if isinstance(rule, Owe) else None
    outside = bool(rule.who) and all(roles()[name].outside for name in rule.who)
    return Owed(
        rule=rule.id, article=rule.article, cited=rule.cited, measure=row.pack.measure.title, title=rule.title,
        kind="record" if owe is None else "owe", standing=row.standing, trigger=row.trigger.id,
        trigger_kind=row.trigger.kind, subject=_subject(row, matter), who=rule.who, ours=not outside,
        starts_ms=row.starts_ms, due_ms=counted.due_ms if counted else None,
        no_number=not owe.numbered if owe else counted is None, provisional=bool(counted and counted.provisional),
        met_by=row.met.id if row.met else None, met_ms=row.met_ms, met_kind=row.met.kind if row.met else None,
        candidate=row.candidate.id if row.candidate else None, candidate_kinds=owe.done if owe else ("recording_ended",),
        missing_fields=row.missing, excused_by=row.excused.id if row.excused else None,
        excused_ms=row.excused.at_ms if row.excused else None, excuse_reason=row.excuse_reason,
        halted=counted.left if counted else None, halted_unit=counted.left_unit if counted else "days",
        span=(counted.start.isoformat(), counted.end.isoformat()) if counted and counted.start and counted.end else None,
        working=tuple(_working(row, matter)), about=row.about,
        needs=row.needs or ((row.unknown_term,) if row.unknown_term else ()), yielded_to=row.yielded_to,
        beside=row.beside, say=rule.say, remedy=rule.remedy, show=rule.show,
    )  # fmt: skip


def _subject(row: Row, matter: Matter) -> str:
    """What it is about: the value of its `same` fields, else the trigger's key, else the trigger."""
    rule = row.rule
    if isinstance(rule, Owe) and rule.same:
        return "/".join(str(row.value(mine)) for mine, _theirs in rule.same)
    kind = matter.dictionary.kinds.get(row.source.kind)
    return str((kind and row.source.fields.get(kind.key)) or row.source.id)


def _working(row: Row, matter: Matter) -> Iterable[str]:
    rule = row.rule
    kinds = matter.dictionary.kinds
    title = kinds[row.trigger.kind].title if row.trigger.kind in kinds else f"{row.trigger.fields.get('year')}年度"
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
    return "、".join("或者".join(matter.dictionary.label(kind, name) for name in group.split("/")) for group in row.missing)
