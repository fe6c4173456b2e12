"""`{{ fen|yuan }}`: an amount as people read it."""

from django import template

from liuhen.kernel.money import format_yuan

register = template.Library()


@register.filter
def yuan(fen: int) -> str:
    """元 of an amount in fen, grouped."""
    return format_yuan(int(fen))
