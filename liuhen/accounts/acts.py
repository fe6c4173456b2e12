"""Acts on an agency's own register (机关登记: measures, figures, calendar …) and on its people (人员名册)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from liuhen import ledger
from liuhen.accounts import register_checks as check
from liuhen.accounts.calendar_checks import days_fit
from liuhen.accounts.projections import PEOPLE
from liuhen.acts import registry
from liuhen.acts.act import Act, Check, Doing, Made, Matter
from liuhen.acts.errors import Invalid
from liuhen.acts.matter import law_of, packs
from liuhen.kernel.clock import local_date
from liuhen.law import reading_of

REGISTER = frozenset({"register"})


_WORK = ("lead", "case", "inspection", "recording", "publication")
"""The types of streams on which the work itself is recorded."""
_PEOPLE = frozenset({PEOPLE})
WITH_EFFECT = frozenset({"reset_password", "unlock_account"})
"""Acts that do something besides their entry: they are performed where that is done, and by no general form."""


def register() -> None:
    """Make the acts of this room known to the door."""
    registry.register(
        Act("measure_adopted", on=REGISTER, made=Made(("digest",), _as_it_stands), checks=(_known_measure,)),
        Act("watch_begun", on=REGISTER, new_key=True, checks=(_not_after_work,)),
        Act("amount_set", on=REGISTER, checks=(_known_figure,)),
        Act(
            "reading_signed",
            on=REGISTER,
            made=Made(("text", "digest", "piece"), _as_it_reads),
            checks=(_objected_with_words,),
        ),
        Act("year_announced", on=REGISTER, checks=(days_fit,)),
        Act("committee_set", on=REGISTER, new_key=True),
        Act("custodian_named", on=REGISTER, new_key=True),
        Act("reads_sealed", on=REGISTER, by_system=True),
    )
    registry.register(
        Act("people_taken_over", on=_PEOPLE, new_key=True, by_system=True),
        _people("agency_changed", check.free_agency_name, new_key=True),
        _people("unit_entered", new_key=True),
        _people("person_added", check.free_name, new_key=True),
        _people("person_changed", check.in_service),
        _people("person_left", check.in_service, check.not_oneself, check.somebody_left),
        _people("person_returned", check.has_left),
        _people("certificate_entered", check.in_service, check.free_number, new_key=True),
        _people("certificate_halted", check.not_halted),
        _people("certificate_restored", check.halted),
        _people(
            "role_granted", check.in_service, check.not_oneself, check.not_held, check.separate, new_key=True
        ),
        _people("role_withdrawn", check.not_oneself, check.grant_open, check.somebody_left),
        _people("leave_recorded", check.in_service, check.substitute_fits, new_key=True),
        _people("leave_ended", check.leave_open),
        _people("password_reset", check.in_service, check.not_oneself),
        _people("account_unlocked"),
    )


def _not_after_work(doing: Doing) -> Mapping[str, str]:
    """What the system has recorded it has watched: it was begun with when the first work was entered, or before."""
    found = ledger.ask([ledger.first_stream(doing.actor.agency, type) for type in _WORK])
    days = [local_date(ledger.read([head.stream])[0].recorded_ms) for head in found if head is not None]
    if not days or str(doing.payload["from_on"]) <= min(days).isoformat():
        return {}
    return {"from_on": f"启用之日：{min(days)}已经在本系统办理事项，不得晚于这一日，其后到期的都由系统判断"}


def _as_it_stands(values: Mapping[str, Any], matter: Matter | None) -> Mapping[str, Any]:
    """The digest of the measure as the program holds it on the day of its adoption."""
    pack = packs().get(str(values.get("measure")))
    return {"digest": pack.digest} if pack else {}


def _known_measure(doing: Doing) -> Mapping[str, str]:
    """What is adopted is a measure that the program holds: without its rules nothing of the agency could be judged."""
    if doing.payload["measure"] in packs():
        return {}
    listed = "、".join(f"{pack.measure.title}（{prefix}）" for prefix, pack in packs().items())
    return {"measure": f"办法：系统里没有前缀是“{doing.payload['measure']}”的规则包，可以适用的有：{listed}"}


def _known_figure(doing: Doing) -> Mapping[str, str]:
    """What is set is a figure that a measure of the agency leaves to it."""
    known = {spec.id: spec.text for spec in law_of(doing.actor.agency).bundle.figures()}
    if doing.payload["name"] in known:
        return {}
    listed = "、".join(dict.fromkeys(known.values())) or "（无）"
    return {"name": f"规则中的名称：本机关适用的办法没有留待机关设定这一数额，可以设定的有：{listed}"}


def _as_it_reads(values: Mapping[str, Any], matter: Matter | None) -> Mapping[str, Any]:
    """The words of the reading that is signed, the digest of the measure and of what the reading itself stands on."""
    name = values.get("reading")
    if not name or matter is None:
        return {}
    found = reading_of(law_of(matter.agency).bundle.packs, str(name))
    if found is None:
        raise Invalid(
            {"reading": f"读法：本机关适用的办法里没有“{name}”这一项读法，请从“法规”的“读法”里选择"}
        )
    return {"text": found.text, "digest": found.pack.digest, "piece": found.digest}


def _objected_with_words(doing: Doing) -> Mapping[str, str]:
    """Whoever objects says why."""
    if doing.payload["opinion"] != "objected" or str(doing.payload.get("words") or "").strip():
        return {}
    return {"words": "理由：有异议的必填，写明应当怎样理解、依据是什么"}


def _people(kind: str, *checks: Check, new_key: bool = False) -> Act:
    """An act on the people's register: whoever it names is known, then its own checks."""
    return Act(
        kind, on=_PEOPLE, new_key=new_key, checks=(check.known, check.in_order, *map(_OnceKnown, checks))
    )


@dataclass(frozen=True)
class _OnceKnown:
    """A check that is asked only when everybody and everything named is known."""

    own: Check

    def __call__(self, doing: Doing) -> Mapping[str, str]:
        return {} if check.known(doing) else self.own(doing)
