"""金额: what was confirmed row by row, what was told and what is to be decided; what the texts say of money."""

import re
from collections.abc import Iterator

from liuhen.claims.reckoning import standing as reckonings
from liuhen.claims.state import CONFIRMED, lists_of, totals
from liuhen.kernel.money import FEN_PER_YUAN, format_yuan
from liuhen.law.text.numerals import to_int
from liuhen.ledger import Entry
from liuhen.review.precheck.found import Finding, Looked, Standing, Unchecked, called

_CHECK = "sums"
_DRAFT = "decision_drafted"
_NUMBER = r"\d[\d,，]*(?:\.\d+)?\s*万?|[零〇一二两三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟]+"
_FINE = re.compile(rf"(?:处以?|罚款)(?:人民币|罚款|共计|合计|为|：|:|\s)*({_NUMBER})元")
_REFUND = re.compile(
    rf"(?:责令(?:其|当事人)?)?(?:退回|退还)(?:其|骗取的?|造成损失的?|医疗保障|医保|基金|人民币|共计|的|：|\s)*({_NUMBER})元"
)
_TIMES = re.compile(r"处(?:以|骗取金额|造成损失金额|退回金额|的)*([一二两三四五\d](?:\.\d)?)倍(?:的)?罚款")
_CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_PLACES = ("facts", "basis", "discretion", "performance", "statement_handling")
_SUMS = {"amount": ("拟罚款", "罚款"), "refund": ("拟退回", "责令退回")}
_WAN = 10_000


def look(standing: Standing, now_ms: int) -> Looked:
    """Claims, report and draft against each other; the draft's texts against its own figures."""
    draft = standing.last(_DRAFT)
    if draft is None:
        yield Unchecked("金额", "还没有决定草案，金额没有核对")
        return
    yield from _claims(standing, draft)
    yield from _report(standing, draft)
    yield from _reckoned(standing, draft)
    yield from _texts(draft)


def _claims(standing: Standing, draft: Entry) -> Looked:
    lists = lists_of(standing.matter)
    if not lists:
        yield Unchecked("金额与明细", "没有登记违规明细，退回金额没有逐行核对")
        return
    confirmed = sum(totals(one)[CONFIRMED][1] for one in lists)
    refund = int(draft.open.get("refund") or 0)
    if confirmed != refund:
        yield Finding(
            _CHECK,
            f"认定违规的明细合计{format_yuan(confirmed)}元，{called(draft)}责令退回{format_yuan(refund)}元，不一致",
            (draft.id, *(one.imported.id for one in lists)),
        )


def _report(standing: Standing, draft: Entry) -> Iterator[Finding]:
    report = standing.last("investigation_reported")
    if report is None:
        return
    for field, (told, label) in _SUMS.items():
        proposed, drafted = report.open.get(field), draft.open.get(field)
        if proposed is not None and drafted is not None and proposed != drafted:
            yield Finding(
                _CHECK,
                f"{called(report)}{told}{format_yuan(proposed)}元，{called(draft)}{label}{format_yuan(drafted)}元，不一致",
                (draft.id, report.id),
            )


def _reckoned(standing: Standing, draft: Entry) -> Iterator[Finding]:
    """What was reckoned cause by cause against the report and the draft."""
    held = reckonings(standing.matter)
    if not held:
        return
    fine = sum(int(entry.open["fine"]) for entry in held)
    for paper in (standing.last("investigation_reported"), draft):
        said = paper.open.get("amount") if paper is not None else None
        if paper is not None and said is not None and int(said) != fine:
            yield Finding(
                _CHECK,
                f"按案由计算的罚款合计{format_yuan(fine)}元，{called(paper)}填的是{format_yuan(int(said))}元，不一致",
                (paper.id, *(entry.id for entry in held)),
            )


def _texts(draft: Entry) -> Iterator[Finding]:
    for name in _PLACES:
        text = str(draft.open.get(name) or "")
        for pattern, field, label in ((_FINE, "amount", "罚款"), (_REFUND, "refund", "责令退回")):
            wanted = draft.open.get(field)
            for said in pattern.finditer(text):
                fen = amount_of(said[1])
                if fen is not None and fen != int(wanted or 0):
                    yield Finding(
                        _CHECK,
                        f"{called(draft)}的文字写“{said[0]}”，{label}填的是"
                        f"{format_yuan(int(wanted)) + '元' if wanted else '空'}",
                        (draft.id,),
                    )
    yield from _multiple(draft)


def _multiple(draft: Entry) -> Iterator[Finding]:
    """One multiple named for one sum of money: the fine is that many times it."""
    amount, base = draft.open.get("amount"), draft.open.get("refund")
    times = set(_TIMES.findall(str(draft.open.get("discretion") or "")))
    if not amount or not base or len(times) != 1:
        return
    said = times.pop()
    number = float(said) if said[0].isdigit() else float(to_int(said))
    wanted = round(base * number)
    if wanted != amount:
        yield Finding(
            _CHECK,
            f"{called(draft)}写按{said}倍处罚，退回{format_yuan(base)}元的{said}倍是{format_yuan(wanted)}元，"
            f"罚款填的是{format_yuan(amount)}元",
            (draft.id,),
        )


def amount_of(text: str) -> int | None:
    """分 of an amount as texts write it before 元: `28,400`, `2.84万`, `二万八千四百`; None where it cannot be read."""
    bare = text.replace(",", "").replace("，", "").strip().translate(_CAPITALS)
    try:
        if bare[:1].isdigit():
            head = bare.removesuffix("万").strip()
            return round(float(head) * (_WAN if bare.endswith("万") else 1) * FEN_PER_YUAN)
        high, wan, low = bare.rpartition("万")
        yuan = (to_int(high) * _WAN if wan else 0) + (to_int(low.lstrip("零")) if low.strip("零") else 0)
    except ValueError:
        return None
    return yuan * FEN_PER_YUAN
