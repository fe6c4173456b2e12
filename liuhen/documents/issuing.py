"""文号 of an agency: its own template of the series, or the program's, with its 机关代字."""

from django.db import connection

from liuhen.accounts.models import Agency
from liuhen.documents.numbering import DEFAULT_TEMPLATES, next_number


def issue_number(agency_id: str, series: str, year: int) -> str:
    """The next number of a series of this agency, within the caller's transaction."""
    code = Agency.objects.values_list("code", flat=True).get(id=agency_id)
    return next_number(agency_id, series, year, template_of(agency_id, series, year), code=code)


def template_of(agency_id: str, series: str, year: int) -> str:
    """The template of a series in a year: the newest the agency has set from that year or an earlier one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT template FROM document_template WHERE agency = %s AND series = %s AND year <= %s"
            " ORDER BY year DESC LIMIT 1",
            [agency_id, series, year],
        )
        row = cursor.fetchone()
    return str(row[0]) if row else DEFAULT_TEMPLATES[series]
