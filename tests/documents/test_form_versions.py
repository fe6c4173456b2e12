"""样式的版本: a released form is never changed in place, and whatever was made with it keeps it."""

from dataclasses import replace
from datetime import date

import pytest

from liuhen.acts.matter import load_matter
from liuhen.documents.catalogue import FIRST_OWN_VERSION, catalogue
from liuhen.documents.context import Issuer
from liuhen.documents.forms import Form
from liuhen.documents.queries import documents_of
from liuhen.documents.samples import SampleEntry, sample_entry
from liuhen.law.dictionary import standard
from tests.web.played import begin
from tools.forms import digest_of, released, shipped

REMEDY = (
    "a released form is never changed: move it to forms/past/, give the new one the next version and its day"
)


def of_kind(kind: str, **kept: int) -> SampleEntry:
    entry = sample_entry(standard(), kind, "empty")
    return replace(entry, parts={**entry.parts, "judgement": {"forms": kept}})


def form(form_id: str) -> Form:
    return next(one for one in catalogue() if one.id == form_id)


def test_released_forms_are_as_they_were_released() -> None:
    now = shipped()
    assert [one for one, digest in released().items() if now.get(one) != digest] == [], REMEDY


def test_a_changed_form_is_noticed() -> None:
    one = form("decision")
    assert digest_of(replace(one, blocks=one.blocks[1:])) != digest_of(one) == digest_of(replace(one))


def test_a_new_version_does_not_reach_what_was_made_before() -> None:
    old = form("inquiry_notice")
    new = replace(old, version=old.version + 1, title="询问通知书（新）")
    forms = catalogue().with_own([new])
    assert [one.version for one in forms.made_of(of_kind("inquiry_notified", inquiry_notice=1))] == [1]
    assert [one.version for one in forms.made_of(of_kind("inquiry_notified", inquiry_notice=2))] == [2]


def test_what_kept_nothing_goes_by_the_day() -> None:
    entry = sample_entry(standard(), "inquiry_notified", "empty")
    assert [one.id for one in catalogue().made_of(entry)] == ["inquiry_notice"]


def test_an_agencys_own_form_goes_before_what_was_kept() -> None:
    own = replace(form("inquiry_notice"), version=FIRST_OWN_VERSION, since=date(2026, 1, 1))
    forms = catalogue().with_own([own])
    entry = of_kind("inquiry_notified", inquiry_notice=1)
    assert [one.version for one in forms.made_of(entry)] == [FIRST_OWN_VERSION]
    assert [one.version for one in catalogue().made_of(entry)] == [1]


def test_a_form_that_came_later_is_not_made_of_earlier_entries() -> None:
    later = replace(form("decision_approval"), id="added_later")
    forms = catalogue().with_own([later])
    entry = of_kind("decided", decision_approval=1, decision=1)
    assert {one.id for one in forms.made_of(entry)} == {"decision_approval", "decision"}


def test_a_kind_that_had_no_form_keeps_its_plain_sheet() -> None:
    (plain,) = catalogue().of("seal_release_found", date(2026, 1, 1))
    assert plain.plain
    first = replace(form("inquiry_notice"), id="first_form", kind=plain.kind, since=date(2020, 1, 1))
    forms = catalogue().with_own([first])
    assert forms.made_of(of_kind(plain.kind)) == [plain]
    assert forms.of(plain.kind, date(2026, 1, 1)) == [first]


@pytest.mark.django_db
def test_an_act_keeps_its_forms() -> None:
    filed = load_matter(begin().file_case()).last("filed")
    assert filed is not None
    assert (filed.parts["judgement"] or {})["forms"] == {"filing_approval": 1}
    assert [ref.form for ref in documents_of([filed], Issuer("某局"))] == ["filing_approval"]
