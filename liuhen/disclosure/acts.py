"""Acts of disclosure (公示): prepared, reviewed twice, approved; posted only when the public site has it."""

from collections.abc import Mapping

from liuhen.acts import registry
from liuhen.acts.act import Act, Doing, fields_of
from liuhen.disclosure.suggestion import suggested_posting

CASE = frozenset({"case"})
PUBLICATION = frozenset({"publication"})
_PREPARED: tuple[dict[str, dict[str, str]], ...] = ({"disclosure_prepared": {}},)
_OVER = ("publish_approved", "taken_down")


def _name_masked(doing: Doing) -> Mapping[str, str]:
    """A natural person's name goes out masked, unless a person decides otherwise with a reason."""
    matter = doing.matter
    decided = matter and (matter.last("decided") or matter.last("on_spot_decided"))
    said = fields_of(decided) if decided else {}
    if said.get("party_kind") != "citizen" or doing.payload.get("masked"):
        return {}
    if doing.payload["party_name"] == said["party_name"] and not doing.payload.get("redactions"):
        return {
            "party_name": "行政相对人名称：自然人的姓名应当隐去部分文字；确需公开全名的，在“隐去的内容”中写明理由"
        }
    return {}


def register() -> None:
    """Make the acts of this room known to the door."""
    registry.register(
        Act(
            "disclosure_prepared",
            on=CASE,
            suggested={
                "number": "decided.number|on_spot_decided.number",
                "party_name": "decided.party_name|on_spot_decided.party_name",
                "facts": "decided.facts|on_spot_decided.facts",
                "basis": "decided.basis|on_spot_decided.basis",
                "decided_on": "decided.day|on_spot_decided.day",
            },
            fixed={"decision": "decided.decision|on_spot_decided.decision"},
            checks=(_name_masked,),
        ),
        Act("disclosure_reviewed", on=PUBLICATION, repeats=True, answers=_PREPARED, settled_by=_OVER),
        Act("secrecy_reviewed", on=PUBLICATION, repeats=True, answers=_PREPARED, settled_by=_OVER),
        Act(
            "publish_approved",
            on=PUBLICATION,
            answers=({"disclosure_reviewed": {"agree": True}, "secrecy_reviewed": {"agree": True}},),
            settled_by=_OVER,
        ),
        Act(
            "posted",
            on=PUBLICATION,
            by_system=True,
            repeats=True,
            fixed={"decision": "disclosure_prepared.decision"},
        ),
        Act("taken_down", on=PUBLICATION, fixed={"decision": "disclosure_prepared.decision"}),
        Act("withheld", on=CASE, same=("decided", "on_spot_decided")),
    )
    registry.register_suggestion("prepare_disclosure", suggested_posting)
