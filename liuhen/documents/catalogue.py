"""样式目录: reads `forms/*.yaml`, checks each form against the dictionary, and finds the form of an entry."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Protocol

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from liuhen.documents.figures import NoFigure, with_figures
from liuhen.documents.forms import MOMENTS, OWN_VALUES, ZERO, Block, Form, Ref, parse_ref
from liuhen.documents.plain import plain_forms
from liuhen.kernel.clock import local_date
from liuhen.law.dictionary import Dictionary, Field, Kind, standard
from liuhen.law.reading import role_titles

PAST = "past"
"""The folder of versions that are used no more: entries made with them keep them."""
FIRST_OWN_VERSION = 101
"""Versions of the program's own forms stay below; an agency's form goes before them."""
JUDGEMENT, KEPT = "judgement", "forms"
_LAYOUTS = ("letter", "table", "record", "cover")
_BLOCKS = ("rows", "long", "table", "opinion", "sign", "text", "heading", "pictures", "line")
_ALSO = {
    "pictures": ("captions", "stamp"),
    "table": ("total",),
    "sign": ("places", "given"),
    "opinion": ("given",),
}
"""Words that only some blocks know."""
_NEEDED = ("version", "since", "title", "from", "layout", "reach", "volume", "order", "blocks")
_OPTIONAL = ("titles", "number", "to", "when", "unless", "guarded", "footer", "footer_sign", "seal", "about")
_WORDS = frozenset(_NEEDED + _OPTIONAL)


class FormError(ValueError):
    """样式有误: `problems` name file, line, form and what to do, in Chinese."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = list(problems)


class Made(Protocol):
    """What tells of an entry in which forms it was made (`ledger.Entry` does)."""

    @property
    def kind(self) -> str: ...
    @property
    def recorded_ms(self) -> int: ...
    @property
    def parts(self) -> Mapping[str, Mapping[str, Any] | None]: ...


class Catalogue:
    """All forms and all their versions. `plain`: the sheet of a kind that has no form, or had none on a day."""

    def __init__(self, forms: Sequence[Form], plain: Iterable[Form] = ()) -> None:
        self._plain = {form.kind: form for form in plain}
        self._forms = {(form.id, form.version): form for form in (*self._plain.values(), *forms)}
        self._own = forms
        self._by_kind: dict[str, list[Form]] = {}
        for form in sorted(forms, key=lambda form: (form.order, form.id, form.version)):
            self._by_kind.setdefault(form.kind, []).append(form)

    def __iter__(self) -> Iterator[Form]:
        held = {form.kind for form in self._own}
        return iter([*self._own, *(form for kind, form in self._plain.items() if kind not in held)])

    def form(self, form_id: str, version: int) -> Form:
        """One version of a form. Raises `KeyError`."""
        return self._forms[form_id, version]

    def of(self, kind: str, day: date) -> list[Form]:
        """The forms of an entry kind in the version that was in use on a day, in file order; else its plain one."""
        latest: dict[str, Form] = {}
        for form in self._by_kind.get(kind, []):
            if form.since <= day and (form.id not in latest or latest[form.id].version < form.version):
                latest[form.id] = form
        if not latest and kind in self._plain:
            return [self._plain[kind]]
        return sorted(latest.values(), key=lambda form: (form.order, form.id))

    def with_own(self, forms: Sequence[Form]) -> "Catalogue":
        """These and an agency's own."""
        return Catalogue([*self._own, *forms], self._plain.values())

    def made_of(self, entry: Made) -> list[Form]:
        """The forms that an entry was made with, as it keeps them; for good, whatever the forms have become since.

        An agency's own form goes before the program's: from which day it is used stands in its register.
        """
        found = {form.id: form for form in self.of(entry.kind, local_date(entry.recorded_ms))}
        kept = (entry.parts.get(JUDGEMENT) or {}).get(KEPT)
        if kept is None:
            return list(found.values())
        if not kept:
            return [self._plain[entry.kind]] if entry.kind in self._plain else []
        made = [
            found[form_id]
            if form_id in found and found[form_id].version >= FIRST_OWN_VERSION
            else self._forms[form_id, version]
            for form_id, version in kept.items()
        ]
        return sorted(made, key=lambda form: (form.order, form.id))


@cache
def catalogue() -> Catalogue:
    """The catalogue that the program ships. Raises `FormError`."""
    folder = Path(str(files("liuhen.documents").joinpath("forms")))
    dictionary = standard()
    return Catalogue(list(load_forms(folder, dictionary)), plain_forms(dictionary))


def forms_kept(kind: str, day: date) -> Mapping[str, int]:
    """What an entry keeps of the forms it is made with: the program's, each in its version."""
    return {form.id: form.version for form in catalogue().of(kind, day) if not form.plain}


def load_forms(folder: Path, dictionary: Dictionary) -> Catalogue:
    """Every form of a folder, checked. Raises `FormError` with all problems at once."""
    problems: list[str] = []
    forms: list[Form] = []
    for path in (*sorted(folder.glob("*.yaml")), *sorted(folder.glob(f"{PAST}/*.yaml"))):
        reader = _Reader(path, dictionary, problems)
        forms += reader.read()
    if problems:
        raise FormError(problems)
    return Catalogue(forms)


