"""逐页签名: a paper has as many pages before anybody signs it as when all have signed and it is archived."""

from typing import Any

import pytest

from liuhen.documents.context import Issuer, context
from liuhen.documents.fonts import load_fonts
from liuhen.documents.forms import Form
from liuhen.documents.places import EMPTY_DATE
from liuhen.documents.render import render_svg
from liuhen.documents.samples import AT
from tests.documents import samples
from tests.documents.test_render import FORMS

AGENCY, FONTS = Issuer("河南省医疗保障局"), load_fonts()
NEWEST = {form.id: form for form in sorted(FORMS, key=lambda form: form.version)}
EACH_PAGE = [form for form in NEWEST.values() if form.footer_sign is not None]
FLAT = [[[80 * n, 10 * (n % 2), 15 * n] for n in range(12)]]
HIGH = [[[10 * n, 80 * n, 15 * n] for n in range(12)]]


def signed(name: str, who: str, drawn: Any) -> dict[str, Any]:
    return {"who": who, "name": name, "at": AT, "drawn": drawn, "pages": [drawn] * 3}


FOUR = [
    signed("孙永安", "asked", FLAT),
    signed("张明远", "officer", HIGH),
    signed("欧阳若溪", "officer", FLAT),
    signed("王喆祎", "recorder", HIGH),
]
REFUSED = {"who": "party", "name": "周仁和", "refused": True, "note": "看过以后离开，没有说明理由"}
LISTED = [{"who": f"{one['who']}（{one['name']}）", "name": "", "at": EMPTY_DATE} for one in FOUR]
"""As the screen shows them before they have signed."""


def pages(form: Form, lengthened: str, count: int, signatures: list[dict[str, Any]]) -> int:
    grown: dict[str, Any] = {lengthened: "\n".join(["这是其中的一行。"] * count)}
    entry = samples.entry(form.kind, full=False, **grown, signatures=signatures)
    return len(render_svg(form, context(entry, form, [entry], AGENCY), FONTS))


@pytest.mark.parametrize(
    ("form_id", "lengthened"),
    [("inquiry_record", "content"), ("inspection_record", "findings"), ("statement_record", "content")],
)
def test_the_pages_that_are_shown_are_the_pages_that_will_be(form_id, lengthened):
    """Nobody has signed, one has, one refused, all have: the last page is never one more."""
    form, found = NEWEST[form_id], {}
    for count in range(1, 30):
        courses: tuple[list[dict[str, Any]], ...] = (
            [],
            LISTED,
            [FOUR[0], *LISTED[1:]],
            [*FOUR[:2], REFUSED],
            FOUR,
        )
        found[count] = [pages(form, lengthened, count, course) for course in courses]
    assert any(before == 1 for before, *_ in found.values()), "some on one page"
    assert any(before == 2 for before, *_ in found.values()), "and some on two"
    assert {count: all for count, all in found.items() if len(set(all)) > 1} == {}


@pytest.mark.parametrize("many", [6, 9])
def test_more_who_are_listed_before_they_sign_have_their_room(many):
    form = NEWEST["statement_record"]
    listed, all = (LISTED * 3)[:many], (FOUR * 3)[:many]
    for count in range(8, 30):
        assert pages(form, "content", count, listed) == pages(form, "content", count, all), count


def test_every_record_that_is_signed_under_each_page_leaves_this_room():
    assert {form.layout for form in EACH_PAGE} == {"record"}
    assert all(form.blocks[-1].kind == "sign" for form in EACH_PAGE)
