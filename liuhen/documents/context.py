"""文书内容: what a form prints of an entry and of the matter as it stood when the entry was made. Pure.

The result is plain data (JSON); the same entries give the same result for good.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from liuhen.acts.act import fields_of
from liuhen.acts.secrets import Secret, secrets, without
from liuhen.documents import values
from liuhen.documents.catalogue import Catalogue, catalogue
from liuhen.documents.codes import code_of
from liuhen.documents.figures import with_figures
from liuhen.documents.forms import MOMENTS, OF_THE_AGENCY, PLACEHOLDER, Block, Form, Ref, parse_ref
from liuhen.documents.places import ROOM, empty, places
from liuhen.documents.widths import widths_of
from liuhen.kernel.clock import format_date, local_date
from liuhen.law.dictionary import Dictionary, Field, standard

_NAMES_REPLACED = date(2026, 11, 23)
"""Corrected papers recorded from this day on name the one that they replace; earlier ones stay as they were issued."""


class EntryLike(Protocol):
    """What a document needs of an entry (`ledger.Entry` has it). Instants in milliseconds UTC."""

    @property
    def id(self) -> str: ...
    @property
    def index(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def happened_ms(self) -> int: ...
    @property
    def recorded_ms(self) -> int: ...
    @property
    def actor(self) -> str: ...
    @property
    def supersedes(self) -> str | None: ...
    @property
    def leaf_hash(self) -> bytes: ...
    @property
    def parts(self) -> Mapping[str, Mapping[str, Any] | None]: ...


@dataclass(frozen=True)
class Issuer:
    """出具文书的机关, as its letterhead names it. `site`: where its public site is, empty where there is none."""

    name: str
    site: str = ""

    def head(self, index: int) -> str:
        """The short form of the head of its log at an entry; empty where there is no log."""
        return ""

    def forms(self) -> Catalogue:
        """The forms it uses."""
        return catalogue()

    def person(self, officer: str, index: int) -> tuple[str, str]:
        """Name and unit of one of its people when the log's entry `index` was made; empty where it knew nobody."""
        return "", ""

    def terms(self, at_ms: int) -> Mapping[str, str]:
        """What it has set to stand on its papers, as in force at an instant: whom one turns to, where one pays."""
        return {}


@dataclass(frozen=True)
class _Value:
    """A value found: its field, itself, and whether it may not be shown."""

    field: Field
    value: Any
    instead: str = ""

    @property
    def blank(self) -> bool:
        return not self.instead and values.is_blank(self.value)

    def inline(self) -> str:
        return self.instead or values.inline(self.field, self.value)

    def paragraphs(self) -> list[str]:
        return [self.instead] if self.instead else values.paragraphs(self.field, self.value)


def context(
    entry: EntryLike,
    form: Form,
    matter_entries: Sequence[EntryLike],
    agency: Issuer,
    *,
    withhold: Collection[str] = (),
) -> dict[str, Any]:
    """The document's content, ready for `render`.

    Looks only at entries recorded no later than `entry`. Guarded parts print where the form names them and
    the caller does not `withhold` them.
    """
    scope = Scope(entry, form, matter_entries, agency, withhold)
    return {
        "title": title_of(scope),
        "agency": agency.name,
        "number": scope.word(form.number),
        "to": scope.word(form.to),
        "date": format_date(local_date(entry.happened_ms)),
        "volume": "",
        "seal": form.seal,
        "blocks": [
            *_replaced(scope),
            *(made for one in form.blocks if (made := _block(scope, one)) is not None),
        ],
        "footer": _footer(scope),
        "signers": max(ROOM, len(scope.find(form.footer_sign).value or ())) if form.footer_sign else 0,
        "code": _code_lines(entry, agency),
        "partial": _is_partial(form, withhold),
        "check": _check(entry, form, agency, withhold),
        "edition": f"{form.title} 样式第{form.version}版"
        if form.layout != "letter"
        else f"样式第{form.version}版",
        "instant": entry.recorded_ms,
    }


