"""文书样式: the printed form of each entry kind that is a document, as data.

One definition serves the preview on the screen, the check of what is still missing and the PDF.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Layout = Literal["letter", "table", "record", "cover"]
Reach = Literal["inner", "outer"]
Volume = Literal["main", "sub"]

OWN_VALUES = {
    "$happened": "发生时间",
    "$happened_on": "日期",
    "$recorded": "登记时间",
    "$agency": "机关名称",
    "$case_name": "案件名称",
    "$case_number": "立案号",
    "$cause": "案由",
    "$decision_number": "决定书文号",
    "$sentence": "摘要",
    "$by": "登记人",
    "$by_unit": "登记人所在机构",
    "$review_organ": "行政复议机关",
    "$court": "行政诉讼管辖法院",
    "$fine_payment": "罚款的缴纳",
    "$fine_account": "罚款的收款账号",
    "$refund_payment": "基金的退回",
    "$refund_account": "基金的收款账号",
}
"""Values that no field of the dictionary holds; a form names them as `$name`."""

MOMENTS = ("$happened", "$happened_on", "$recorded", "$by", "$by_unit")
"""Those of them that an earlier entry has too: `review_submitted.$happened`."""
OF_THE_AGENCY = (
    "$review_organ",
    "$court",
    "$fine_payment",
    "$fine_account",
    "$refund_payment",
    "$refund_account",
)
"""Those that the agency has set for its papers, as they were in force on the paper's day."""
ZERO = "0"
"""A sum of nothing, as a condition asks for it: `amount=0`."""

PLAIN = "plain_"
PLACEHOLDER = re.compile(r"\{([^#{}][^{}]*)\}")


@dataclass(frozen=True)
class Ref:
    """Where a value comes from: the first of `paths` that is filled.

    A path is (kind, field); the kind is empty for the entry itself. As a condition it may ask for more than being
    filled: one of the choices `among`, or that the text says the value of `says`; `more` are further conditions.
    """

    paths: tuple[tuple[str, str], ...]
    label: str = ""
    among: tuple[str, ...] = ()
    says: "Ref | None" = None
    more: tuple["Ref", ...] = ()


@dataclass(frozen=True)
class Block:
    """One piece of a form.

    `rows`: cells; `long`, `table`: one field; `opinion`: text and signatures; `sign`: signatures, and until they are
    given a line for each of `places` (a form's `line` has places alone, to be signed on paper); `text`, `heading`:
    words with `{field}` in them. `pictures`: files shown as pictures with a row of `captions` each, and the words of
    `text` on every one. `total`: a table ends with the sum of what can be summed. `given`: signatures that were given
    and no line to sign on, for whoever signs elsewhere. `when`, `unless`: only if that field is filled (and not 否), or
    is not; a condition may name choices or what the text must say (`parse_ref`); of several all hold, or none.
    """

    kind: Literal["rows", "long", "table", "opinion", "sign", "text", "heading", "pictures"]
    label: str = ""
    text: str = ""
    rows: tuple[tuple[Ref, ...], ...] = ()
    ref: Ref | None = None
    sign: Ref | None = None
    when: Ref | None = None
    unless: Ref | None = None
    captions: Ref | None = None
    total: bool = False
    places: tuple[str, ...] = ()
    given: bool = False

    def printed(self) -> Iterator[Ref]:
        """Every reference whose value is printed, those inside the text too."""
        for row in self.rows:
            yield from row
        yield from (ref for ref in (self.ref, self.sign, self.captions) if ref)
        for name in PLACEHOLDER.findall(self.text):
            yield parse_ref(name)

    def refs(self) -> Iterator[Ref]:
        """Every reference of the block."""
        yield from self.printed()
        for condition in (self.when, self.unless):
            if condition:
                yield from (condition, *condition.more)


@dataclass(frozen=True)
class Form:
    """文书样式 of the entry kind `kind`.

    `reach`: inner 内部, outer 送达当事人; `volume`: main 正卷, sub 副卷; `order`: its place in the file;
    `when`, `unless`: made only if that field is filled (and not 否), or is not;
    `about`: what tells it from others of its title in a list;
    `guarded`: the guarded parts it may print; `titles`: the title by a field's value.
    """

    id: str
    version: int
    since: date
    title: str
    kind: str
    layout: Layout
    reach: Reach
    volume: Volume
    order: int
    blocks: tuple[Block, ...]
    number: Ref | None = None
    to: Ref | None = None
    when: Ref | None = None
    unless: Ref | None = None
    about: Ref | None = None
    titles_by: Ref | None = None
    titles: tuple[tuple[str, str], ...] = ()
    guarded: frozenset[str] = field(default_factory=frozenset)
    footer: tuple[str, ...] = ()
    footer_sign: Ref | None = None
    seal: bool = False

    @property
    def plain(self) -> bool:
        """Whether it is the sheet of a kind that has no form."""
        return self.id.startswith(PLAIN)

    def printed(self) -> Iterator[Ref]:
        """Every reference whose value comes onto the paper: not those that only decide what does."""
        yield from (ref for ref in (self.number, self.to, self.footer_sign) if ref)
        for block in self.blocks:
            yield from block.printed()

    def refs(self) -> Iterator[Ref]:
        """Every reference of the form."""
        own = (self.number, self.to, self.when, self.unless, self.about, self.titles_by, self.footer_sign)
        yield from (ref for ref in own if ref)
        for block in self.blocks:
            yield from block.refs()


def parse_ref(text: str, label: str = "") -> Ref:
    """`place`, `filed.cause`, `opinion_handler|filing_proposed.opinion`, `$agency`.

    In a condition also `decision_kind=none,recover` (one of these choices; of signatures: somebody signed
    in one of these roles), `party~party_name` (the text says it).
    """
    text, _, said = text.partition("~")
    text, _, choices = text.partition("=")
    paths = []
    for path in text.split("|"):
        kind, _, name = path.strip().rpartition(".")
        paths.append((kind, name))
    among = tuple(choice.strip() for choice in choices.split(",")) if choices else ()
    return Ref(tuple(paths), label, among, parse_ref(said) if said else None)
