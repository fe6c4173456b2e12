"""`{% sign_link sign one %}`: where a reading is signed. `{% chosen_reading %}`: the one that a form is about."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from liuhen.web.readings import ACT, ReadingView, chosen

register = template.Library()


@register.simple_tag
def sign_link(sign: Mapping[str, str], one: ReadingView) -> SafeString:
    """审签, or 重新审签 for what was signed before."""
    url = sign.get(one.taken.name)
    if url is None:
        return SafeString("")
    word = "审签" if one.entry is None else "重新审签"
    label = f"{word}{one.cited}的读法"
    return format_html(
        '<a class="btn btn-sm btn-outline-primary text-nowrap" href="{}" aria-label="{}">{}</a>',
        url,
        label,
        word,
    )


@register.inclusion_tag("web/parts/reading.html", takes_context=True)
def chosen_reading(context: dict[str, Any], act: str, typed: Mapping[str, Any]) -> dict[str, Any]:
    """The whole reading above the form that signs it; nothing on any other form."""
    return {"taken": chosen(context["me"].agency, typed.get("reading")) if act == ACT else None}
