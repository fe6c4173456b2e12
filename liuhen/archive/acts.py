"""Acts of the archive: 立卷归档; where originals lie, who has borrowed them, what came back."""

from collections.abc import Mapping
from datetime import date

from liuhen.acts import registry
from liuhen.acts.act import Act, Doing
from liuhen.archive import access, originals
from liuhen.archive.casefile import suggested_index
from liuhen.archive.dossier import INSPECTION_ARCHIVED
from liuhen.archive.originals import LENT, RETURNED, SHELVED
from liuhen.kernel.clock import local_date

CASE = frozenset({"case"})
_MAKER, _CHECKER = "立卷人", "检查人"


def _can_be_lent(doing: Doing) -> Mapping[str, str]:
    """It lies on its shelf, and is due back after it was lent."""
    if doing.matter is None:
        return {}
    held = originals.of_matter(doing.matter).get(str(doing.payload["original"]))
    if held is not None and held.borrower:
        return {"original": f"原件：已由{held.borrower}借出，归还以后才能再借"}
    if date.fromisoformat(doing.payload["due_back"]) < local_date(doing.happened_ms):
        return {"due_back": "应还日期：早于借出的日期，请核对"}
    return {}


def _was_lent(doing: Doing) -> Mapping[str, str]:
    """It was lent and has not come back; what is damaged or lacking is said."""
    if doing.matter is None:
        return {}
    held = originals.of_matter(doing.matter).get(str(doing.payload["original"]))
    if held is None or not held.borrower:
        return {"original": "原件：没有借出，不必办理归还"}
    if doing.payload["state"] != "whole" and not doing.payload.get("note"):
        return {"note": "损坏、缺少的情况：清点有损坏、缺少的，请写明"}
    return {}


def _alone(doing: Doing) -> Mapping[str, str]:
    """What a case has taken in is archived with the case."""
    if doing.matter is not None and doing.matter.adopted:
        return {"": "这次检查已经并入案件，随案件归档，不另立卷"}
    return {}


def _checked_by_another(doing: Doing) -> Mapping[str, str]:
    """Whoever puts a dossier together does not check it himself."""
    fields = {spec.label: name for name, spec in registry.kind_of(doing.act).fields.items()}
    maker, checker = (str(doing.payload[fields[label]]).strip() for label in (_MAKER, _CHECKER))
    if maker != checker:
        return {}
    return {
        fields[_CHECKER]: f"{_CHECKER}：与{_MAKER}是同一人；卷宗由{_MAKER}以外的人检查，请填写实际检查的人"
    }


def register() -> None:
    """Make the acts and rows of this room known to the door."""
    registry.register_suggestion("approve_access", access.withheld)
    registry.register_chosen("approve_access", access.CHOSEN, access.withheld_of)
    registry.register(
        Act("archived", on=CASE, checks=(_checked_by_another,)),
        Act(
            INSPECTION_ARCHIVED,
            on=frozenset({"inspection"}),
            after=("inspection_concluded",),
            until=(INSPECTION_ARCHIVED,),
            checks=(_alone, _checked_by_another),
        ),
        *access.ACTS,
        Act(SHELVED, on=CASE, new_key=True, suggested={"from_holder": "filed.party_name"}),
        Act(LENT, on=CASE, same=(SHELVED,), repeats=True, checks=(_can_be_lent,)),
        Act(RETURNED, on=CASE, same=(SHELVED,), repeats=True, checks=(_was_lent,)),
    )
    registry.register_suggestion("archive_case", suggested_index)
    registry.register_suggestion("archive_inspection", suggested_index)
    originals.register()