def read_form(text: str, form_id: str, dictionary: Dictionary) -> Form:
    """One form as an agency wrote it; `version` and `since` are not its to say. Raises `FormError`."""
    problems: list[str] = []
    reader = _Reader(Path(f"{form_id}.yaml"), dictionary, problems, {"version": 1, "since": date(2020, 1, 1)})
    try:
        forms = reader.read(text)
    except (AttributeError, TypeError, KeyError, ValueError, IndexError) as error:
        raise FormError([f"{form_id}：样式定义不合格式，请照原来的样式改写"]) from error
    if not problems and [form.id for form in forms] != [form_id]:
        problems.append(f"{form_id}：样式定义应当只有“{form_id}”这一个样式")
    if problems:
        raise FormError(problems)
    return forms[0]


class _Reader:
    """Reads one file; what is wrong goes to `problems`. `given`: words that need not be written."""

    def __init__(
        self, path: Path, dictionary: Dictionary, problems: list[str], given: Mapping[str, Any] | None = None
    ) -> None:
        self._path, self._problems, self._given = path, problems, given or {}
        self._kinds: Mapping[str, Kind] = dictionary.kinds
        self._line, self._title, self._kind = 0, "", ""
        self._guarded: frozenset[str] = frozenset()

    def read(self, text: str | None = None) -> list[Form]:
        try:
            content = YAML(typ="rt").load(self._path if text is None else text)
        except MarkedYAMLError as error:
            self._line = (error.problem_mark.line if error.problem_mark else 0) + 1
            self._complain(f"不是正确的 YAML：{error.problem}")
            return []
        forms = []
        for form_id, data in (content or {}).items():
            self._line, self._title = content.lc.key(form_id)[0] + 1, form_id
            if form := self._form(form_id, data):
                forms.append(form)
        return forms

    def _complain(self, text: str) -> None:
        self._problems.append(f"{self._path.name}:{self._line} {self._title}：{text}")

    def _form(self, form_id: str, data: Any) -> Form | None:
        for word, value in self._given.items():
            data.pop(word, None)
            data[word] = value
        if missing := [word for word in _NEEDED if word not in data]:
            self._complain(f"缺少 {'、'.join(missing)}")
            return None
        for word in data:
            if word not in _WORDS:
                self._line = data.lc.key(word)[0] + 1
                self._complain(f"不认识的词“{word}”，可用：{'、'.join(sorted(_WORDS))}")
        self._title, self._kind = f"《{data['title']}》", data["from"]
        self._guarded = frozenset(data.get("guarded", ()))
        if self._kind not in self._kinds:
            self._complain(f"词典中没有条目“{self._kind}”")
            return None
        self._choose(data, "layout", _LAYOUTS)
        self._choose(data, "reach", ("inner", "outer"))
        self._choose(data, "volume", ("main", "sub"))
        titles = dict(data.get("titles", {}))
        by = titles.pop("by", None)
        self._titles(by, titles)
        return Form(
            id=form_id,
            version=data["version"],
            since=data["since"],
            title=data["title"],
            kind=self._kind,
            layout=data["layout"],
            reach=data["reach"],
            volume=data["volume"],
            order=data["order"],
            blocks=self._blocks(data["blocks"]),
            number=self._optional(data, "number"),
            to=self._optional(data, "to"),
            when=self._optional(data, "when"),
            unless=self._optional(data, "unless"),
            about=self._about(data),
            titles_by=self._ref(by) if by else None,
            titles=tuple((str(value), str(title)) for value, title in titles.items()),
            guarded=self._guarded,
            footer=tuple(data.get("footer", ())),
            footer_sign=self._optional(data, "footer_sign"),
            seal=bool(data.get("seal", False)),
        )

    def _about(self, data: Any) -> Ref | None:
        """What stands in lists that anybody of the agency reads: nothing guarded."""
        about = self._optional(data, "about")
        for kind, name in about.paths if about else ():
            field = (
                self._kinds[kind or self._kind].fields.get(name)
                if (kind or self._kind) in self._kinds
                else None
            )
            if field is not None and field.part != "open":
                self._complain(f"about：字段“{name}”限阅，不能写进目录")
        return about

    def _titles(self, by: Any, titles: Mapping[str, Any]) -> None:
        field = self._kinds[self._kind].fields.get(str(by)) if by else None
        for value in titles:
            if field is None or value not in field.choices:
                self._complain(f"titles：字段“{by}”没有选项“{value}”")

    def _choose(self, data: Any, word: str, allowed: tuple[str, ...]) -> None:
        if data[word] not in allowed:
            self._line = data.lc.key(word)[0] + 1
            self._complain(f"{word} 应为 {'、'.join(allowed)} 之一")

    def _optional(self, data: Any, word: str) -> Ref | None:
        if word not in data:
            return None
        self._line = data.lc.key(word)[0] + 1
        return self._ref(data[word])

    def _conditions(self, item: Any, word: str) -> Ref | None:
        """One condition, or several in a list."""
        if not isinstance(item.get(word), list):
            return self._optional(item, word)
        self._line = item.lc.key(word)[0] + 1
        first, *others = [self._ref(one) for one in item[word]]
        return replace(first, more=tuple(others))

    def _blocks(self, data: Any) -> tuple[Block, ...]:
        blocks = []
        for i, item in enumerate(data):
            self._line = data.lc.item(i)[0] + 1
            kinds = [word for word in item if word in _BLOCKS]
            if len(kinds) != 1:
                self._complain(f"每一块应当且只能是 {'、'.join(_BLOCKS)} 之一")
                continue
            allowed = ("when", "unless", "label", *_ALSO.get(kinds[0], ()))
            if unknown := [word for word in item if word not in (kinds[0], *allowed)]:
                self._complain(f"不认识的词“{unknown[0]}”，可用：{'、'.join(allowed)}")
            blocks.append(self._block(kinds[0], item))
        return tuple(blocks)

    def _block(self, kind: Any, item: Any) -> Block:
        content = item[kind]
        when, unless = self._conditions(item, "when"), self._conditions(item, "unless")
        given = bool(item.get("given", False))
        label = str(item.get("label", ""))
        if kind in ("text", "heading"):
            block = Block(kind, text=str(content).strip(), when=when, unless=unless)
            for ref in block.refs():
                self._known(ref)
            try:
                with_figures(block.text)
            except NoFigure as error:
                self._complain(str(error))
            return block
        if kind == "rows":
            rows = []
            for i, row in enumerate(content):
                self._line = content.lc.item(i)[0] + 1
                rows.append(tuple(self._cell(cell) for cell in row))
                if len(row) not in (1, 2):
                    self._complain("每行一栏或者两栏")
            return Block(kind, rows=tuple(rows), when=when, unless=unless)
        if kind == "opinion":
            text, sign = (
                self._ref(content["text"]),
                self._cell(content["sign"]) if "sign" in content else None,
            )
            said = str(content["label"])
            return Block(kind, label=said, ref=text, sign=sign, when=when, unless=unless, given=given)
        if kind == "line":
            places = tuple(map(str, [content] if isinstance(content, str) else content))
            return Block("sign", label=label or "签名", places=places, when=when, unless=unless)
        ref = self._ref(content, label)
        if kind == "sign":
            places = tuple(map(str, item.get("places", ())))
            return Block(
                kind, label=ref.label, sign=ref, when=when, unless=unless, places=places, given=given
            )
        block = Block(
            kind,
            label=ref.label,
            ref=ref,
            when=when,
            unless=unless,
            text=str(item.get("stamp", "")),
            captions=self._optional(item, "captions"),
            total=bool(item.get("total", False)),
        )
        for named in block.refs():
            self._known(named)
        return block

    def _cell(self, cell: Any) -> Ref:
        if isinstance(cell, str):
            return self._ref(cell)
        (path, label), *rest = cell.items()
        if rest:
            self._complain("一栏只写一个字段：字段名，或者 {字段名: 栏目名}")
        return self._ref(path, str(label))

    def _ref(self, path: str, label: str = "") -> Ref:
        ref = parse_ref(str(path), label)
        self._known(ref)
        return ref if label else replace(ref, label=self._label(ref))

    def _label(self, ref: Ref) -> str:
        kind, name = ref.paths[0]
        if name.startswith("$"):
            return OWN_VALUES.get(name, name)
        fields = self._kinds[kind or self._kind].fields if (kind or self._kind) in self._kinds else {}
        return fields[name].label if name in fields else name

    def _known(self, ref: Ref) -> None:
        if ref.says is not None:
            self._known(ref.says)
        for kind, name in ref.paths:
            if name.startswith("$"):
                if name not in (MOMENTS if kind else OWN_VALUES):
                    self._complain(f"不认识的值“{name}”，可用：{'、'.join(OWN_VALUES)}")
            elif (owner := kind or self._kind) not in self._kinds:
                self._complain(f"词典中没有条目“{owner}”")
            elif name not in self._kinds[owner].fields:
                self._complain(f"条目“{owner}”没有字段“{name}”；有：{'、'.join(self._kinds[owner].fields)}")
            elif (part := self._kinds[owner].fields[name].part) != "open" and part not in self._guarded:
                self._complain(f"字段“{name}”属于受保护的部分“{part}”：样式须写明 guarded: [{part}]")
            elif strange := set(ref.among) - _choices(self._kinds[owner].fields[name]):
                self._complain(f"字段“{name}”没有选项“{'、'.join(sorted(strange))}”")


def _choices(field: Field) -> set[str]:
    """What a condition may ask of a field: its choices; of signatures the roles in which one signs; of sums nothing."""
    if field.type == "money":
        return {ZERO}
    return set(role_titles() if field.type == "signatures" else field.choices)
