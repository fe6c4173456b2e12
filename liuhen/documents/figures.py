"""法定的数和条文 on paper: `{#name}` in a form is an amount of a measure, the limit of a rule, or an article as a paper
cites it; it is never typed twice."""

import re
from functools import cache

from liuhen.acts.matter import packs
from liuhen.law.amounts import figures
from liuhen.law.counting import UNITS
from liuhen.law.rules import Owe
from liuhen.law.text.numerals import to_chinese

FIGURE = re.compile(r"\{#([^{}]+)\}")


class NoFigure(ValueError):
    """A form names a figure that no measure fixes; the message is Chinese."""


def with_figures(text: str) -> str:
    """The text with every figure in its place. Raises `NoFigure`."""
    return FIGURE.sub(lambda match: figure(match[1]), text)


@cache
def figure(name: str) -> str:
    """`六十` of an amount by its short name; `七个工作日` of a rule's limit; `《…》第二十六条` of an article."""
    spec = figures(packs().values()).get(name)
    if spec is not None and spec.value is not None:
        return to_chinese(spec.value)
    for pack in packs().values():
        for rule in pack.rules:
            if isinstance(rule, Owe) and rule.id == name and rule.within is not None:
                return f"{to_chinese(rule.within.amount)}{UNITS[rule.within.unit]}"
        if name in pack.articles:
            return f"《{pack.measure.title}》第{to_chinese(int(name.removeprefix(f'{pack.prefix}-')))}条"
    raise NoFigure(f"没有名为“{name}”的数：写规则包里 set 的名字、有期限的规则（条.规则），或者条文的编号")
