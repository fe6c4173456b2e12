"""`{% limit when working provisional %}`: by when, and how that was worked out. Written here: a page has a hundred."""

from collections.abc import Sequence

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from liuhen.acts.cited import in_words
from liuhen.web.words import When

register = template.Library()

_PROVISIONAL = SafeString('<p class="mb-1">该年度的节假日安排还没有公布，期限为暂定。</p>')


@register.simple_tag
def limit(when: When, working: Sequence[str], provisional: bool) -> SafeString:
    """The limit in words; what led to it unfolds."""
    return format_html(
        '<div class="limit{}">{}</div>', " late" if when.late else "", _said(when, working, provisional)
    )


def _said(when: When, working: Sequence[str], provisional: bool) -> SafeString:
    if not working and not when.full:
        return escape(when.text)
    return format_html(
        '<details class="working" data-hover><summary>{}</summary><div class="in">{}{}{}</div></details>',
        when.text or "怎样得出",
        format_html('<p class="mb-1"><strong>{}</strong></p>', when.full) if when.full else "",
        _PROVISIONAL if provisional else "",
        format_html(
            "<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((in_words(line),) for line in working))
        )
        if working
        else "",
    )
