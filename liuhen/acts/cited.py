"""An article as people cite it: `全过程记录办法第9条第2款第3项`, never by the number that packs give it."""

import re
from collections.abc import Mapping
from functools import cache

from liuhen.acts.matter import packs

_CITED = re.compile(
    r"(?P<prefix>[A-Z0-9]+(?:-[A-Z]+)?)-(?P<number>\d+)(?:\.\w+)?(?: ¶(?P<paragraph>\d+))?(?:\((?P<item>\d+)\))?"
)
_STAGE = re.compile(r"（[^（）]{1,6}）$")
_ABOUT = re.compile(r".*(?:行政执法|医疗保障系统|医疗保障局|医疗保障)")


def short_title(title: str) -> str:
    """What a measure is called between colleagues: its title without region, system and （试行）."""
    bare = _STAGE.sub("", title)
    short = _ABOUT.sub("", bare)
    return short if len(short) >= 4 else bare


def citation(cited: str) -> str:
    """A citation in words. Anything that is not one comes back as it is."""
    match = _CITED.fullmatch(cited.strip())
    title = _titles().get(match["prefix"]) if match else None
    if match is None or title is None:
        return cited
    paragraph = f"第{match['paragraph']}款" if match["paragraph"] else ""
    item = f"第{match['item']}项" if match["item"] else ""
    return f"{title}第{match['number']}条{paragraph}{item}"


def in_words(text: str) -> str:
    """A text with every citation in it put in words."""
    return _CITED.sub(lambda match: citation(match[0]), text)


def article_name(cited: str) -> str:
    """The article alone, as its page is addressed; empty for what is no citation."""
    match = _CITED.fullmatch(cited.strip())
    return f"{match['prefix']}-{match['number']}" if match and match["prefix"] in _titles() else ""


@cache
def _titles() -> Mapping[str, str]:
    return {prefix: short_title(pack.measure.title) for prefix, pack in packs().items()}
