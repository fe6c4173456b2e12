"""隐去部分内容的副本: a paper from which something is kept says so in its foot; no other does, a preview neither."""

from collections.abc import Collection

from liuhen.documents.context import Issuer, context
from liuhen.documents.fonts import load_fonts
from liuhen.documents.render import render
from liuhen.documents.samples import sample_entry, sample_matter
from liuhen.law.dictionary import standard
from tests.documents.pdftext import text_of
from tests.documents.test_kinds import FORMS

_SAID = "隐去部分内容的副本"


def printed(withhold: Collection[str] = (), *, submitted: bool = True) -> str:
    form = FORMS["inquiry_record"]
    entry = sample_entry(standard(), form.kind, "full")
    matter = sample_matter(standard(), "empty")
    content = context(entry, form, [*matter, entry], Issuer("清溪县医疗保障局"), withhold=withhold)
    if not submitted:
        content |= {"code": ["预览，尚未提交"], "check": {}}
    return "".join(text_of(render(form, content, load_fonts())).split())


def test_a_copy_says_that_something_is_kept_from_it_and_nothing_else_says_so() -> None:
    assert _SAID in printed({"person"})
    assert _SAID not in printed() and "核验码" in printed()
    assert _SAID not in printed({"informant"}), "nothing that is kept from this reader stands on this paper"
    assert _SAID in printed({"person"}, submitted=False)


def test_a_preview_from_which_nothing_is_kept_is_no_copy() -> None:
    """Who is to sign it would ask what was kept from him."""
    assert "预览，尚未提交" in printed(submitted=False) and _SAID not in printed(submitted=False)
