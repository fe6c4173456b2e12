"""What the rooms above register at start: acts, the table of roles, projections, what values are frozen into."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from liuhen.acts.act import Act, Actor, Check, Doing, Matter, MayPerform
from liuhen.acts.errors import Reason, UnknownAct
from liuhen.law.dictionary import Dictionary, Kind, standard
from liuhen.ledger import Entry, Question

FreezeOfficers = Callable[[str, Sequence[str], int], list[dict[str, Any]]]
"""(agency, officer ids, instant ms) → frozen officers; raises `Invalid` for one who is unknown."""

PeopleAsked = Callable[[str, Sequence[str], int], Question[Any]]
"""The question that freezing officers asks, of the same values."""

AskedAhead = Callable[[Act, Actor, Mapping[str, Any]], Iterable[Question[Any]]]
"""(act, actor, what was typed) → what its checks will ask; a guess, asked with the locks."""

NextNumber = Callable[[str, str, int], str]
FormsKept = Callable[[str, date], Mapping[str, int]]
"""(agency, series, instant ms) → the next document number (文号) of that series and year."""

Row = dict[str, Any]

Values = tuple[Any, ...]
"""A row without the names of its columns."""

Suggested = Mapping[str, tuple[Any, str]]
"""By field: the value, and in words where it comes from."""

Suggest = Callable[[Matter], Suggested]

SuggestOn = Callable[[Matter, date], Suggested]
"""The same where the day counts on which the form is opened."""


ChosenFor = Callable[[Matter, str, str], str]
"""(the matter, kind and key of the entry from which one comes) → what is chosen on the form; empty: nothing."""
SuggestChosen = Callable[[str, Mapping[str, Any], Matter | None], Suggested]
"""(agency, what is chosen on the form so far, the matter it is performed on) → what follows from it."""


class Since(NamedTuple):
    """Of a matter that has grown: the rows that are no more, and those that came; no other row has a key of theirs."""

    gone: list[Values]
    come: list[Values]


@dataclass(
    frozen=True, eq=False
)  # one is itself: it stands in many a memory, and its columns would be hashed each time
class Projection:
    """Rows read out of a matter: `project(matter) → rows`; the difference to what stands in `table` is written.

    Rows are by column, or tuples in the order of `columns`.
    `bears` tells of an entry whether these rows can come out otherwise because of it (None: because of any).
    `spans`: the first and the last value of `matter_column` in the rows of a matter, where it holds several.
    `virtual`: a table of SQLite's that knows no ON CONFLICT. `placed`: its rows tell where in the log entries lie,
    and so after which entry the matter's rows were last written. `belongs`: the condition under which a row `t`
    belongs to a matter that exists, where its column is not the matter's id. `kept`: columns that do not come from the
    entries, with the value of a new row; a row that changes keeps what it has. `dates`: columns of dates, as ISO text
    in the rows (what is no date must not pass for an empty one). `judged`: the rows hang on the law too. `since`: what
    became of the rows of a matter that has grown; None where that is not known, and all are to be compared.
    """

    table: str
    matter_column: str
    key_columns: tuple[str, ...]
    columns: tuple[str, ...]
    project: Callable[[Matter], list[Row]] | Callable[[Matter], list[Values]]
    stream_types: frozenset[str]
    booleans: tuple[str, ...] = ()
    matter_key: Callable[[str], Any] = str
    spans: Callable[[str], tuple[int, int]] | None = None
    bears: Callable[[Entry], bool] | None = None
    virtual: bool = False
    placed: bool = False
    belongs: str | None = None
    kept: tuple[tuple[str, Any], ...] | None = None
    dates: tuple[str, ...] = ()
    judged: bool = False
    since: Callable[[Matter], Since | None] | None = None


_acts: dict[str, Act] = {}
_answering: dict[str, list[tuple[str, Act]]] = {}
_projections: dict[str, Projection] = {}
_suggestions: dict[str, list[Suggest]] = {}
_chosen: dict[str, tuple[str, SuggestChosen]] = {}
_chosen_for: dict[str, ChosenFor] = {}
_dated: dict[str, SuggestOn] = {}
_hooks: dict[str, Any] = {}
_checks: list[Check] = []
_ahead: list[AskedAhead] = []


def dictionary() -> Dictionary:
    """The dictionary of entry kinds."""
    return standard()


def kind_of(act: Act) -> Kind:
    """The dictionary's entry kind from which the act's form is made."""
    return dictionary().kinds[act.kind]


def name_of(act: Act) -> str:
    """The act's name, as packs and the table of roles use it."""
    name = kind_of(act).act
    if name is None:
        raise ValueError(f"entry kind without an act: {act.kind}")
    return name


def register(*acts: Act) -> None:
    """Make acts known. Registering another act under a known name is a programming error."""
    for act in acts:
        name = name_of(act)
        if _acts.get(name, act) != act:
            raise ValueError(f"act registered twice: {name}")
        _acts[name] = act
    _answering.clear()


def answering(type: str) -> Sequence[tuple[str, Act]]:
    """The acts on streams of a type that become somebody's turn (流转), by name."""
    if type not in _answering:
        turned = ((name, act) for name, act in _acts.items() if act.answers or act.sent_back_by)
        _answering[type] = [(name, act) for name, act in turned if type in act.on]
    return _answering[type]


