"""对应的执法行为: a recording is about one act, which is of the kind that it names and lies on the days it was made."""

from liuhen import ledger
from liuhen.acts import registry
from liuhen.acts.act import Doing, Matter, fields_of
from liuhen.acts.correcting import standing
from liuhen.acts.matter import load_matter
from liuhen.kernel.clock import format_local, local_date
from liuhen.ledger import Entry

OF, SUBJECT = "of", "subject"


def of_one_act(doing: Doing) -> dict[str, str]:
    """Messages where the act chosen is none of the kind chosen, or was done on other days than the recording."""
    of, subject = doing.payload.get(OF), doing.payload.get(SUBJECT)
    entries = _around(doing.matter).entries if doing.matter and of and subject else ()
    kinds = registry.dictionary().kinds
    found = [
        entry
        for entry in entries
        if entry.kind in kinds and str(fields_of(entry).get(kinds[entry.kind].key)) == subject
    ]
    if not found:
        return {}
    fitting = [entry for entry in found if entry.kind == of]
    if not fitting:
        title, chosen = kinds[found[-1].kind].title, kinds[str(of)].title
        return {
            SUBJECT: f"对应的执法行为：所选的是“{title}”，“记录的执法行为”填的是“{chosen}”，"
            "两者应当是同一件，请改正其中一项"
        }
    return _of_its_days(doing, standing(fitting[0], entries))


def _of_its_days(doing: Doing, act: Entry) -> dict[str, str]:
    """An act with a beginning and an end is recorded while it lasts, not on another day."""
    first, last = doing.payload.get("started"), doing.payload.get("ended")
    span = registry.dictionary().kinds[act.kind].span
    if not span or not isinstance(first, int) or not isinstance(last, int):
        return {}
    known = [int(at) for name in span if (at := fields_of(act).get(name)) is not None]
    begun, ended = min(known, default=act.happened_ms), max(known, default=act.happened_ms)
    if local_date(first) <= local_date(ended) and local_date(begun) <= local_date(last):
        return {}
    return {
        SUBJECT: f"对应的执法行为：这一行为是 {format_local(begun)} 至 {format_local(ended)} 的，"
        f"音像是 {format_local(first)} 至 {format_local(last)} 记录的，不是同一天，请核对选择的行为或者记录的时间"
    }


def _around(matter: Matter) -> Matter:
    """What a recording is about happened in the case that took it in."""
    if matter.type != "recording":
        return matter
    above = sorted(ledger.adopters({matter.stream}) - {matter.stream})
    return load_matter(above[0]) if above else matter
