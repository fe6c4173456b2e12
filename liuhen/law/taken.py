"""读法: how a measure's articles were understood where the text leaves room; each has a name of its own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from liuhen.law.pack import Pack


@dataclass(frozen=True)
class Taken:
    """One reading that a pack took: the `number`-th of its article."""

    pack: Pack
    article: str
    number: int
    text: str

    @property
    def name(self) -> str:
        """What it is signed by: `HN-G-11:2` is the second reading of that article."""
        return f"{self.article}:{self.number}"

    @property
    def digest(self) -> str:
        """Of its text and the rules that it speaks of: what a signature under it holds for."""
        return self.pack.pieces.digest(self.article, self.text)


def readings(packs: Iterable[Pack]) -> Iterator[Taken]:
    """Every reading of these measures, in their order."""
    for pack in packs:
        for article in pack.articles.values():
            for number, text in enumerate(article.reading, 1):
                yield Taken(pack, article.id, number, text)


def reading_of(packs: Iterable[Pack], name: str) -> Taken | None:
    """The reading of that name; None where these measures have none."""
    return next((one for one in readings(packs) if one.name == name), None)