def act(name: str) -> Act:
    """The act of that name. Raises `UnknownAct`."""
    if name not in _acts:
        raise UnknownAct(f"没有名为“{name}”的办理事项")
    return _acts[name]


def acts() -> Mapping[str, Act]:
    """All registered acts by name."""
    return _acts


def register_projection(projection: Projection) -> None:
    """Make a projection known, once for its table."""
    _projections[projection.table] = projection


def projections() -> Iterable[Projection]:
    """All registered projections."""
    return _projections.values()


def register_suggestion(name: str, suggest: Suggest) -> None:
    """What an act's form is filled in with beyond single earlier values, worked out when the form is opened.

    Several may know something of one form; of the same field the last registered.
    """
    known = _suggestions.setdefault(name, [])
    if suggest not in known:
        known.append(suggest)


def register_dated_suggestion(name: str, suggest: SuggestOn) -> None:
    """The same, of what depends on the day."""
    _dated[name] = suggest


def suggest(name: str, matter: Matter | None, on: date | None = None) -> Suggested:
    """The values worked out for a form (none for most acts); `on`: the day on which it is opened."""
    if matter is None:
        return {}
    found: dict[str, tuple[Any, str]] = {}
    for suggest in _suggestions.get(name, ()):
        found |= suggest(matter)
    dated = _dated.get(name)
    return {**found, **(dated(matter, on) if dated and on else {})}


def register_check(check: Check) -> None:
    """A check that is asked of every act, once."""
    if check not in _checks:
        _checks.append(check)


def checked(doing: Doing) -> dict[str, str]:
    """What the act's own checks and those of every act say, by field."""
    errors: dict[str, str] = {}
    for check in (*doing.act.checks, *_checks):
        errors |= check(doing)
    return errors


def register_chosen(name: str, field: str, suggest: SuggestChosen) -> None:
    """What an act's form is filled in with once something is chosen in one of its fields."""
    _chosen[name] = (field, suggest)


def chosen_by(name: str) -> str:
    """The field of an act's form from whose choice others follow; empty for most acts."""
    return _chosen[name][0] if name in _chosen else ""


def suggest_chosen(
    name: str, agency: str, typed: Mapping[str, Any], matter: Matter | None = None
) -> Suggested:
    """The values that follow from what is chosen on a form (none for most acts)."""
    return _chosen[name][1](agency, typed, matter) if name in _chosen else {}


def register_chosen_for(name: str, find: ChosenFor) -> None:
    """What is chosen on an act's form for whoever comes to it from what an entry, by kind and key, asks for."""
    _chosen_for[name] = find


def chooses_for(name: str) -> bool:
    """Whether an act's form chooses by the entry from which one comes to it."""
    return name in _chosen_for


def chosen_for(name: str, matter: Matter, kind: str, key: str) -> str:
    """The choice that belongs to an entry; empty where there is none."""
    return _chosen_for[name](matter, kind, key) if name in _chosen_for else ""


def register_permissions(may: MayPerform, acting_role: Callable[[Act, Actor], str]) -> None:
    """The one table of acts and roles: who may, and in which role he then acts."""
    _hooks["may"] = may
    _hooks["acting_role"] = acting_role


def may(act: Act, actor: Actor, matter: Matter | None) -> Sequence[Reason]:
    """Why this person may not perform this act; empty when he may."""
    check: MayPerform = _hooks["may"]
    return check(act, actor, matter)


def acting_role(act: Act, actor: Actor) -> str:
    """The role in which this person performs the act."""
    find: Callable[[Act, Actor], str] = _hooks["acting_role"]
    return find(act, actor)


def register_officers(freeze: FreezeOfficers, asked: PeopleAsked) -> None:
    """How officer ids become frozen officers with certificate and roles, and what is asked for that."""
    _hooks["officers"] = freeze
    _hooks["people asked"] = asked


def people_asked(agency: str, ids: Sequence[str], at_ms: int) -> Question[Any]:
    """What `freeze_officers` asks."""
    asked: PeopleAsked = _hooks["people asked"]
    return asked(agency, ids, at_ms)


def register_ahead(asked: AskedAhead) -> None:
    """What checks will ask, where it can be told from what was typed; once."""
    if asked not in _ahead:
        _ahead.append(asked)


def asked_ahead(act: Act, actor: Actor, given: Mapping[str, Any]) -> list[Question[Any]]:
    """What the act's checks will ask, as far as it can be told."""
    return [question for asked in _ahead for question in asked(act, actor, given)]


def freeze_officers(agency: str, ids: Sequence[str], at_ms: int) -> list[dict[str, Any]]:
    """The officers as they stood at an instant."""
    freeze: FreezeOfficers = _hooks["officers"]
    return freeze(agency, ids, at_ms)


def register_numbers(next_number: NextNumber) -> None:
    """Where document numbers come from."""
    _hooks["numbers"] = next_number


def register_forms(forms_kept: FormsKept) -> None:
    """Which forms an entry is made with."""
    _hooks["forms"] = forms_kept


def forms_kept(kind: str, day: date) -> Mapping[str, int]:
    """The forms that an entry of a kind made on this day keeps, each in its version."""
    kept: FormsKept = _hooks["forms"]
    return kept(kind, day)


def next_number(agency: str, series: str, at_ms: int) -> str:
    """The next document number of a series, taken in the caller's transaction."""
    take: NextNumber = _hooks["numbers"]
    return take(agency, series, at_ms)
