"""What entries of a kind begin, written out as one function: each rule in its place, only what it asks for.

`Rows.begin` says the same of any rule, with a look at each of its parts. Most rows of a matter begin here, and looking
took longer than all that was found: written out, what a rule does not ask for is not there. `text` is what is made of
which rules; the tests hold both ways to the same rows.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from types import CodeType
from typing import Any

from liuhen.law.conditions import Unknown
from liuhen.law.facts import Fact
from liuhen.law.matching import met_ms
from liuhen.law.outcome import Allowed
from liuhen.law.owed import Owed
from liuhen.law.ruleinfo import CANNOT_TELL, NOT_APPLICABLE, RuleInfo
from liuhen.law.values import filled
from liuhen.law.whole import signatures_of, told_otherwise

Beginning = Callable[[Any, Fact, int], None]
"""Adds to `Rows` what an entry begins at its instant (milliseconds UTC)."""

OFTEN = 100
"""So many entries of a kind are met before what they begin is written out: that takes a millisecond."""
_USED = {
    "matter": "rows.matter", "bundle": "rows.bundle", "everything": "rows.all.append", "opened": "rows.open.append",
    "tied": "rows.tied.append", "lined": "rows.lined.append", "get": "trigger.fields.get",
    "recorded": "trigger.recorded_ms", "corrected": "trigger.history",
}  # fmt: skip
"""What the lines for the rules are written with."""
_NAME = re.compile(r"[a-z_]+")
_ROW = """\
row = Owed()
row.counted = row.counted_from = row.met_fact = row.met_ms = row.candidate_fact = None
row.excused_fact = row.excuse_reason = row.lines = None
row.missing_fields = row.unknown_terms = ()"""
_ALLOWED = """\
row = Allowed()
row.bundle = bundle"""
_COMMON = """\
row.matter, row.fact, row.info = matter, trigger, info_{n}
row.each = row.yielded_to = row.equal = row.led_by = None
row.unknown = row.beside_it = ()
row.arises_ms, row.standing = start, {standing!r}
everything(row)"""


def written_out(infos: Sequence[RuleInfo]) -> Beginning:
    """The function for what these rules say of one kind of entry, in their order."""
    names: dict[str, Any] = {
        "Allowed": Allowed, "Owed": Owed, "applies": _applies, "filled": filled, "met_ms": met_ms,
        "told_otherwise": told_otherwise, "listed": frozenset({list, tuple}),
    }  # fmt: skip
    for n, info in enumerate(infos):
        own = {
            "info": info, "where": info.where, "when": info.when, "done": info.done_where, "told": info.done_names,
            "where_among": info.where_among, "done_among": info.done_among,
        }  # fmt: skip
        names |= {f"{name}_{n}": value for name, value in own.items()}
        for m, (_name, signed) in enumerate(_signatures(info)):
            names[f"signed_{n}_{m}"] = signed
    exec(_compiled(text(infos)), names)  # noqa: S102 (written here, of names and rules that were checked on loading)
    made: Beginning = names["begin"]
    return made


@lru_cache(maxsize=5000)
def _compiled(source: str) -> CodeType:
    """The same rules are adopted by many agencies."""
    return compile(source, "<what entries of a kind begin>", "exec")


def text(infos: Sequence[RuleInfo]) -> str:
    """The source of the function."""
    lines: list[str] = []
    for n, info in enumerate(infos):
        lines += [f"# {info.rule}", *_begun(n, info)]
    used = set(_NAME.findall("\n".join(lines)))
    head = [f"{name} = {value}" for name, value in _USED.items() if name in used]
    return "".join(
        ["def begin(rows, trigger, start):\n", *(f"    {line}\n" for line in (*head, *lines, "return"))]
    )


def _begun(n: int, info: RuleInfo) -> Iterator[str]:
    if info.each is not None:
        yield f"rows.begin_with(info_{n}, trigger, start)"
        return
    indent = ""
    if info.where is not None:
        yield f"answer = {_test('where', n, info.where_among, info.where_names)}"
        yield "if answer is not False:"
        indent = "    "
    row = (_ALLOWED if info.deferred else _ROW) + "\n" + _COMMON.format(n=n, standing=info.standing)
    for line in (*row.splitlines(), *_asked(n, info)):
        yield indent + line


def _asked(n: int, info: RuleInfo) -> Iterator[str]:
    """Whether it applies; and if so what is known of it at once, or that the other entries will be asked."""
    if info.line is not None:
        yield "lined(row)"
    outcome = [*_outcome(n, info)]
    if info.where is None and info.when is None:
        yield from outcome
        return
    if info.where is None:
        yield f"answer = when_{n}(row)"
    elif info.when is not None:
        yield "if answer is True:"
        yield f"    answer = when_{n}(row)"
    yield "if answer is True or applies(row, answer):"
    yield from (f"    {line}" for line in outcome or ["pass"])


def _outcome(n: int, info: RuleInfo) -> Iterator[str]:
    if not info.itself:
        if not info.deferred:
            yield "opened(row)"
            if info.tied:
                yield "tied(row)"
        return
    asked = [*_lacking(n, info)]
    if not asked:
        yield from _met(n)
        return
    yield "lacking = ()"
    yield from asked
    yield "if lacking:"
    yield "    row.candidate_fact, row.missing_fields = trigger, lacking"
    yield "else:"
    yield from (f"    {line}" for line in _met(n))


def _met(n: int) -> Iterator[str]:
    yield "row.met_fact = trigger"
    yield f"row.met_ms = met_ms(trigger, info_{n}, True) if corrected else recorded"


def _lacking(n: int, info: RuleInfo) -> Iterator[str]:
    """What must be in the entry and is not, as `whole.lacks_of` and `told_otherwise` say."""
    for label, fields in info.owe.contents if info.owe is not None else ():
        if len(fields) == 1:
            yield f"if not (value := get({fields[0]!r})) and value != 0:"
        else:
            yield f"if not filled(trigger, {fields!r}):"
        yield f"    lacking += ({label!r},)"
    for m, (name, _signed) in enumerate(_signatures(info)):
        yield f"if not signed_{n}_{m}(trigger):"
        yield f"    lacking += ({name!r},)"
    if info.done_where is not None:
        yield f"if {_test('done', n, info.done_among, info.done_names)} is not True:"
        yield f"    lacking = {_told(n, info)}"


def _test(which: str, n: int, among: frozenset[Any] | None, names: tuple[str, ...]) -> str:
    """A filter's answer; without a call where it asks for the values of one field, which seldom is a list."""
    call = f"{which}_{n}(trigger)"
    if among is None:
        return call
    return f"({call} if (found := get({names[0]!r})).__class__ in listed else found in {which}_among_{n})"


def _told(n: int, info: RuleInfo) -> str:
    """`told_otherwise`, which of one field says nothing but its name."""
    owe = info.owe
    listed = (
        {*(label for label, _fields in owe.contents), *(need.name for need in owe.signed)} if owe else set()
    )
    if len(info.done_names) == 1 and not listed & set(info.done_names):
        return f"told_{n} + lacking"
    return f"told_otherwise(trigger, told_{n}, lacking)"


def _signatures(info: RuleInfo) -> Sequence[tuple[str, Callable[[Fact], bool]]]:
    return signatures_of(info.owe, info.pack.dictionary) if info.owe is not None and info.itself else ()


def _applies(row: Owed, answer: Any) -> bool:
    """Whether it may: it does not where the answer is no; where it cannot be told, that is noted."""
    if isinstance(answer, Unknown):
        row.standing, row.unknown = CANNOT_TELL, tuple(sorted(answer.names))
        return True
    row.standing = NOT_APPLICABLE
    return False