class Scope:
    """Finds the values that a form names: in its entry, and in the latest earlier entry of another kind."""

    def __init__(
        self,
        entry: EntryLike,
        form: Form,
        matter_entries: Sequence[EntryLike],
        agency: Issuer,
        withhold: Collection[str] = (),
    ) -> None:
        self.form, self.agency, self._entry = form, agency, entry
        self._all = matter_entries, withhold
        self._dictionary: Dictionary = standard()
        self._withhold = frozenset(withhold)
        self._earlier = [other for other in matter_entries if other.index <= entry.index]
        self._by_id = {other.id: other for other in self._earlier}

    def find(self, ref: Ref) -> _Value:
        """The first filled value of a reference; a blank one where none is filled."""
        found = [self._path(kind, name) for kind, name in ref.paths]
        return next((value for value in found if not value.blank), found[0])

    def word(self, ref: Ref | None) -> str:
        """A value in one line, empty where it is blank."""
        value = self.find(ref) if ref else None
        return "" if value is None or value.blank else value.inline()

    def holds(self, ref: Ref) -> bool:
        """Whether a value is filled, and is not 否; is one of the choices, or says the value that is asked for."""
        value = self.find(ref)
        if ref.among and value.field.type == "signatures":
            asked = {values.signer({"who": who}) for who in ref.among}
            return any(values.signer(row) in asked and not row.get("refused") for row in value.value or ())
        if ref.among:
            return str(value.value) in ref.among
        if ref.says is not None:
            said = self.word(ref.says)
            return bool(said) and not value.blank and said in value.inline()
        return not value.blank and value.value is not False

    def shows(self, block: Block) -> bool:
        """Whether a block stands on the paper: all of `when` hold, none of `unless`."""
        when, unless = block.when, block.unless
        if when and not all(map(self.holds, (when, *when.more))):
            return False
        return not (unless and any(map(self.holds, (unless, *unless.more))))

    def wanted(self) -> bool:
        """Whether the form is made of this entry at all."""
        when, unless = self.form.when, self.form.unless
        return not (when and not self.holds(when)) and not (unless and self.holds(unless))

    @property
    def entry(self) -> EntryLike:
        """Of what the paper is made."""
        return self._entry

    def replaced(self) -> "Scope | None":
        """The paper in whose place this one stands; None for an original, and for papers before it was named."""
        old = self._by_id.get(self._entry.supersedes or "")
        if old is None or local_date(self._entry.recorded_ms) < _NAMES_REPLACED:
            return None
        return Scope(old, self.form, self._all[0], self.agency, self._all[1])

    def fill(self, text: str) -> str:
        """Words with every `{reference}` replaced."""
        return PLACEHOLDER.sub(lambda match: self.find(parse_ref(match[1])).inline(), with_figures(text))

    def last(self, kind: str) -> EntryLike | None:
        """The latest entry of a kind; of the same instance, where this entry names one."""
        own = fields_of(self._entry)
        key = self._dictionary.kinds[kind].key
        candidates = [other for other in self._earlier if other.kind == kind]
        same = [other for other in candidates if key in own and fields_of(other).get(key) == own[key]]
        chosen = same or candidates
        return chosen[-1] if chosen else None

    def _path(self, kind: str, name: str) -> _Value:
        if name.startswith("$"):
            return _Value(Field(name, "text", name), self._of_kind(kind, name) if kind else self._own(name))
        owner = self.last(kind) if kind else self._entry
        field = self._dictionary.kinds[kind or self._entry.kind].fields[name]
        if owner is None:
            return _Value(field, None)
        if field.part in self._withhold:
            return _Value(field, None, values.WITHHELD)
        if field.part in owner.parts and owner.parts[field.part] is None:
            return _Value(field, None, values.DESTROYED)
        value = fields_of(owner).get(name)
        if isinstance(value, str) and self._withhold and self._public(owner):
            value = without(value, self._hidden())
        return _Value(field, value)

    def _public(self, entry: EntryLike) -> bool:
        kind = self._dictionary.kinds.get(entry.kind)
        return kind is not None and kind.stream == "publication"

    def _hidden(self) -> list[Secret]:
        """Guarded values that the reader may not see, which a text for the public may have given away."""
        return [one for one in secrets(self._earlier) if one.part in self._withhold]

    def _of_kind(self, kind: str, name: str) -> str:
        entry = self.last(kind)
        return self._moment(name, entry) if entry else ""

    def _moment(self, name: str, entry: EntryLike) -> str:
        if name in _MOMENTS:
            return _MOMENTS[name](entry)
        who, unit = self.agency.person(entry.actor, entry.index)
        return who if name == "$by" else unit

    def _own(self, name: str) -> str:
        if name in MOMENTS:
            return self._moment(name, self._entry)
        if name in OF_THE_AGENCY:
            return self.agency.terms(self._entry.recorded_ms).get(name.removeprefix("$"), "")
        if name == "$sentence":
            return self.fill(self._dictionary.kinds[self._entry.kind].sentence)
        if name == "$case_name":
            return self._case_name()
        if name == "$cause":
            return self.word(parse_ref("decided.cause|filed.cause")).removeprefix("涉嫌")
        if name == "$case_number":
            return self.word(parse_ref("filed.number"))
        return self.word(parse_ref("decided.number")) if name == "$decision_number" else self.agency.name

    def _case_name(self) -> str:
        """当事人 + 涉嫌 + 案由 + 案; after the decision without 涉嫌."""
        party = self.word(parse_ref("filed.party_name|decided.party_name"))
        cause = self.word(parse_ref("filed.cause|decided.cause"))
        if not party or not cause:
            return ""
        word = "" if cause.startswith("涉嫌") or self.last("decided") else "涉嫌"
        return f"{party}{word}{cause}{'' if cause.endswith('案') else '案'}"


