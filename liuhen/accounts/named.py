"""姓名和机构: what one of an agency's people was called, and where he worked, at a moment of its log."""

from liuhen import ledger
from liuhen.accounts.folding import standing
from liuhen.accounts.models import Officer
from liuhen.accounts.projections import people_stream


def named_then(agency: str, officer: str, index: int) -> tuple[str, str]:
    """Name and unit as they stood when the entry `index` of the agency's log was made.

    Of somebody whom its register of people did not know then, as they stand now; empty where there is nobody.
    """
    stream = people_stream(agency)
    known = standing(ledger.read([stream], upto=index)).people.get(officer) if stream else None
    return (known.name, known.unit) if known else named_now(officer)


def named_now(officer: str) -> tuple[str, str]:
    """Name and unit as they stand now; empty where there is nobody of that id."""
    return next(iter(Officer.objects.filter(id=officer).values_list("name", "unit__name")), ("", ""))
