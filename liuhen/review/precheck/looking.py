"""机器预检一遍: every check, in the order of the table; each says what it found and what it could not look at."""

from collections.abc import Callable

from liuhen.acts.act import Matter
from liuhen.ledger.entry import file_references
from liuhen.review.precheck import cited, lengths, matrix, names, order, signing, sums, told
from liuhen.review.precheck.found import Finding, Looked, Report, Standing, Unchecked

_CHECKS: tuple[Callable[[Standing, int], Looked], ...] = (
    order.look,
    sums.look,
    names.look,
    cited.look,
    told.look,
    signing.certificates,
    signing.signatures,
    lengths.look,
    matrix.look,
)


def look(matter: Matter, now_ms: int) -> Report:
    """Everything that the machine can tell of this case at an instant, and plainly what it did not look at."""
    standing = Standing(matter)
    found: list[Finding] = []
    unchecked: list[Unchecked] = []
    for check in _CHECKS:
        for one in check(standing, now_ms):
            if isinstance(one, Finding):
                found.append(one)
            else:
                unchecked.append(one)
    return Report(list(dict.fromkeys(found)), [*dict.fromkeys(unchecked), *_never(standing)])


def _never(standing: Standing) -> list[Unchecked]:
    """What no machine judges here."""
    files = sum(len(file_references(entry.open)) for entry in standing.entries)
    unread = f"{files}个附件（照片、扫描件、音像）的内容：机器不读图像和声音，请打开查看"
    found = [Unchecked("附件", unread)] if files else []
    return [
        *found,
        Unchecked("事实和证据", "文字是否属实、证据是否足以证明：由审核人员判断"),
        Unchecked("法律适用", "引用的条款是否适合本案事实、裁量是否适当：由审核人员判断"),
    ]
