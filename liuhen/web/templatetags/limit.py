"""`{% limit when working provisional %}`: by when, and how that was worked out. Written here: a page has a hundred."""

from collections.abc import Sequence
from html import escape

from django import template
from django.utils.safestring import SafeString

from liuhen.acts.cited import in_words
from liuhen.web.words import When

register = template.Library()

_PROVISIONAL = '<p class="mb-1">该年度的节假日安排还没有公布，期限为暂定。</p>'


@register.simple_tag
def limit(when: When, working: Sequence[str], provisional: bool) -> SafeString:
    """The limit in words; what led to it unfolds."""
    late = " late" if when.late else ""
    return SafeString(f'<div class="limit{late}">{_said(when, working, provisional)}</div>')


def _said(when: When, working: Sequence[str], provisional: bool) -> str:
    """Every text in it is escaped here."""
    text = escape(when.text)
    if not working and not when.full:
        return text
    full = f'<p class="mb-1"><strong>{escape(when.full)}</strong></p>' if when.full else ""
    lines = "".join([f"<li>{escape(in_words(line))}</li>" for line in working])
    return (
        f'<details class="working" data-hover><summary>{text or "怎样得出"}</summary><div class="in">{full}'
        f"{_PROVISIONAL if provisional else ''}{f'<ul>{lines}</ul>' if working else ''}</div></details>"
    )
