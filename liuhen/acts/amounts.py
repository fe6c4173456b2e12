"""What the measures that an agency has adopted set, by name."""

from datetime import date

from liuhen.acts.matter import law_of
from liuhen.law.amounts import amount


def amount_of(agency: str, name: str, day: date) -> int | None:
    """The figure in its unit on a day; None where no measure adopted has it, or the agency has not set it."""
    agency_law = law_of(agency)
    return amount(agency_law.bundle, name, agency_law.facts, day)
