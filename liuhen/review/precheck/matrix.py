"""事实、证据、依据对照: a fact without evidence, evidence of no fact, no page named, what a draft leaves out."""

from collections.abc import Iterator, Sequence

from liuhen.cases import matrix
from liuhen.cases.matrix import Line
from liuhen.cases.proofs import DRAWN, Proof, numbered, place_of, time_code
from liuhen.claims.reckoning import standing as reckonings
from liuhen.ledger import Entry
from liuhen.review.precheck.found import Finding, Looked, Standing, Unchecked, called

_CHECK = "matrix"
_DRAFT = "decision_drafted"
_SHORT = 40


def look(standing: Standing, now_ms: int) -> Looked:
    """The table against the evidence of the case, the reckonings and the draft."""
    drawn = standing.last(DRAWN)
    if drawn is None:
        yield Unchecked("事实、证据、依据对照", "没有列对照表，每项事实由哪一件证据证明没有核对")
        return
    lines, proofs = matrix.lines(standing.matter), numbered(standing.matter)
    yield from _facts(drawn, lines)
    yield from _places(drawn, lines)
    yield from _unused(drawn, lines, proofs)
    yield from _causes(standing, drawn, lines)
    yield from _draft(standing, drawn, lines)


def _facts(drawn: Entry, lines: Sequence[Line]) -> Iterator[Finding]:
    for fact in dict.fromkeys(line.fact for line in lines):
        mine = [line for line in lines if line.fact == fact]
        rows = "、".join(str(line.number) for line in mine)
        lacking = [
            what
            for what, filled in (
                ("没有证据证明", any(line.proof for line in mine)),
                ("没有写违反的条款", any(line.article for line in mine)),
                ("没有写处罚的依据", any(line.basis for line in mine)),
            )
            if not filled
        ]
        if lacking:
            yield Finding(_CHECK, f"对照表第{rows}行“{fact[:_SHORT]}”{'，'.join(lacking)}", (drawn.id,))


def _places(drawn: Entry, lines: Sequence[Line]) -> Iterator[Finding]:
    """Evidence of several pages, or one that is heard or seen, says where."""
    for line in lines:
        proof = line.proof
        if proof is None:
            continue
        place = place_of(line.place)
        if proof.pages > 1 and not place.pages:
            text = f"共{proof.pages}页，没有写在第几页"
        elif proof.seconds and not place.seconds:
            text = f"长{time_code(proof.seconds)}，没有写在几时几分几秒"
        else:
            continue
        yield Finding(_CHECK, f"对照表第{line.number}行的{proof.label}{text}", (drawn.id, proof.entry.id))


def _unused(drawn: Entry, lines: Sequence[Line], proofs: Sequence[Proof]) -> Iterator[Finding]:
    used = {line.proof.key for line in lines if line.proof}
    for proof in proofs:
        if proof.key not in used:
            since = "（列表以后取得）" if proof.entry.index > drawn.index else ""
            yield Finding(_CHECK, f"{proof.label}{since}没有用来证明任何一项事实", (proof.entry.id, drawn.id))


def _causes(standing: Standing, drawn: Entry, lines: Sequence[Line]) -> Iterator[Finding]:
    """What is fined is among the facts."""
    for entry in reckonings(standing.matter):
        cause = str(entry.open["cause"])
        if not any(cause in line.fact for line in lines):
            yield Finding(
                _CHECK, f"案由“{cause[:_SHORT]}”计算了罚款，对照表中没有这一项事实", (entry.id, drawn.id)
            )


def _draft(standing: Standing, drawn: Entry, lines: Sequence[Line]) -> Iterator[Finding]:
    """The draft names what the table as it stands names."""
    draft = standing.last(_DRAFT)
    if draft is None:
        return
    if drawn.index > draft.index:
        yield Finding(
            _CHECK,
            f"{called(drawn)}晚于{called(draft)}：草案的证据不是按现在的对照表写的",
            (draft.id, drawn.id),
        )
        return
    said = "".join(str(draft.open.get("evidence") or "").split())
    named = {line.proof.number: line.proof for line in lines if line.proof}
    left = [proof for proof in named.values() if "".join(proof.name.split()) not in said]
    if left:
        labels = "、".join(proof.label for proof in left)
        yield Finding(_CHECK, f"{called(draft)}的证据没有写到对照表中的{labels}", (draft.id, drawn.id))
