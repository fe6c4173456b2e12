"""文号 of an agency: its own 机关代字 in the template of the series."""

from liuhen.accounts.models import Agency
from liuhen.documents.numbering import DEFAULT_TEMPLATES, next_number


def issue_number(agency_id: str, series: str, year: int) -> str:
    """The next number of a series of this agency, within the caller's transaction."""
    code = Agency.objects.values_list("code", flat=True).get(id=agency_id)
    return next_number(agency_id, series, year, DEFAULT_TEMPLATES[series], code=code)
