"""A clerk who works through cases about to be decided: a few ordinary acts on each, through the door."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from liuhen.accounts.actor import OfficerActor, actor_of
from liuhen.accounts.models import Officer
from liuhen.acts import perform
from liuhen.kernel.clock import MS_PER_MINUTE, FixedClock, format_local
from liuhen.kernel.ids import new_id

CLOCK = FixedClock.at("2026-05-20 09:00")
EVERY = 30 * MS_PER_MINUTE
"""So much later the next case has its turn: nobody is at three hundred deliveries in one hour."""


def clerk(cases: Sequence[str], who: str = "zhang.qingxi") -> Iterator[str]:
    """Do each ordinary act on each case in turn; gives the id of the entry that it made."""
    actor = actor_of(Officer.objects.get(username=who), CLOCK.ms)
    other = Officer.objects.exclude(id=actor.id).get(username="li.qingxi")
    for turn, case in enumerate(cases):
        clock = FixedClock(CLOCK.ms + turn * EVERY)
        for name, payload in acts(actor, other, clock.ms):
            yield perform(name, actor, payload, new_id(), clock=clock, stream=case).entry


def acts(actor: OfficerActor, other: Officer, now_ms: int) -> Sequence[tuple[str, Mapping[str, Any]]]:
    """What is done on a case about to be decided: paper served twice, somebody asked, evidence listed."""
    served_at, asked_at, listed_at = (now_ms - minutes * MS_PER_MINUTE for minutes in (1090, 2450, 1039))
    officers = [actor.id, other.id]
    served = {
        "document_name": "责令改正通知书",
        "document_number": "无",
        "method": "direct",
        "started": format_local(
            served_at
        ),  # a moment: eight clerks have the same people do it at the same time
        "ended": format_local(served_at),
        "place": "清溪县康宁诊所",
        "servers": officers,
        "recipient": "贺志远",
        "recipient_relation": "负责人",
        "signatures": [{"who": "party", "name": "贺志远", "at": format_local(served_at)}],
    }
    asked = {
        "started": format_local(asked_at),
        "ended": format_local(asked_at),
        "place": "清溪县医疗保障局询问室",
        "officers": officers,
        "recorder": other.name,
        "asked_kind": "party",
        "asked_name": "贺志远",
        "asked_post": "负责人",
        "certificates_shown": True,
        "rights_told": True,
        "content": "问：责令改正的要求是否已经落实？\n答：已经停止虚记项目，前台登记改为当面签字。\n" * 4,
        "read_back": True,
        "apart": True,
        "corrections": "无",
        "signatures": [
            {"who": "party", "name": "贺志远", "at": format_local(asked_at)},
            {"who": "officer", "name": actor.name, "at": format_local(asked_at + 2 * MS_PER_MINUTE)},
            {"who": "officer", "name": other.name, "at": format_local(asked_at + 2 * MS_PER_MINUTE)},
        ],
    }
    listed = {
        "items": [{"name": "整改后的就诊登记（复印件）", "quantity": "3页", "from_holder": "清溪县康宁诊所"}],
        "officers": officers,
        "signatures": [{"who": "party", "name": "贺志远", "at": format_local(listed_at)}],
    }
    return [("deliver", served), ("inquire", asked), ("list_evidence", listed), ("deliver", served)]
