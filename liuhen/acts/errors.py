"""What the door answers when it does not let an act in. Every text is Chinese and tells what to do next."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """One reason why an act is refused: the rule, its article, what stands in the way, and the way out.

    `needs`: the names of what must be known first (a judgement, a figure of the agency), where it is that.
    """

    rule: str
    article: str
    text: str
    remedy: str = ""
    who: str = ""
    needs: tuple[str, ...] = ()

    def sentence(self, cite: Callable[[str], str] = str) -> str:
        """The reason as one sentence: 原因（条文）。办法。`cite`: how the article is named, as packs do if absent."""
        cited = f"（{cite(self.article)}）" if self.article else ""
        return f"{self.text}{cited}。{self.remedy}".replace("。。", "。")


class ActError(Exception):
    """An act that did not enter the record; nothing was written."""


class Refused(ActError):
    """不得办理: the law or the table of roles forbids the act. `reasons` holds all of them at once."""

    def __init__(self, reasons: Sequence[Reason]):
        self.reasons = tuple(reasons)
        super().__init__("；".join(reason.sentence() for reason in self.reasons))


class Invalid(ActError):
    """填写有误: `errors` maps a field's identifier to its Chinese message; the key "" speaks of the whole form.

    `reasons`: what the law refuses besides, as far as what was filled in tells: said at once, not once that is mended.
    """

    def __init__(self, errors: Mapping[str, str], reasons: Sequence[Reason] = ()):
        self.errors = dict(errors)
        self.reasons = tuple(reasons)
        super().__init__("；".join(self.errors.values()))


class Moved(ActError):
    """情况已变化: somebody performed this act since the form was opened. `happened` says what and by whom."""

    def __init__(self, happened: str):
        self.happened = happened
        super().__init__(happened)


class UnknownAct(ActError):
    """No act of that name is registered."""
