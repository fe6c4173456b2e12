"""已公布案件: penalty cases as they were published, entered through the door as far as they are known."""

from liuhen.oversight.published.entering import enter, whole
from liuhen.oversight.published.reading import Published, PublishedError, Source, read_published
from liuhen.oversight.published.report import CaseReport, as_json, as_text, totals, totals_text

__all__ = [
    "CaseReport",
    "Published",
    "PublishedError",
    "Source",
    "as_json",
    "as_text",
    "enter",
    "read_published",
    "totals",
    "totals_text",
    "whole",
]
