"""机器预检: what can be told of a case by its data alone before people review it, and what cannot."""

from liuhen.review.precheck.found import Finding, Report, Unchecked
from liuhen.review.precheck.looking import look

__all__ = ["Finding", "Report", "Unchecked", "look"]
