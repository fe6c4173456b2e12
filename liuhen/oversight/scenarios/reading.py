"""A scenario file as steps: every word checked, every mistake named with file, line and what to do."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from liuhen.accounts.demo import AGENCIES, PEOPLE
from liuhen.acts import registry
from liuhen.kernel.clock import parse_local
from liuhen.law.problems import PackError, Place, Problem, Problems, suggestion
from liuhen.law.source import Node, read
from liuhen.oversight.scenarios.listed import LISTS

FILES = Path(__file__).parent / "files"
"""The scenarios that come with the program."""

SYSTEM = "system"
REGISTER = "register"
"""The stream that every scenario knows without naming it: the agency's own register (机关登记)."""
PEOPLE_STREAM = "people"
"""The other one: the register of its people (人员名册)."""
CATALOGUE = "catalogue"
"""And the registers from which forms choose (名录)."""

_FILE_WORDS = ("scenario", "agency", "after", "people", "articles", "steps", "note")
_PERSON_WORDS = ("certificate_to", "certified", "in_service")
_STEP_WORDS = {
    "do": (
        "at", "by", "do", "on", "as", "like", "with", "corrects", "reason", "refused", "invalid", "times", "note",
    ),
    "check": ("at", "by", "check", "on", "like", "with", "refused", "asks", "note"),
    "look": ("at", "by", "on", "expect", "documents", "without_documents", "published", "listed", "note"),
}  # fmt: skip
_LOOKS = ("expect", "documents", "without_documents", "published", "listed")
TIMES_MAX = 1_000
"""So often at most a step does the same."""


_NAMED = re.compile(r"^\$(?!\{)([^.]*)|\$\{([^.}]*)")
"""A name of an earlier step: of the whole value, or within a text."""


@dataclass(frozen=True)
class Step:
    """One step. `form`: do (an act), check (the same question without acting), look (what stands at a time).

    `values` is what the person types; `before` says that it belongs to the file which this one goes on from.
    """

    number: int
    line: int
    form: str
    at_ms: int
    words: Mapping[str, Any]
    values: Mapping[str, Any] = field(default_factory=dict)
    before: bool = False

    @property
    def by(self) -> str:
        """Who: the slug of a person, perhaps `slug@agency`."""
        return str(self.words.get("by", ""))

    @property
    def act(self) -> str:
        """The act's name; empty for a look."""
        return str(self.words.get("do") or self.words.get("check") or "")

    @property
    def fails(self) -> bool:
        """Whether the act is expected not to be done."""
        return any(self.words.get(word) for word in ("refused", "invalid"))

    @property
    def times(self) -> int:
        """How often the act is done; each makes its own."""
        return int(self.words.get("times", 1))

    @property
    def on(self) -> str | None:
        """The name of the stream that it is about."""
        return self.words.get("on")


@dataclass(frozen=True)
class Scenario:
    """场景. `people` changes people of the demonstration before the first step (an expired certificate)."""

    file: str
    folder: Path
    title: str
    agency: str
    steps: tuple[Step, ...]
    people: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


