"""机关自己的样式: forms an agency has set in its register, checked against what the law and the list ask of them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files
from pathlib import Path

from django.db import connection

from liuhen.acts.cited import citation
from liuhen.documents.catalogue import Catalogue, FormError, catalogue, read_form
from liuhen.documents.context import Issuer, context
from liuhen.documents.fonts import Fonts
from liuhen.documents.forms import Form
from liuhen.documents.kinds import contents, lost
from liuhen.documents.render import render_png
from liuhen.documents.samples import Size, sample_entry, sample_matter
from liuhen.law import Pack
from liuhen.law.dictionary import standard
from liuhen.law.rules import Owe

_PPI, _PAGES = 60, 4
"""How a sample is shown: points per inch, pages at most."""


@dataclass(frozen=True)
class Own:
    """One of an agency's own forms in its latest version; `wrong`: what it lacks of what is asked of it today."""

    form: str
    title: str
    version: int
    since: str
    wrong: tuple[str, ...]


def catalogue_of(agency: str) -> Catalogue:
    """The shipped forms and the agency's own."""
    rows = _held(agency)
    return _together(rows) if rows else catalogue()


def own_forms(agency: str, packs: Iterable[Pack]) -> list[Own]:
    """An agency's own forms, held against the list and the law as they are now: either may ask more than it did."""
    asked = tuple(packs)
    latest = {form_id: (version, since, text) for form_id, version, since, text in _held(agency)}
    titles = dict(shipped_forms())
    return [
        Own(form_id, titles.get(form_id, form_id), version, since, tuple(problems(text, form_id, asked)))
        for form_id, (version, since, text) in latest.items()
    ]


def agencies_with_own() -> list[str]:
    """The agencies that have forms of their own."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT agency FROM document_own_form ORDER BY agency")
        return [agency for (agency,) in cursor.fetchall()]


def _held(agency: str) -> tuple[tuple[str, int, str, str], ...]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT form, version, since, text FROM document_own_form WHERE agency = %s", [agency])
        return tuple(sorted(cursor.fetchall()))


_known: dict[tuple[tuple[str, int, str, str], ...], Catalogue] = {}


def _together(rows: tuple[tuple[str, int, str, str], ...]) -> Catalogue:
    if rows not in _known:
        own = [
            replace(form, version=version, since=date.fromisoformat(since))
            for form_id, version, since, text in rows
            if (form := _readable(text, form_id))
        ]
        _known.clear()
        _known[rows] = catalogue().with_own(own)
    return _known[rows]


def _readable(text: str, form_id: str) -> Form | None:
    """None where it cannot be read any more: the shipped form is used, and `own_forms` says so."""
    try:
        return read_form(text, form_id, standard())
    except FormError:
        return None


def problems(text: str, form_id: str, packs: Iterable[Pack]) -> list[str]:
    """Why this text cannot be used as the agency's form; empty when it can. In Chinese, each with what to do."""
    shipped = {form.id: form for form in sorted(catalogue(), key=lambda form: form.version)}
    standing = shipped.get(form_id)
    if standing is None:
        return [f"没有编号为“{form_id}”的样式：请从本程序的样式改起，编号保持不变"]
    try:
        form = read_form(text, form_id, standard())
    except FormError as error:
        return error.problems
    asked, gone = asked_by_law(packs, form.kind), lost(form)
    found = [
        f"文书目录要求的“{name}”{_asked_by(asked, contents(form_id)[name])}在样式里没有：请补上，或者沿用原来的样式"
        for name in gone
    ]
    if form.kind != standing.kind:
        found.append(f"from 应为 {standing.kind}：样式只能改印法，不能改由哪种记录印成")
    if standing.guarded < form.guarded:
        found.append("guarded 比原来的样式多：限阅的内容不能因改样式而多印")
    if standing.reach != form.reach or standing.volume != form.volume:
        found.append("reach、volume 不能改：它们决定文书送给谁、归在哪一卷")
    said = {contents(form_id)[name] for name in gone}
    return found + _law_lost(form, standing, {name: by for name, by in asked.items() if name not in said})


def _asked_by(asked: Mapping[str, list[str]], source: str) -> str:
    """The articles that ask one content of the list, in brackets; empty where the list alone asks it."""
    articles = [one for name in source.split("|") for one in asked.get(name.strip(), ())]
    return f"（{_cited(articles)}要求写明）" if articles else ""


def _cited(articles: Iterable[str]) -> str:
    return "、".join(dict.fromkeys(map(citation, articles)))


def _law_lost(form: Form, standing: Form, asked: Mapping[str, list[str]]) -> list[str]:
    """Contents that an article asks of the entry, printed by the standing form and dropped by this one."""
    before, now = _shown(standing), _shown(form)
    fields = standard().kinds[form.kind].fields
    return [
        f"{_cited(articles)}要求写明“{fields[name].label}”，样式里没有：请补上"
        for name, articles in asked.items()
        if (form.kind, name) in before and (form.kind, name) not in now
    ]


def asked_by_law(packs: Iterable[Pack], kind: str) -> Mapping[str, list[str]]:
    """The fields of a kind that articles ask to be filled or signed, with those articles."""
    found: dict[str, list[str]] = {}
    for pack in packs:
        for rule in pack.rules:
            if not isinstance(rule, Owe) or kind not in rule.done:
                continue
            for names in (*rule.holds, *(signed.fields for signed in rule.signed)):
                for name in names:
                    if rule.article not in found.setdefault(name, []):
                        found[name].append(rule.article)
    return found


def _shown(form: Form) -> set[tuple[str, str]]:
    return {(kind or form.kind, name) for ref in form.printed() for kind, name in ref.paths}


def shipped_forms() -> list[tuple[str, str]]:
    """编号和名称 of every form that an agency can change, by title."""
    latest = {form.id: form.title for form in catalogue() if not form.plain}
    return sorted(latest.items(), key=lambda one: one[1])


def shipped_text(form_id: str) -> str:
    """The definition of a shipped form as it is written, to be changed; empty where there is none."""
    folder = Path(str(files("liuhen.documents").joinpath("forms")))
    for path in sorted(folder.glob("*.yaml")):
        found = re.search(
            rf"^{re.escape(form_id)}:\n(?:[ \t].*\n|\n)+", path.read_text(encoding="utf-8"), re.MULTILINE
        )
        if found:
            return re.sub(r"^  (?:version|since):.*\n", "", found[0], flags=re.MULTILINE)
    return ""


def sheets(
    text: str, form_id: str, agency: Issuer, fonts: Fonts, size: Size
) -> tuple[list[bytes], list[bytes]]:
    """The same sample printed in the shipped form and in the agency's own, as pictures of pages.

    Raises `FormError`, `RenderError`, and `KeyError` for a form that is not shipped.
    """
    standing = {form.id: form for form in sorted(catalogue(), key=lambda form: form.version)}[form_id]
    # which edition it will be is not told
    own = replace(read_form(text, form_id, standard()), version=standing.version)
    dictionary = standard()
    entry = sample_entry(dictionary, standing.kind, size)
    matter = [*sample_matter(dictionary, size), entry]
    shown = []
    for form in (standing, own):
        content = context(entry, form, matter, agency) | {"code": ["样张"], "check": {}}
        shown.append(render_png(form, content, fonts, ppi=_PPI)[:_PAGES])
    return shown[0], shown[1]
