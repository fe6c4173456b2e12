"""决定及其前后: decided once, performed and delivered after it, judged by whom the law asks. Checks of acts."""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta

from liuhen.acts import registry
from liuhen.acts.act import Check, Doing, fields_of
from liuhen.acts.matter import law_of
from liuhen.kernel.clock import format_date, format_local, local_date
from liuhen.law.reading import answers_for, role_titles
from liuhen.law.text.numerals import to_int


def put_to_him(doing: Doing) -> Mapping[str, str]:
    """A judgement is given by whom the law asks for it, and by nobody else."""
    asked = doing.payload["ask"]
    found = next((ask for ask in law_of(doing.actor.agency).bundle.asks() if ask.id == asked), None)
    if found is None:
        return {"ask": "判断事项：本机关适用的办法中没有这一问题，请从案件页重新打开"}
    if found.who and not set(found.who) & (doing.actor.roles | answers_for(doing.actor.roles)):
        titles = role_titles()
        return {"ask": f"判断事项：这一问题由{'或者'.join(titles[role] for role in found.who)}回答"}
    return {}


def not_before(kind: str, field: str) -> Check:
    """The act does not happen before the latest entry of a kind: a delivery before its decision.

    A correction of it, not before what stood when it was first entered.
    """

    def check(doing: Doing) -> Mapping[str, str]:
        upto = doing.corrected.index if doing.corrected else None
        found = doing.matter.all(kind) if doing.matter else ()
        entry = next((one for one in reversed(found) if upto is None or one.index < upto), None)
        if entry is None or doing.happened_ms >= entry.happened_ms:
            return {}
        before = f"{registry.dictionary().kinds[kind].title}（{format_local(entry.happened_ms)}）"
        return {field: f"发生时间：早于{before}，请按实际时间填写"}

    return check


def only_to_enforce(doing: Doing) -> Mapping[str, str]:
    """Under a decision that stands nothing is drafted but the application to the court."""
    standing = decided_once(doing)
    if not standing or doing.payload["decision_kind"] == "court_enforcement":
        return {}
    return {"decision_kind": "决定种类：本案已有决定，当事人拒不履行的，只能草拟申请法院强制执行"}


def decided_once(doing: Doing) -> Mapping[str, str]:
    """A case is decided once, unless the decision did not stand."""
    decided = doing.matter.last("decided") if doing.matter else None
    outcome = doing.matter.last("outcome_received") if doing.matter else None
    if decided is None or (outcome and outcome.index > decided.index and outcome.open["outcome"] != "upheld"):
        return {}
    number = fields_of(decided).get("number", "")
    return {"": f"本案已经作出决定（{number}），不能再作一次；决定被变更、撤销的，请先登记结果"}


def correction_said(doing: Doing) -> Mapping[str, str]:
    """A decision that orders a correction and nothing else orders it."""
    if doing.payload.get("decision_kind") != "correct" or doing.payload.get("correction_ordered"):
        return {}
    field = registry.kind_of(doing.act).fields["correction_ordered"]
    return {
        "correction_ordered": f"{field.label}：决定种类是责令改正的，应当选“是”；不责令改正的，请重新草拟决定"
    }


_WITHIN = re.compile(r"收到[^。；]{0,20}?之日起([0-9]{1,3}|[一二三四五六七八九十百]{1,5})日内")


def last_day_fits(doing: Doing) -> Mapping[str, str]:
    """The last day to perform is not before the days from receipt have run out that the decision itself gives."""
    until, said = (
        doing.payload.get("perform_until"),
        _WITHIN.findall(str(doing.payload.get("performance") or "")),
    )
    if not until or not said:
        return {}
    with suppress(ValueError):  # no number after all
        days = max(map(to_int, said))
        first = local_date(doing.happened_ms) + timedelta(days=days)
        if date.fromisoformat(str(until)) < first:
            label = registry.kind_of(doing.act).fields["perform_until"].label
            return {
                "perform_until": f"{label}：履行方式和期限写的是收到之日起{days}日内，"
                f"今天就送达也要到{format_date(first)}才届满；请改为这一日或者以后的日期（送达要几天的，再加上几天）"
            }
    return {}


_FINED = frozenset({"penalty", "court_enforcement"})
_NOTHING_DUE = frozenset({"not_established", "transfer", "transfer_crime"})
"""Kinds of decisions that ask no money of the party."""


def money_fits(field: str) -> Check:
    """Only a penalty has a fine; what was not established, or goes to another, has nothing to be paid.

    `field` says which kind of decision it is.
    """

    def check(doing: Doing) -> Mapping[str, str]:
        spec = registry.kind_of(doing.act).fields
        said = str(doing.payload.get(field) or "")
        wrong = [] if said in _FINED else ["amount"]
        wrong += ["refund"] if said in _NOTHING_DUE else []
        title, kind = spec[field].choices.get(said, said), spec[field].label
        return {
            name: f"{spec[name].label}：“{title}”没有这一项，请清空；确有这一项的，改选{kind}"
            for name in wrong
            if said and doing.payload.get(name)
        }

    return check


def suspended_once(doing: Doing) -> Mapping[str, str]:
    """What stands still is not stopped again: time left out of a limit does not overlap."""
    matter = doing.matter
    over = {fields_of(entry)["suspension"] for entry in (matter.all("resumed") if matter else ())}
    if all(fields_of(entry)["suspension"] in over for entry in (matter.all("suspended") if matter else ())):
        return {}
    return {"": "本案已经中止调查，还没有恢复：中止的时间不能重叠，请先恢复调查"}


DECIDING = (decided_once, correction_said, last_day_fits)
"""What is asked of a decision itself."""
