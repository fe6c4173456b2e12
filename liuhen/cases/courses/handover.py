"""承办人变更: the matters of an officer who leaves, or whose certificate lapses, go to others; both are told."""

from collections.abc import Mapping

from liuhen.accounts.permissions import handlers_of
from liuhen.acts.act import Act, Doing, Matter, fields_of
from liuhen.acts.judgement import is_open, owed
from liuhen.acts.registry import Suggested
from liuhen.cases.courses.places import INSPECTION, LEAD_OR_CASE
from liuhen.law.reading import of_the_case

ANYWHERE = LEAD_OR_CASE | INSPECTION
_LISTED = 30
"""Open duties named in a hand-over, the most pressing; the matter's page shows them all."""


def _fits(doing: Doing) -> Mapping[str, str]:
    """Who leaves handles it now, and not afterwards; somebody else does."""
    leaving = {one["id"]: one["name"] for one in doing.payload["leaving"]}
    after = {one["id"] for one in doing.payload["handlers"]}
    now = handlers_of(doing.matter) if doing.matter else frozenset()
    if now and (strange := [name for id, name in leaving.items() if id not in now]):
        return {"leaving": f"移交人：{'、'.join(strange)}现在不是承办人，不需要移交"}
    if staying := [name for id, name in leaving.items() if id in after]:
        return {"handlers": f"移交后的承办人：{'、'.join(staying)}移交以后不再承办，请去掉"}
    if not after - now:
        return {"handlers": "移交后的承办人：请选上接手的人；其余承办人继续承办的，也要选上"}
    idle = [
        one["name"] for one in doing.payload["handlers"] if not of_the_case() & set(one.get("roles") or ())
    ]
    if idle:
        return {
            "handlers": f"移交后的承办人：{'、'.join(idle)}没有承办案件的角色，请另选一人，或者先授予角色"
        }
    return {}


def _not_a_reviewer(doing: Doing) -> Mapping[str, str]:
    """Whoever has reviewed the case, or presided over its hearing, does not take it over."""
    was = {
        one["id"]: one["name"]
        for kind, field in (("review_opined", "reviewer"), ("hearing_held", "presider"))
        for entry in (doing.matter.all(kind) if doing.matter else ())
        for one in fields_of(entry).get(field, [])
    }
    mixed = [was[one["id"]] for one in doing.payload["handlers"] if one["id"] in was]
    if not mixed:
        return {}
    return {"handlers": f"移交后的承办人：{'、'.join(mixed)}审核过本案或者主持过听证，不得承办，请另选一人"}


def suggested_handover(matter: Matter) -> Suggested:
    """没有办结的事项, told from what is owed."""
    due = [item for item in owed(matter) if is_open(item) and item.ours]
    due.sort(key=lambda item: (item.due_ms is None, item.due_ms or 0))
    lines = dict.fromkeys(item.title for item in due)
    return {"open_matters": ("；".join(list(lines)[:_LISTED]), "本案的待办事项")} if lines else {}


ACTS = (
    Act("handed_over", on=ANYWHERE, new_key=True, checks=(_fits, _not_a_reviewer)),
    Act(
        "handover_received",
        on=ANYWHERE,
        same=("handed_over",),
        answers=({"handed_over": {}},),
    ),
)