_MOMENTS: dict[str, Callable[[EntryLike], str]] = {
    "$happened": lambda entry: values.format_instant(entry.happened_ms),
    "$happened_on": lambda entry: format_date(local_date(entry.happened_ms)),
    "$recorded": lambda entry: values.format_instant(entry.recorded_ms),
}


def title_of(scope: Scope) -> str:
    """The document's title, by a field's value where the form says so."""
    if scope.form.titles_by:
        value = str(scope.find(scope.form.titles_by).value)
        return dict(scope.form.titles).get(value, scope.form.title)
    return scope.form.title


def _replaced(scope: Scope) -> list[dict[str, Any]]:
    """更正: what was made in the place of another paper names it, by its number or by its place in the log."""
    old = scope.replaced()
    if old is None:
        return []
    named = old.word(scope.form.number) or f"记录号 {old.entry.index}"
    day = format_date(local_date(old.entry.recorded_ms))
    return [{"kind": "text", "value": [f"本文书更正并代替本机关{day}的《{title_of(old)}》（{named}）。"]}]


def seal_of(entry: EntryLike) -> str:
    """校验码: the beginning of the entry's leaf hash, as it stands in the footer."""
    return entry.leaf_hash.hex()[:16]


def _code_lines(entry: EntryLike, agency: Issuer) -> list[str]:
    head = agency.head(entry.index)
    lines = [f"记录号 {entry.index}　校验码 {seal_of(entry)}"]
    return [*lines, f"日志 {entry.index + 1} 条　日志头 {head}"] if head else lines


def _check(entry: EntryLike, form: Form, agency: Issuer, withhold: Collection[str]) -> dict[str, str]:
    """The code of the whole document; what a reader may not see whole is a copy and carries none."""
    if _is_partial(form, withhold):
        return {}
    return {"site": agency.site, "code": code_of(entry.leaf_hash, form.id, form.version)}