class ScenarioError(Exception):
    """场景有误: `problems` name file, line and remedy, in Chinese."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


def read_scenario(path: Path) -> Scenario:
    """One file. Raises `ScenarioError` with every mistake that was found."""
    problems = Problems()
    try:
        root = read(path, path.name)
        scenario = _scenario(path, root, problems)
        problems.raise_any()
    except OSError as error:
        raise ScenarioError((_unreadable(path, error),)) from error
    except PackError as error:
        raise ScenarioError(error.problems) from error
    return scenario


def _unreadable(path: Path, error: OSError) -> Problem:
    return Problem(Place(str(path), 1), None, f"读不了：{error.strerror}", "核对文件名")


def _scenario(path: Path, root: Node, problems: Problems) -> Scenario:
    _words(root, _FILE_WORDS, "场景", problems)
    for word in ("scenario", "agency", "steps"):
        if root.get(word) is None:
            problems.add(root.place, None, f"没有写 {word}", f"补上 {word}")
    plain = {name: node.plain() for name, node in root.items() if name != "steps"}
    _agency(root, problems)
    before = _before(path, root, problems)
    steps_node = root.get("steps")
    reader = _Steps(problems, before)
    steps = (*before, *reader.read(steps_node)) if steps_node else before
    return Scenario(
        file=path.name,
        folder=path.parent,
        title=str(plain.get("scenario", "")),
        agency=str(plain.get("agency", "")),
        steps=steps,
        people=_people(root, problems),
    )


def _before(path: Path, root: Node, problems: Problems) -> tuple[Step, ...]:
    """The acts of another file up to a step, from which this one goes on; what that file expects is left out."""
    node = root.get("after")
    if node is None:
        return ()
    _words(node, ("file", "through"), "after", problems)
    file, through = node.get("file"), node.get("through")
    if file is None or through is None:
        problems.add(
            node.place, None, "after 要写 file 和 through", "写作 after: {file: 文件名, through: 步骤的名字}"
        )
        return ()
    steps = read_scenario(path.parent / str(file.value)).steps
    named = [place for place, step in enumerate(steps, 1) if step.words.get("as") == through.value]
    if not named:
        names = [str(step.words["as"]) for step in steps if "as" in step.words]
        problems.add(
            through.place,
            None,
            f"{file.value} 没有名为“{through.value}”的步骤",
            suggestion(str(through.value), names, "见该文件的 as"),
        )
        return ()
    return tuple(
        replace(step, before=True) for step in steps[: named[0]] if step.form == "do" and not step.fails
    )


def _agency(root: Node, problems: Problems) -> None:
    node = root.get("agency")
    known = [item.slug for item in AGENCIES]
    if node is not None and node.value not in known:
        problems.add(
            node.place,
            None,
            f"没有“{node.value}”这个机关",
            suggestion(str(node.value), known, "、".join(known)),
        )


def _people(root: Node, problems: Problems) -> Mapping[str, Mapping[str, Any]]:
    node = root.get("people")
    if node is None:
        return {}
    for slug, said in node.items():
        _known_person(slug, said, problems)
        _words(said, _PERSON_WORDS, f"人员 {slug}", problems)
    changed: Any = node.plain()
    return changed if isinstance(changed, dict) else {}


def _known_person(by: str, node: Node, problems: Problems) -> None:
    slug, _, agency = by.partition("@")
    people = [person.slug for person in PEOPLE]
    if slug not in (*people, SYSTEM):
        problems.add(
            node.place, None, f"没有“{slug}”这个人", suggestion(slug, people, f"可写：{'、'.join(people)}")
        )
    if agency and agency not in [item.slug for item in AGENCIES]:
        problems.add(node.place, None, f"没有“{agency}”这个机关", "写作 人@机关，如 zhang@wangdu")


class _Steps:
    """Reads the steps in order: names must be made before they are used, time never goes back."""

    def __init__(self, problems: Problems, before: Sequence[Step]) -> None:
        self._problems = problems
        self._typed = {str(step.words["as"]): step.values for step in before if "as" in step.words}
        self._names = {REGISTER, PEOPLE_STREAM, CATALOGUE, *self._typed}
        self._last_ms = before[-1].at_ms if before else 0

    def read(self, node: Node) -> list[Step]:
        found = [self._step(number, each) for number, each in enumerate(node.many(), 1)]
        return [step for step in found if step is not None]

    def _step(self, number: int, node: Node) -> Step | None:
        if not node.is_map():
            self._say(node, "每一步应当写作 {at: …, by: …, do: …}", "照格式说明改写")
            return None
        form = next((word for word in ("do", "check") if node.get(word) is not None), "look")
        if form == "look" and not any(node.get(word) is not None for word in _LOOKS):
            self._say(node, "这一步没有写做什么", f"写 do、check，或者 {'、'.join(_LOOKS)} 之一")
            return None
        _words(node, _STEP_WORDS[form], f"第{number}步", self._problems)
        at_ms = self._time(node)
        if form != "look":
            self._who_and_what(form, node)
        else:
            self._whose_list(node)
        self._often(node)
        self._name_known(node)
        for child in self._texts(node.get("with")):
            self._reference(child)
        words: Any = node.plain()
        values = self._values(node)
        if "as" in words:
            self._names.add(str(words["as"]))
            self._typed[str(words["as"])] = values
        return Step(number, node.place.line, form, at_ms, words, values)

    def _values(self, node: Node) -> Mapping[str, Any]:
        """What is typed: as in the step that this one is `like`, and its own `with` over it."""
        own = node.get("with")
        typed: Any = own.plain() if own is not None else {}
        like = node.get("like")
        if like is None:
            return dict(typed or {})
        if str(like.value) not in self._typed:
            self._say(
                like,
                f"前面没有名为“{like.value}”的步骤",
                suggestion(str(like.value), self._typed, "先在那一步写 as"),
            )
        return {**self._typed.get(str(like.value), {}), **(typed or {})}

    def _time(self, node: Node) -> int:
        at = node.get("at")
        if at is None:
            self._say(node, "没有写时间 at", "写作 at: 2026-03-02 09:00")
            return self._last_ms
        try:
            at_ms = parse_local(str(at.value))
        except ValueError as error:
            self._say(at, str(error), "写作 2026-03-02 09:00")
            return self._last_ms
        if at_ms < self._last_ms:
            self._say(at, f"时间{at.value}早于上一步", "各步按时间先后写")
        self._last_ms = max(at_ms, self._last_ms)
        return at_ms

    def _whose_list(self, node: Node) -> None:
        """A list is somebody's: whoever turns its pages is named, and the list is one of those there are."""
        by, listed = node.get("by"), node.get("listed")
        if by is not None:
            _known_person(str(by.value), by, self._problems)
        if listed is None:
            return
        if by is None:
            self._say(listed, "没有写谁来看列表 by", "写人员的简称，如 by: zhang")
        for name, said in listed.items():
            if name not in LISTS:
                self._say(said, f"没有“{name}”这个列表", suggestion(name, LISTS, "、".join(LISTS)))

    def _often(self, node: Node) -> None:
        times = node.get("times")
        if times is not None and not (isinstance(times.value, int) and 1 <= times.value <= TIMES_MAX):
            self._say(times, f"次数“{times.value}”不合格式", f"写1到{TIMES_MAX}的整数")

    def _who_and_what(self, form: str, node: Node) -> None:
        by, what = node.get("by"), node.get(form)
        if by is None:
            self._say(node, "没有写由谁办 by", "写人员的简称，如 by: zhang")
        else:
            _known_person(str(by.value), by, self._problems)
        if what is None or what.value not in registry.acts():
            name = str(what.value) if what else ""
            self._say(
                what or node,
                f"没有“{name}”这个办理事项",
                suggestion(name, registry.acts(), "见 docs/reference/acts.md"),
            )
            return
        kind = registry.kind_of(registry.act(str(what.value)))
        for name, child in (node.get("with") or Node({}, node.place)).items():
            if name != "at" and name not in kind.fields and node.get("invalid") is None:
                self._say(
                    child,
                    f"“{kind.title}”没有“{name}”这一栏",
                    suggestion(name, kind.fields, f"有：{'、'.join(kind.fields)}"),
                )

    def _name_known(self, node: Node) -> None:
        for named in (node.get("on"), node.get("corrects")):
            if named is not None and str(named.value) not in self._names:
                remedy = suggestion(str(named.value), self._names, "先在那一步写 as")
                self._say(named, f"前面没有名为“{named.value}”的步骤", remedy)

    def _reference(self, node: Node) -> None:
        for found in _NAMED.finditer(str(node.value)):
            name = found[1] or found[2] or ""
            if name not in self._names:
                remedy = suggestion(name, self._names, "先在那一步写 as")
                self._say(node, f"前面没有名为“{name}”的步骤", remedy)

    def _texts(self, node: Node | None) -> list[Node]:
        """Every `$name` beneath a node."""
        if node is None:
            return []
        if isinstance(node.value, dict):
            return [found for child in node.value.values() for found in self._texts(child)]
        if isinstance(node.value, list):
            return [found for child in node.value for found in self._texts(child)]
        return [node] if isinstance(node.value, str) and _NAMED.search(node.value) else []

    def _say(self, node: Node, text: str, remedy: str) -> None:
        self._problems.add(node.place, None, text, remedy)


def _words(node: Node, known: tuple[str, ...], where: str, problems: Problems) -> None:
    for word, child in node.items():
        if word not in known:
            problems.add(
                child.place,
                None,
                f"{where}里没有“{word}”这个词",
                suggestion(word, known, f"可写：{'、'.join(known)}"),
            )
