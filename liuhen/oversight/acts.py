"""Acts on an agency's own register: entrustment, rules and equipment, breaches of the law and their mending."""

from liuhen.acts import registry
from liuhen.acts.act import Act

REGISTER = frozenset({"register"})
_BREACH = ("breach_found",)


def register() -> None:
    """Make the acts of this room known to the door."""
    registry.register(
        Act("entrusted", on=REGISTER, new_key=True),
        Act("entrustment_published", on=REGISTER, same=("entrusted",), repeats=True),
        Act("rules_issued", on=REGISTER, new_key=True),
        Act("forms_issued", on=REGISTER, new_key=True),
        Act("device_registered", on=REGISTER, new_key=True),
        Act("room_registered", on=REGISTER, new_key=True),
        Act("review_list_posted", on=REGISTER, new_key=True),
        Act("guidance_given", on=REGISTER, new_key=True),
        Act("breach_found", on=REGISTER, new_key=True),
        Act("rectification_ordered", on=REGISTER, same=_BREACH, answers=({"breach_found": {}},)),
        Act(
            "rectified",
            on=REGISTER,
            same=("rectification_ordered",),
            answers=({"rectification_ordered": {}},),
        ),
        Act("accountability_pursued", on=REGISTER, same=_BREACH, repeats=True),
    )
