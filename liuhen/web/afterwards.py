"""办理以后提醒的: what was let in and still should be looked at, said at once to whoever did it."""

from liuhen.acts import Receipt
from liuhen.acts.cited import citation
from liuhen.acts.matter import load_matter
from liuhen.cases.drafted import DRAFT_ACT, against_the_sums
from liuhen.recordings.length import differs
from liuhen.web.hindered import WEIGHED, hindered

_STORES = "store_recording"


def warnings(act: str, receipt: Receipt, now_ms: int) -> list[str]:
    """The sentences to be shown; none for most acts."""
    if act == DRAFT_ACT:
        found = against_the_sums(load_matter(receipt.stream), now_ms)
        return [f"按这一稿不能作出决定：{reason.sentence(citation)}" for reason in found]
    if act in WEIGHED:
        return [said] if (said := hindered(act, load_matter(receipt.stream), now_ms)) else []
    text = differs(load_matter(receipt.stream)) if act == _STORES else ""
    return [f"已经储存，请核对时长：{text}"] if text else []
