"""One obligation of one matter: what is owed, since when, by when, and what met it. No clock inside."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from liuhen.kernel.clock import day_start_ms, format_local
from liuhen.law.counting import Count
from liuhen.law.facts import Fact
from liuhen.law.pack import Pack
from liuhen.law.ruleinfo import OWED, WATCH_BEGUN, RuleInfo
from liuhen.law.rules import Owe, Record
from liuhen.law.values import Context, named
from liuhen.law.wording import explain
from liuhen.law.words import field_words, needed, signed_by


class Owed(Context):
    """义务的一行. Made by `owed`, read-only for everybody else. Instants in milliseconds UTC.

    `standing` is owed, option, not_applicable or cannot_tell. It exists from `arises_ms` and is counted from
    `starts_ms`; `met_ms` is when it was met. `fact` is the trigger, `each` the entry beside it for which it is owed.
    Conditions see it as the context of its entries.
    `led_by`: the rule in whose line it is shown, being the same thing to do; `beside_it`: those that it leads.
    """

    __slots__ = (
        "arises_ms", "beside_it", "candidate_fact", "counted", "counted_from", "equal", "excuse_reason", "excused_fact",
        "info", "led_by", "lines", "met_fact", "met_ms", "missing_fields", "standing", "unknown",
        "unknown_terms", "yielded_to",
    )  # fmt: skip

    info: RuleInfo
    arises_ms: int
    standing: str
    unknown: tuple[str, ...]
    yielded_to: str | None
    equal: "Owed | None"
    led_by: RuleInfo | None
    beside_it: tuple["Owed", ...]
    missing_fields: tuple[str, ...]
    unknown_terms: tuple[str, ...]
    counted: Count | None
    counted_from: int | None
    met_fact: Fact | None
    met_ms: int | None
    candidate_fact: Fact | None
    excused_fact: Fact | None
    excuse_reason: str | None
    lines: list[str] | None

    def blank(self) -> None:
        """As it stands before anything is known of what became of it."""
        self.missing_fields = self.unknown_terms = ()
        self.counted = self.counted_from = self.met_fact = self.met_ms = self.candidate_fact = None
        self.excused_fact = self.excuse_reason = self.lines = None

    def note(self, line: str) -> None:
        """Add a line to the working."""
        if self.lines is None:
            self.lines = []
        self.lines.append(line)

    def value(self, name: str) -> Any:
        """A field of the `each` entry, else of the trigger."""
        if self.each is not None and name in self.each.fields:
            return self.each.fields[name]
        return self.fact.fields.get(name)

    @property
    def pack(self) -> Pack:
        """The measure whose rule it is."""
        return self.info.pack

    @property
    def source(self) -> Owe | Record:
        """The rule under which it arose."""
        return self.info.source

    @property
    def starts_ms(self) -> int:
        """From when its time is counted: another moment than that from which it exists, where a rule says so."""
        return self.arises_ms if self.counted_from is None else self.counted_from

    @property
    def rule(self) -> str:
        """The rule's id, such as `HN-S-9.review`."""
        return self.info.rule

    @property
    def article(self) -> str:
        """The article, such as `HN-S-9`."""
        return self.info.article

    @property
    def cited(self) -> str:
        """The article with paragraph and item."""
        return self.info.cited

    @property
    def measure(self) -> str:
        """The measure's title."""
        return self.info.measure

    @property
    def title(self) -> str:
        """What is owed, in one sentence."""
        return self.info.title

    @property
    def kind(self) -> str:
        """`owe`, or `record` for sound and pictures."""
        return self.info.kind

    @property
    def who(self) -> tuple[str, ...]:
        """The roles that owe it."""
        return self.info.who

    @property
    def ours(self) -> bool:
        """Whether it is the agency's own to do; otherwise it is waited for."""
        return self.info.ours

    @property
    def about(self) -> str | None:
        """The subject by which other articles bend it."""
        return self.info.about

    @property
    def say(self) -> str:
        """What is said when it is not done."""
        return self.info.say

    @property
    def remedy(self) -> str:
        """How to make it good."""
        return self.info.remedy

    @property
    def show(self) -> tuple[str, ...]:
        """Readings shown beside it, not owed."""
        return self.info.show

    @property
    def candidate_kinds(self) -> tuple[str, ...]:
        """The entry kinds that would meet it."""
        return self.info.done

    @property
    def trigger(self) -> str:
        """The id of the entry that began it."""
        return self.fact.id

    @property
    def trigger_kind(self) -> str:
        """The kind of the entry that began it."""
        return self.fact.kind

    @property
    def subject(self) -> str:
        """What it is about: the value of its `same` fields, else the trigger's key, else the trigger."""
        keys = self.info.keys
        if len(keys) == 1:
            return named(self.value(keys[0]))
        if keys:
            return "/".join(named(self.value(name)) for name in keys)
        source = self.each or self.fact
        kind = self.matter.dictionary.kinds.get(source.kind)
        return str((kind and source.fields.get(kind.key)) or source.id)

    @property
    def due_ms(self) -> int | None:
        """By when; None: no number, standing, or not known."""
        return self.counted.due_ms if self.counted is not None else None

    @property
    def no_number(self) -> bool:
        """Whether nothing says by when: 立即, 及时."""
        return self.counted is None and self.info.no_number

    @property
    def provisional(self) -> bool:
        """Whether the date rests on a year that has not been announced."""
        return self.counted is not None and self.counted.provisional

    @property
    def halted(self) -> int | None:
        """What is left of a clock that stands, in `halted_unit`; None where it runs."""
        return self.counted.left if self.counted is not None else None

    @property
    def halted_unit(self) -> str:
        """The unit of `halted`."""
        return self.counted.left_unit if self.counted is not None else "days"

    @property
    def span(self) -> tuple[str, str] | None:
        """The days looked at when counting, first and last."""
        return (str(self.counted.start), str(self.counted.end)) if self.counted is not None else None

    @property
    def met_by(self) -> str | None:
        """The entry that met it."""
        return self.met_fact.id if self.met_fact else None

    @property
    def met_kind(self) -> str | None:
        """The kind of the entry that met it."""
        return self.met_fact.kind if self.met_fact else None

    @property
    def candidate(self) -> str | None:
        """The entry that would meet it, but for `missing_fields`."""
        return self.candidate_fact.id if self.candidate_fact else None

    @property
    def excused_by(self) -> str | None:
        """The entry that excuses it."""
        return self.excused_fact.id if self.excused_fact else None

    @property
    def excused_ms(self) -> int | None:
        """When it was excused."""
        return self.excused_fact.at_ms if self.excused_fact else None

    @property
    def beside(self) -> str | None:
        """The rule of another measure of equal rank that asks about the same."""
        return self.equal.info.rule if self.equal else None

    @property
    def needs(self) -> tuple[str, ...]:
        """What must be known before it, or its date, can be told."""
        return self.unknown or self.unknown_terms

    @property
    def needs_text(self) -> tuple[str, ...]:
        """`needs` as people read it: the judgements, figures and fields that are missing, in Chinese."""
        kinds = (self.each.kind, self.fact.kind) if self.each is not None else (self.fact.kind,)
        return needed(self.needs, self.pack.names, self.matter.dictionary, kinds)

    @property
    def missing_text(self) -> tuple[str, ...]:
        """`missing_fields` as people read it: contents by their labels, signatures by who gives them."""
        return tuple(_missing(self, name) for name in self.missing_fields)

    @property
    def unwatched(self) -> bool:
        """Whether its time ran out before the agency worked with the system (启用本系统): the record cannot tell."""
        begun = self.matter.by_kind.get(WATCH_BEGUN)
        if not begun or self.due_ms is None:
            return False
        return self.due_ms < day_start_ms(date.fromisoformat(begun[-1].fields["from_on"]))

    @property
    def working(self) -> tuple[str, ...]:
        """依据、起因、条件、期间的计算、完成或者免除: one line each, in Chinese."""
        return tuple(working(self))


