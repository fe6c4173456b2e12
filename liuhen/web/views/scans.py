"""扫描件归位: what paper came back to a case, page by page; what is missing, what lies aside, what to look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from liuhen import ledger
from liuhen.acts import Matter, registry
from liuhen.acts.matter import load_matter
from liuhen.cases.access import WHOLE
from liuhen.kernel.clock import format_local
from liuhen.kernel.ids import new_id
from liuhen.scans.readings import readings
from liuhen.scans.returned import Returned, SheetAt, looked_at, papers_of
from liuhen.web.entries import file_url, matter_url
from liuhen.web.goto import form_url
from liuhen.web.heads import head_of
from liuhen.web.listing import page_of
from liuhen.web.me import Me, own_stream, screen

ACT = "file_scans"
PER_PAGE = 50
_READ_SECONDS, _LOOK_SECONDS = 2.0, 4.0


@dataclass(frozen=True)
class SheetView:
    """One sheet of a page: where it opens, when it came, the places to sign that look empty (None: not looked yet)."""

    page: int
    name: str
    url: str
    at: str
    empty: Sequence[str] | None


@dataclass(frozen=True)
class ReturnedView:
    """One document of which paper came back."""

    one: Returned
    url: str
    sheets: Sequence[SheetView]

    @property
    def empty(self) -> list[SheetView]:
        """The sheets to be looked at."""
        return [sheet for sheet in self.sheets if sheet.empty]


@screen("own_agency", page=WHOLE)
def scans(request: HttpRequest, me: Me, stream: str) -> HttpResponse:
    """The paper of a case, and the place to hand in more."""
    own_stream(me, stream, "case")
    ledger.record_read(me.agency, me.actor.id, f"{stream}:scans", "page", me.now_ms, granted=True)
    matter = load_matter(stream)
    found = papers_of(matter)
    until = monotonic() + _LOOK_SECONDS

    def read(start: int, stop: int) -> list[ReturnedView]:
        return [_returned(matter, one, until) for one in found.returned[start:stop]]

    page = page_of(request, len(found.returned), read, PER_PAGE)
    context: dict[str, Any] = {
        "matter": matter, "head": head_of(matter), "back": f"{matter_url('case', stream)}?tab=documents",
        "found": found, "page": page, "aside": [(one, _sheet(one.at)) for one in found.aside],
        "missing": [one for one in found.returned if one.missing],
        "nothing_of": found.nothing_of,
        "unlooked": any(sheet.empty is None for one in page.rows for sheet in one.sheets),
        "barred": registry.may(registry.act(ACT), me.actor, matter),
        "action": form_url(ACT, stream), "key": new_id(), "here": reverse("scans", args=[stream]),
        "reading": reverse("scans-read", args=[stream, "0" * 32]),
    }  # fmt: skip
    return render(request, "web/scans.html", context)


@screen("own_agency", page=WHOLE, methods=("POST",))
def scans_read(request: HttpRequest, me: Me, stream: str, upload: str) -> HttpResponse:
    """Read on in a file that waits: how far, how many sheets bear a code. Asked again until all is read."""
    own_stream(me, stream, "case")
    waiting = ledger.find_upload(upload, me.actor.id)
    if waiting is None:
        raise Http404
    found = readings(
        waiting.file.sha256,
        waiting.file.media_type,
        lambda: ledger.file_store().read_staged(upload),
        seconds=_READ_SECONDS,
    )
    if found.problem:
        return JsonResponse({"message": found.problem}, status=422)
    coded = sum(bool(sheet.seen) for sheet in found.sheets)
    return JsonResponse({"read": len(found.sheets), "count": found.count, "coded": coded})


def _returned(matter: Matter, one: Returned, until: float) -> ReturnedView:
    sheets = [_sheet(at, page, labels) for page, at, labels in looked_at(matter, one, until=until)]
    return ReturnedView(one, reverse("document", args=[matter.stream, one.ref.id]), sheets)


def _sheet(at: SheetAt, page: int = 0, empty: Sequence[str] | None = ()) -> SheetView:
    pdf = at.file["media_type"] == "application/pdf"
    url = f"{file_url(at.entry, at.file)}{f'#page={at.number}' if pdf else ''}"
    return SheetView(
        page, f"{at.file['name']} 第{at.number}幅", url, format_local(at.entry.recorded_ms), empty
    )
