"""名录: institutions, causes, legal bases and more: lists, items with all their versions, choosing for a form."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from liuhen import ledger
from liuhen.acts import registry
from liuhen.acts.matter import load_matter
from liuhen.kernel.clock import local_date
from liuhen.registers import queries
from liuhen.registers.folding import Item
from liuhen.registers.kinds import CATALOGUE, REGISTERS, Register
from liuhen.registers.models import RegisterRow
from liuhen.web import registers as shown
from liuhen.web.entries import views
from liuhen.web.forms.show import show
from liuhen.web.goto import keeps, links, may_perform, with_query
from liuhen.web.listing import page_of, text_of
from liuhen.web.me import Me, screen
from liuhen.web.same_party import known_of

_BEGUN_FROM_IT = {"institutions": ("register_lead", "plan_inspection")}
"""What is begun about an item from its own page: with all that the register knows filled in."""


@screen("signed_in")
def registers(request: HttpRequest, me: Me) -> HttpResponse:
    """All registers, and how much each holds."""
    held = queries.counts(me.agency)
    rows = [(each, held[each.slug], reverse("register", args=[each.slug])) for each in REGISTERS.values()]
    return render(request, "web/registers.html", {"rows": rows})


@screen("signed_in")
def register(request: HttpRequest, me: Me, slug: str) -> HttpResponse:
    """One register: search by name, code or initials; pages; those that ended apart."""
    of = _register(slug)
    words, ended = text_of(request.GET, "q"), request.GET.get("ended") == "1"
    if words:
        what = f"register/{slug}?{words}"
        ledger.record_read(me.agency, me.actor.id, what, "search", me.now_ms, granted=True)
    found = queries.wanted(me.agency, slug, words, ended=ended)
    context = {
        "register": of, "words": words, "ended": ended, "acts": _acts(me, of),
        "page": page_of(request, found.count(), lambda start, stop: [_row(of, one) for one in found[start:stop]], 30),
        "registers": [(each.title, reverse("register", args=[each.slug]), each is of) for each in REGISTERS.values()],
    }  # fmt: skip
    return render(request, "web/register.html", context)


@screen("own_agency")
def register_item(request: HttpRequest, me: Me, slug: str, key: str) -> HttpResponse:
    """One item: what it is now, what it was called before, and every entry about it."""
    of = _register(slug)
    item = queries.item(me.agency, key)
    if item is None or item.register is not of:
        raise Http404
    ledger.record_read(me.agency, me.actor.id, f"register/{slug}/{key}", "page", me.now_ms, granted=True)
    matter = load_matter(item.now.entry.stream)
    said = [entry for entry in matter.entries if _about(item, entry)]
    kind = registry.dictionary().kinds[of.entered]
    context = {
        "register": of, "item": item, "title": shown.title(item), "back": reverse("register", args=[slug]),
        "fields": [one for one in show(kind, item.now.fields) if one.label != "来源"],
        "names": list(reversed(item.names())), "versions": len(item.versions),
        "from_import": item.now.entry.kind == of.imported,
        "timeline": list(reversed(views(said, frozenset(), lambda act: may_perform(act, me.actor)))),
        "same_party": known_of(me, {name for _, name in item.names()}) if slug == "institutions" else None,
        "acts": _about_it(me, of, item), "begun": _begun(me, of, item),
    }  # fmt: skip
    return render(request, "web/register_item.html", context)


@screen("signed_in")
def choose(request: HttpRequest, me: Me, slug: str) -> JsonResponse:
    """The items that stand today and hold the words typed, for a form to choose from."""
    of, words = _register(slug), text_of(request.GET, "q")
    day = local_date(me.now_ms).isoformat()
    found = queries.choose(me.agency, slug, words, day) if words or request.GET.get("all") == "1" else []
    answer = JsonResponse({"items": [shown.chosen(of, one) for one in found]})
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _register(slug: str) -> Register:
    if slug not in REGISTERS:
        raise Http404
    return REGISTERS[slug]


def _row(of: Register, row: RegisterRow) -> dict[str, Any]:
    found = queries.of_row(row)
    return {
        "name": found.name,
        "url": reverse("register-item", args=[of.slug, row.key]),
        "labels": "　".join(filter(None, shown.labels(of, found))),
        "from_on": row.from_on,
        "ended_on": row.ended_on,
        "versions": row.versions,
    }


def _acts(me: Me, of: Register) -> list[tuple[str, str]]:
    """Entering and importing, for whoever may."""
    if not keeps(me.actor, of.stream):
        return []
    stream = (
        queries.begun_catalogue(me.agency) if of.stream == CATALOGUE else queries.stream_of(me.agency, of)
    )
    names = [registry.dictionary().kinds[kind].act for kind in (of.entered, of.imported) if kind]
    return links([name for name in names if name], me.actor, {of.stream: stream} if stream else {})


def _about_it(me: Me, of: Register, item: Item) -> list[tuple[str, str]]:
    stream, kinds = item.now.entry.stream, [of.changed] if item.ended_on else [of.changed, of.ended]
    if item.ended_on and of.ended:
        return []
    names = [registry.dictionary().kinds[kind].act for kind in kinds if kind]
    back = {of.key: item.key, "next": reverse("register-item", args=[of.slug, item.key])}
    return [
        (title, with_query(url, back))
        for title, url in links([name for name in names if name], me.actor, {of.stream: stream})
    ]


def _begun(me: Me, of: Register, item: Item) -> list[tuple[str, str]]:
    """Forms about this item, filled in."""
    if item.ended_on:
        return []
    fields = item.now.fields
    row = RegisterRow.objects.get(key=item.key)
    found = []
    for name in _BEGUN_FROM_IT.get(of.slug, ()):
        kind = registry.kind_of(registry.act(name))
        if not may_perform(name, me.actor):
            continue
        for field, lookup in shown.lookups(kind.name).items():
            if lookup.register is of:
                told = shown.chosen(of, queries.of_row(row))["values"]
                fill = shown.filled(kind.name, field, told) | {field: str(fields[of.name])}
                found.append((kind.title, with_query(reverse("act", args=[name]), fill)))
    return found


def _about(item: Item, entry: ledger.Entry) -> bool:
    body = entry.open
    return body.get(item.register.key) == item.key or any(
        row.get(item.register.key) == item.key for row in body.get("rows", ()) if isinstance(row, dict)
    )
