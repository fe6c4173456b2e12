"""A file of published cases: JSON as documented in docs/published-cases.md, read without adding anything to it."""

import json
import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from liuhen.kernel.money import format_yuan

UNSTATED = "公开材料未载明"
"""What a text field that a form demands says where the source does not."""

_KNOWN = frozenset(
    "id url source_form agency region_gbt2260 party party_kind doc_no party_id_type party_id rep_masked filed inspected"
    " notified decided published review_applied violation_period violations refund_total fine_groups fine_total total"
    " pay_within_days basis basis_conduct local_basis evidence decision_type agreement recovered transfer criminal"
    " other_agency clue suspend_settlement_months outcome fine_paid points test truncated".split()
)
_KNOWN_OF_A_VIOLATION = frozenset(
    "type loss fine multiple basis item quantity items_count loss_split claimed amount confiscated illegal_amount"
    " proposed_fine proposed_multiple persons_times times problems fine_minus_loss_x_multiple".split()
)
_SUMS = ("loss", "fine", "claimed", "amount", "confiscated", "illegal_amount", "proposed_fine")
_DAY = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")


class PublishedError(ValueError):
    """已公布案件的文件读不了; the message is Chinese and names the case and the field."""


@dataclass(frozen=True)
class Day:
    """A date of the source: `last` is the last day that it can mean, `exact` whether the day itself is stated."""

    text: str
    last: date
    exact: bool


@dataclass(frozen=True)
class Published:
    """已公布的一件案件. `words` is what the source says, under the names of the format."""

    id: str
    words: Mapping[str, Any]

    def text(self, name: str) -> str:
        """The text of a field; empty when not stated."""
        value = self.words.get(name)
        return "、".join(map(str, value)) if isinstance(value, list) else str(value or "")

    def listed(self, name: str) -> list[Any]:
        """A field as a list, whether one value or several were stated."""
        value = self.words.get(name)
        return list(value) if isinstance(value, list) else [] if value in (None, "") else [value]

    def day(self, name: str) -> Day | None:
        """A date of the source, to the day or to the month."""
        return read_day(str(self.words[name])) if self.words.get(name) else None

    def fen(self, name: str) -> int | None:
        """A sum of the source in 分."""
        return fen_of(self.words.get(name))

    @property
    def parties(self) -> list[str]:
        """当事人, each by itself."""
        return [str(party) for party in self.listed("party")]

    @property
    def violations(self) -> list[Mapping[str, Any]]:
        """违法行为, as stated."""
        return list(self.words.get("violations") or [])

    @property
    def cause(self) -> str:
        """案由: the violations by name."""
        return "；".join(str(each.get("type", UNSTATED)) for each in self.violations) or UNSTATED

    @property
    def basis(self) -> list[str]:
        """依据: of the whole case and of each violation."""
        named = [*self.listed("basis"), *(one for each in self.violations for one in each.get("basis", []))]
        return list(
            dict.fromkeys(map(str, [*named, *self.listed("basis_conduct"), *self.listed("local_basis")]))
        )

    def sum_of(self, name: str) -> int | None:
        """The sum of one field over the violations; None when none states it."""
        stated = [fen for each in self.violations if (fen := fen_of(each.get(name))) is not None]
        return sum(stated) if stated else None

    @property
    def fine(self) -> int | None:
        """罚款合计, 分: as stated, else added up."""
        total = self.fen("fine_total")
        return self.sum_of("fine") if total is None else total

    @property
    def refund(self) -> int | None:
        """损失（应退）合计, 分: as stated, else added up."""
        total = self.fen("refund_total")
        return self.sum_of("loss") if total is None else total

    @property
    def facts(self) -> str:
        """What was found, every violation with the sums stated for it."""
        said = []
        for each in self.violations:
            sums = [
                f"{_NAMES[name]}{format_yuan(fen)}元"
                for name in _SUMS
                if (fen := fen_of(each.get(name))) is not None
            ]
            others = [f"{each[name]}{unit}" for name, unit in _COUNTS if each.get(name)]
            said.append("，".join([str(each.get("type", UNSTATED)), *others, *sums]))
        period = self.text("violation_period").replace("、", "至")
        return "；".join(filter(None, [period and f"违法期间{period}", *said])) or UNSTATED

    @property
    def unused(self) -> list[str]:
        """Fields of the source that the format does not know: named, not dropped in silence."""
        of_violations = {name for each in self.violations for name in each} - _KNOWN_OF_A_VIOLATION
        return sorted({*(set(self.words) - _KNOWN), *(f"violations.{name}" for name in of_violations)})


_COUNTS = (
    ("item", ""),
    ("quantity", ""),
    ("items_count", ""),
    ("persons_times", "人次"),
    ("times", "次"),
    ("problems", "个问题"),
)
_NAMES = {
    "loss": "造成损失",
    "fine": "罚款",
    "claimed": "申报",
    "amount": "涉及",
    "confiscated": "没收",
    "illegal_amount": "违规金额",
    "proposed_fine": "拟罚款",
}


@dataclass(frozen=True)
class Source:
    """A file of published cases, and the day on which it was gathered."""

    as_of: date
    cases: tuple[Published, ...]


def read_day(text: str) -> Day:
    """A date to the day or to the month. Raises `PublishedError`."""
    found = _DAY.fullmatch(text)
    try:
        if found is None:
            raise ValueError(text)
        year, month, day = int(found[1]), int(found[2]), int(found[3] or 0)
        return Day(text, date(year, month, day or monthrange(year, month)[1]), bool(day))
    except (ValueError, IndexError) as error:
        raise PublishedError(f"日期“{text}”看不懂，写作 2026-03-02 或者 2026-03") from error


def fen_of(value: Any) -> int | None:
    """分 of a number of 元; None for what is not a number."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return int((Decimal(value) * 100).to_integral_value())


def read_published(path: Path) -> Source:
    """One file. Raises `PublishedError`."""
    try:
        root = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except OSError as error:
        raise PublishedError(f"{path} 读不了：{error.strerror}；核对文件名") from error
    except ValueError as error:
        raise PublishedError(f"{path} 不是 JSON：{error}；照 docs/published-cases.md 改写") from error
    if not isinstance(root, dict) or not isinstance(root.get("cases"), list):
        raise PublishedError(f"{path} 没有 cases 列表；照 docs/published-cases.md 改写")
    as_of = str((root.get("_header") or {}).get("as_of", ""))
    if not as_of:
        raise PublishedError(f"{path} 没有写 _header.as_of（资料截止日）；没有日期的案件要按它登记")
    return Source(
        read_day(as_of).last, tuple(_case(each, place) for place, each in enumerate(root["cases"], 1))
    )


def _case(words: Any, place: int) -> Published:
    if (
        not isinstance(words, dict)
        or not words.get("id")
        or not words.get("party")
        or not words.get("agency")
    ):
        raise PublishedError(f"第{place}件没有写 id、party 或者 agency；补上")
    case = Published(str(words["id"]), words)
    if not all(isinstance(each, dict) for each in words.get("violations") or []):
        raise PublishedError(f"{case.id}：violations 的每一项应当写作 {{type: …, loss: …}}")
    for name in ("filed", "inspected", "notified", "decided", "published", "review_applied"):
        try:
            case.day(name)
        except PublishedError as error:
            raise PublishedError(f"{case.id}：{name} {error}") from error
    return case
