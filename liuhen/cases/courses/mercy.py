"""首违不罚、轻微不罚: a penalty that is not given says on what it stands, each element by itself."""

from liuhen.cases.courses.agreeing import required_when

MERCY = ("mercy", "first_time", "slight_harm", "corrected")
"""Fields of a draft that say why less, or nothing, is imposed."""
CHECKS = (
    required_when("first_time", "mercy", "first_slight"),
    required_when("slight_harm", "mercy", "first_slight", "slight"),
    required_when("corrected", "mercy", "first_slight", "slight"),
)
