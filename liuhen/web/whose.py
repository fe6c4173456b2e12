"""Whose case a recording or a posting belongs to, for lists and headings."""

from collections.abc import Collection

from liuhen import ledger
from liuhen.cases.models import CaseRow


def parties(streams: Collection[str]) -> dict[str, str]:
    """The party's name by stream, of those that a case has taken in."""
    above = ledger.adopters_of(streams)
    wanted = {case for cases in above.values() for case in cases}
    names = dict(CaseRow.objects.filter(stream__in=wanted).values_list("stream", "party_name"))
    return {stream: names[case] for stream, cases in above.items() for case in sorted(cases) if case in names}
