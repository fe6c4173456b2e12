"""Acts about documents: the templates of numbers, an agency's own forms, and voids."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from liuhen.acts import registry
from liuhen.acts.act import Act, Doing, Matter, fields_of
from liuhen.acts.matter import law_of
from liuhen.acts.registry import Projection, Row
from liuhen.documents import numbering
from liuhen.documents.catalogue import FIRST_OWN_VERSION
from liuhen.documents.not_yet import signed_pages_stand
from liuhen.documents.own_forms import problems
from liuhen.documents.queries import DocumentRef, documents_of
from liuhen.documents.terms import TERMS, terms_fit, terms_rows
from liuhen.documents.voids import VOIDED, named_entry, voided
from liuhen.documents.witness import issuer
from liuhen.kernel.clock import format_local, local_date

REGISTER, CASE = frozenset({"register"}), frozenset({"case"})
TEMPLATE, FORM = "template_set", "own_form_set"
VOIDS = "document"
"""The field that names what is declared void; the other fields follow from it."""
_SHEETS = ("void_", "plain_")
"""Papers that nobody declares void: of voids, and the sheets of entries without a form."""
QUESTIONS, PHRASES = "question_set_kept", "phrases_kept"


def _template_fits(doing: Doing) -> Mapping[str, str]:
    """A template gives distinct numbers, and no number of its first year is taken yet."""
    template, series, year = (doing.payload[name] for name in ("template", "series", "from_year"))
    try:
        numbering.check_template(template)
    except numbering.TemplateError as error:
        return {"template": f"文号格式：{error}"}
    this_year = local_date(doing.now_ms).year
    if year < this_year:
        return {"from_year": f"从哪一年起：不能早于今年（{this_year}年），以前的文号不能改"}
    taken = numbering.last_number(doing.actor.agency, series, year)
    if taken:
        text = f"从哪一年起：{year}年已经用到第{taken}号，同一年的文号格式不能改，请从{year + 1}年起"
        return {"from_year": text}
    return {}


def _form_whole(doing: Doing) -> Mapping[str, str]:
    """Nothing that the law or the list asks of the form was lost; documents of today keep today's form."""
    since, today = date.fromisoformat(doing.payload["since"]), local_date(doing.now_ms)
    if since <= today:
        return {"since": "启用日期：应当晚于今天，已经制作的文书保持原来的样式"}
    packs = law_of(doing.actor.agency).bundle.packs
    found = problems(doing.payload["text"], doing.payload["form"], packs)
    return {"text": "样式定义：" + "；".join(found)} if found else {}


def _document_stands(doing: Doing) -> Mapping[str, str]:
    """The document is one of this matter and is not void already."""
    if doing.matter is None:
        return {}
    entry = named_entry(doing.payload["document"], doing.matter.entries)
    refs = [
        ref for ref in documents_of(doing.matter.entries, issuer(doing.actor.agency)) if ref.entry_id == entry
    ]
    if entry is None or not refs:
        return {"document": "文书：不是本案的文书，请填写文号，或者从本案的文书中选择"}
    if entry in voided(doing.matter.entries):
        return {"document": f"文书：《{refs[0].title}》已经作废"}
    return {}


def voidable(matter: Matter) -> dict[str, str]:
    """The papers of a matter that stand, as a void names them: by the 文号, without one by the paper itself."""
    return {name: f"{ref.listed}　{ref.number}　{format_local(ref.made_ms)}" for name, ref in _papers(matter)}


def suggested_void(agency: str, typed: Mapping[str, Any], matter: Matter | None) -> registry.Suggested:
    """Title and 文号 of the paper that is declared void."""
    ref = dict(_papers(matter)).get(str(typed.get(VOIDS, ""))) if matter is not None else None
    if ref is None:
        return {}
    told = f"《{ref.title}》（{format_local(ref.made_ms)}）"
    return {"title": (ref.title, told), **({"number": (ref.number, told)} if ref.number else {})}


def _papers(matter: Matter) -> list[tuple[str, DocumentRef]]:
    """Those that stand, what went out last: of several under one 文号 it is the one that is meant."""
    refs = [
        ref
        for ref in documents_of(matter.entries, issuer(matter.agency))
        if not ref.ended and not ref.form.startswith(_SHEETS)
    ]
    found = {_named(ref, matter): ref for ref in sorted(refs, key=lambda ref: ref.reach == "outer")}
    return sorted(found.items(), key=lambda one: -one[1].made_ms)


def _named(ref: DocumentRef, matter: Matter) -> str:
    return ref.number if named_entry(ref.number, matter.entries) == ref.entry_id else ref.id


def _templates(matter: Matter) -> list[Row]:
    rows: dict[tuple[str, int], dict[str, Any]] = {}
    for entry in matter.all(TEMPLATE):
        own = fields_of(entry)
        rows[own["series"], own["from_year"]] = {
            "stream": matter.stream, "agency": matter.agency, "series": own["series"],
            "year": own["from_year"], "template": own["template"],
        }  # fmt: skip
    return list(rows.values())


def _forms(matter: Matter) -> list[Row]:
    versions: dict[str, int] = {}
    rows: list[Row] = []
    for entry in matter.all(FORM):
        own = fields_of(entry)
        version = versions[own["form"]] = versions.get(own["form"], FIRST_OWN_VERSION - 1) + 1
        rows.append({
            "stream": matter.stream, "agency": matter.agency, "form": own["form"], "version": version,
            "since": own["since"], "text": own["text"],
        })  # fmt: skip
    return rows


def _of(*kinds: str) -> Any:
    return lambda entry: entry.kind in kinds


def register() -> None:
    """Make acts and projections known to the door."""
    registry.register(
        Act(TEMPLATE, on=REGISTER, new_key=True, checks=(_template_fits,)),
        Act(FORM, on=REGISTER, new_key=True, checks=(_form_whole,)),
        Act(TERMS, on=REGISTER, new_key=True, checks=(terms_fit,)),
        Act(VOIDED, on=CASE, new_key=True, checks=(_document_stands,)),
        Act(QUESTIONS, on=REGISTER, new_key=True),
        Act(PHRASES, on=REGISTER, new_key=True),
    )
    registry.register_check(signed_pages_stand)
    registry.register_chosen("void_document", VOIDS, suggested_void)
    registry.register_projection(
        Projection(
            "document_template", "stream", ("stream", "series", "year"),
            ("stream", "agency", "series", "year", "template"), _templates, REGISTER, bears=_of(TEMPLATE),
        )
    )  # fmt: skip
    registry.register_projection(
        Projection(
            "document_own_form", "stream", ("stream", "form", "version"),
            ("stream", "agency", "form", "version", "since", "text"), _forms, REGISTER, bears=_of(FORM),
        )
    )  # fmt: skip
    registry.register_projection(
        Projection(
            "document_terms", "stream", ("stream", "entry"),
            ("stream", "entry", "agency", "since", "recorded", "said"), terms_rows, REGISTER, bears=_of(TERMS),
        )
    )  # fmt: skip
