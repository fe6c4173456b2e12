"""重新告知: the new evidence for which more is proposed was obtained after the party was first told."""

from collections.abc import Mapping

from liuhen.acts import registry
from liuhen.acts.act import Doing, Matter, fields_of
from liuhen.ledger import Entry

EVIDENCE = ("evidence_collected", "inquired", "inspected", "appraisal_received", "assistance_answered")
"""Kinds that hold evidence."""
FIELD = "new_evidence"


def since_first_notice(matter: Matter) -> dict[str, Entry]:
    """Evidence that happened and was entered after the first notice, by key."""
    notices = matter.all("notice_served")
    if not notices:
        return {}
    first = notices[0]
    kinds = registry.dictionary().kinds
    return {
        str(fields_of(entry)[kinds[entry.kind].key]): entry
        for kind in EVIDENCE
        if kind in kinds
        for entry in matter.all(kind)
        if entry.index > first.index and entry.happened_ms >= first.happened_ms
    }


def evidence_is_new(doing: Doing) -> Mapping[str, str]:
    """What is named as new evidence stands in the record, later than the first notice."""
    named = doing.payload.get(FIELD) or []
    known = since_first_notice(doing.matter) if doing.matter else {}
    if all(one in known for one in named):
        return {}
    label = registry.kind_of(doing.act).fields[FIELD].label
    return {FIELD: f"{label}：只能选第一次告知以后取得并登记的证据；还没有登记的，请先登记"}
