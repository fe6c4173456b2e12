"""Acts on an agency's own register (机关登记): adopted measures, figures, calendar, committee, custodian."""

from liuhen.acts import registry
from liuhen.acts.act import Act

REGISTER = frozenset({"register"})


def register() -> None:
    """Make the acts of this room known to the door."""
    registry.register(
        Act("measure_adopted", on=REGISTER),
        Act("amount_set", on=REGISTER),
        Act("year_announced", on=REGISTER),
        Act("committee_set", on=REGISTER, new_key=True),
        Act("custodian_named", on=REGISTER, new_key=True),
        Act("reads_sealed", on=REGISTER, by_system=True),
    )
