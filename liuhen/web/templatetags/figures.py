"""`{% to_set needs %}`: where a figure that is lacking is set; for whoever may not set it, who does."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from liuhen.accounts.permissions import table
from liuhen.acts.matter import law_of
from liuhen.web import figures, roles

register = template.Library()


@register.simple_tag(takes_context=True)
def to_set(context: dict[str, Any], needs: Iterable[str]) -> SafeString:
    """Links to the form with the figure chosen, each on a line of its own; nothing where no figure is lacking."""
    me, wanted = context["me"], set(needs)
    if not wanted or not any(spec.id in wanted for spec in law_of(me.agency).bundle.figures()):
        return SafeString("")
    found = figures.to_set(wanted, me.actor)
    if not found:
        who = roles.named(table()[figures.ACT]["roles"], "或者")
        return format_html('<br><span class="soft">由{}在“机关设置”中设定。</span>', who)
    return format_html_join("", '<br><a href="{}">{}</a>', ((url, title) for title, url in found.items()))