def place(row: Owed) -> tuple[int, int, int]:
    """Its place among those of a matter: as it arose, then of the articles."""
    return row.arises_ms, row.fact.number, row.info.order


def working(row: Owed) -> Iterable[str]:
    """How an obligation was judged, line by line."""
    rule = row.source
    kinds = row.matter.dictionary.kinds
    title = kinds[row.fact.kind].title if row.fact.kind in kinds else f"{row.fact.fields.get('year')}年度"
    yield f"依据{rule.cited}：{rule.title}"
    yield f"起因：{title}（{format_local(row.fact.at_ms)}）"
    if rule.when is not None:
        yield f"条件：{explain(rule.when, row)}"
    if row.counted is not None:
        yield from row.counted.working
    elif row.unknown_terms:
        yield f"期限尚不能确定：缺{'、'.join(row.needs_text)}"
    elif isinstance(rule, Owe) and not rule.numbered and row.standing == OWED:
        yield "没有天数限制，应当及时"
    yield from row.lines or ()
    if row.led_by is not None:
        first = row.led_by.cited
        yield f"与{first}是同一件事，并作一项显示，以{first}的期限在先"
    elif row.beside_it:
        yield f"与{'、'.join(dict.fromkeys(one.cited for one in row.beside_it))}是同一件事，并作一项显示"
    if row.met_fact is not None and row.met_ms is not None:
        yield f"完成：{kinds[row.met_fact.kind].title}（{format_local(row.met_ms)}）"
    elif row.candidate_fact is not None:
        yield f"已有{kinds[row.candidate_fact.kind].title}，缺{'、'.join(row.missing_text)}"
    if row.excuse_reason:
        yield f"免除：{row.excuse_reason}"
    yield from (f"另：{text}" for text in rule.show)


def _told_now(row: Owed, name: str) -> str:
    """Of a choice that the entry made otherwise than is asked: it is not missing but wrong, and what it says."""
    fact = row.candidate_fact
    value = fact.fields.get(name) if fact is not None else None
    if fact is None or not isinstance(value, str) or not value:
        return ""
    return f"的更正（现为“{row.matter.dictionary.text(fact.kind, name, value)}”，不符合）"


def _missing(row: Owed, name: str) -> str:
    """One thing that is missing: contents or a signature, or for sound and pictures a time or a thing to be shown."""
    rule, dictionary = row.source, row.matter.dictionary
    if isinstance(rule, Record):
        shows = dictionary.kinds["recording_ended"].fields["shows"].choices
        return f"{shows[name]}的画面或者声音" if name in shows else f"{name}的音像"
    kinds = (row.candidate_fact.kind, *rule.done) if row.candidate_fact else rule.done
    need = next((each for each in rule.signed if each.name == name and each.who), None)
    if need is None:
        return field_words(name.split("/"), dictionary, kinds) + _told_now(row, name)
    fields = f"{field_words(need.fields, dictionary, kinds)}或者" if need.fields else ""
    return fields + signed_by(need.who, need.least)