def _is_partial(form: Form, withhold: Collection[str]) -> bool:
    """Whether something that the paper holds is kept from this reader."""
    return bool(form.guarded & set(withhold))


def _footer(scope: Scope) -> list[dict[str, Any]]:
    """The signature line at the foot of every page: who signed, or room to sign."""
    signed = scope.find(scope.form.footer_sign) if scope.form.footer_sign else None
    if signed is not None and not signed.blank:
        line: dict[str, Any] = {"label": "签名", "value": signed.inline()}
        drawn = any(row.get("pages") for row in signed.value)
        return [line | ({"drawn": [_under_each_page(row) for row in signed.value]} if drawn else {})]
    return [{"label": label, "value": ""} for label in scope.form.footer]


def _under_each_page(row: Mapping[str, Any]) -> dict[str, Any]:
    """Who signed, and what he drew under each page."""
    return {"said": values.signed_line(row), "pages": [values.drawn(page) for page in row.get("pages") or ()]}


def _block(scope: Scope, block: Block) -> dict[str, Any] | None:
    if not scope.shows(block):
        return None
    if block.kind == "rows":
        return {"kind": "rows", "rows": [[_cell(scope, ref) for ref in row] for row in block.rows]}
    if block.kind == "text":
        return {
            "kind": "text",
            "value": [line for line in scope.fill(block.text).split("\n") if line.strip()],
        }
    if block.kind == "heading":
        return {"kind": "heading", "text": scope.fill(block.text)}
    if block.kind == "table" and block.ref:
        return _table(scope, block.ref, total=block.total)
    if block.kind == "pictures" and block.ref:
        return _pictures(scope, block)
    value = scope.find(block.ref).paragraphs() if block.ref else []
    signs = _signs(scope, block)
    if block.kind == "sign" and not signs:  # nobody signed and nobody is to: struck like every blank
        return {"kind": "rows", "rows": [[{"label": block.label, "value": [values.SLASH]}]]}
    return {"kind": block.kind, "label": block.label, "value": value, "signs": signs}


def _cell(scope: Scope, ref: Ref) -> dict[str, Any]:
    return {"label": ref.label, "value": scope.find(ref).paragraphs()}


def _pictures(scope: Scope, block: Block) -> dict[str, Any]:
    """Each picture by its digest, with its own caption; `render` fetches what it looks like."""
    files = scope.find(block.ref).value or [] if block.ref else []
    told = scope.find(block.captions) if block.captions else None
    columns = told.field.columns if told else {}
    rows = list(told.value or []) if told else []
    items = []
    for number, file in enumerate(files, 1):
        row = rows[number - 1] if number <= len(rows) else {}
        caption = [f"{title}：{row.get(name) or values.SLASH}" for name, title in columns.items()]
        picture = {name: file[name] for name in ("sha256", "staged") if file.get(name)}
        items.append({"number": number, "name": str(file.get("name", "")), "caption": caption, **picture})
    stamp = scope.fill(block.text) if block.text else ""
    return {"kind": "pictures", "label": block.label, "items": items, "stamp": stamp}


def _table(scope: Scope, ref: Ref, *, total: bool = False) -> dict[str, Any]:
    found = scope.find(ref)
    head, rows = values.rows(found.field, found.value)
    if total and not found.blank:
        rows = [*rows, values.total(rows)]
    return {"kind": "table", "label": ref.label, "head": head, "rows": rows, "widths": widths_of(head, rows)}


def _signs(scope: Scope, block: Block) -> list[dict[str, Any]]:
    """Signatures given, or empty lines to sign on: one for each place that the form names, else a single one."""
    if block.sign is None and not block.places:
        return []
    found = scope.find(block.sign) if block.sign else None
    if found is not None and found.blank and block.given:
        return []
    if found is None or found.blank:
        return [empty(who) for who in places(block, scope.entry.recorded_ms)]
    return [values.signature(item) for item in found.value]
