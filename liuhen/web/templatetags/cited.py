"""`{{ article|cited }}` and `{{ article|article_url }}`."""

from django import template
from django.urls import reverse

from liuhen.acts.cited import article_name, citation

register = template.Library()


@register.filter
def cited(article: str) -> str:
    """An article as people cite it."""
    return citation(str(article))


@register.filter
def article_url(article: str) -> str:
    """The page of an article; empty for what is no article."""
    name = article_name(str(article))
    return reverse("article", args=[name]) if name else ""
