"""读入正式文本: an official text is shown in its chapters and articles before it is kept in the library."""

import base64
import binascii
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from liuhen import ledger
from liuhen.accounts import pages
from liuhen.accounts.models import Agency
from liuhen.law.text import Library, NotKept, Reading, Regulation, read
from liuhen.law.text.identity import squeeze
from liuhen.web.articles import packs_of
from liuhen.web.me import Me, screen

PAGE, REPLACE, KEEPER = "read_law_text", "replace_law_text", "keep_law_library"
TEXT_MAX = 6 * 1024 * 1024
"""Bytes: a form carries it back once it was looked at. The longest code of laws is a tenth of it, as text."""
NAME_MAX = 200
_READ = "law-text"


@dataclass(frozen=True)
class Shown:
    """One measure of the text as it was read; `prefix`: whose official text it is by its title, or empty."""

    regulation: Regulation
    position: int
    prefix: str
    expected: int
    sections: Sequence[tuple[str, Sequence[tuple[str, str, int]]]]


@screen("signed_in", methods=("GET", "HEAD", "POST"))
def law_text(request: HttpRequest, me: Me) -> HttpResponse:
    """The form; the text as it was read; and kept, once somebody has looked at it."""
    if not pages.may_use(PAGE, me.actor):
        raise PermissionDenied(f"读入正式文本由{pages.used_by(PAGE)}办理")
    if request.method != "POST":
        return _page(request, {})
    name, data, fault = _sent(request)
    if fault:
        return _page(request, {"fault": fault}, 422)
    reading = read(data, name)
    if "digest" in request.POST and request.POST["digest"] == reading.digest:
        return _keep(request, me, data, reading)
    return _shown(request, me, data, reading)


def _sent(request: HttpRequest) -> tuple[str, bytes, str]:
    """The text's name and bytes, as a file or as it was shown; or what is wrong with it."""
    file = request.FILES.get("text")
    if file is not None:
        if not file.size:
            return "", b"", f"文件“{file.name}”是空的（0 字节），请重新选择"
        if file.size > TEXT_MAX:
            return "", b"", f"文件“{file.name}”超过 6MB，不像是一部法规的正文；请只选正文，去掉图片"
        return str(file.name)[:NAME_MAX], file.read(), ""
    try:
        data = base64.b64decode(request.POST.get("content", ""), validate=True)
    except (binascii.Error, ValueError):
        data = b""
    if not data:
        return "", b"", "正式文本：请选择文件"
    return request.POST.get("name", "")[:NAME_MAX], data, ""


def _shown(request: HttpRequest, me: Me, data: bytes, reading: Reading, fault: str = "") -> HttpResponse:
    packs = packs_of(me.agency)
    titles = {squeeze(pack.measure.title): pack for pack in packs}
    shown = []
    for position, one in enumerate(reading.regulations):
        pack = titles.get(one.title or "")
        shown.append(
            Shown(
                one, position, pack.prefix if pack else "", len(pack.articles) if pack else 0, _sections(one)
            )
        )
    context = {
        "reading": reading,
        "findings": [(reading.where(found.line), found) for found in reading.findings],
        "shown": shown,
        "size": len(data),
        "content": base64.b64encode(data).decode(),
        "measures": [(pack.prefix, pack.measure.title) for pack in packs],
        "keepable": any(one.articles or one.sections for one in reading.regulations),
        "digest_now": hashlib.sha256(data).hexdigest(),
        "fault": fault,
    }
    return _page(request, context, 422 if fault else 200)


def _sections(one: Regulation) -> list[tuple[str, list[tuple[str, str, int]]]]:
    """Chapters with their articles: label, the beginning, how many paragraphs."""
    titles = {section.label: f"{section.label} {section.title}" for section in one.sections}
    found: list[tuple[str, list[tuple[str, str, int]]]] = []
    for article in one.articles:
        title = " › ".join(titles.get(label, label) for label in article.within)
        if not found or found[-1][0] != title:
            found.append((title, []))
        found[-1][1].append((article.label, article.text.partition("\n")[0][:60], len(article.paragraphs)))
    return found or [(f"{section.label} {section.title}", []) for section in one.sections]


def _keep(request: HttpRequest, me: Me, data: bytes, reading: Reading) -> HttpResponse:
    """Keep the text, and say of each of its measures whose official text it is."""
    own = {pack.prefix: pack for pack in packs_of(me.agency)}
    wanted = {
        prefix: one
        for position, one in enumerate(reading.regulations)
        if (prefix := request.POST.get(f"measure-{position}", "")) in own
    }
    library = Library(Path(getattr(settings, "LAW_LIBRARY", "")))
    if fault := _others(
        me, library, reading.digest, {prefix: own[prefix].measure.title for prefix in wanted}
    ):
        return _shown(request, me, data, reading, fault)
    try:
        library.keep(data, reading.name)
        for prefix, one in wanted.items():
            library.assign(prefix, reading.digest, one.title, me.agency if _owns(me, library, prefix) else "")
    except (NotKept, ValueError) as error:
        return _shown(request, me, data, reading, str(error))
    ledger.record_read(
        me.agency, me.actor.id, reading.digest, _READ, me.now_ms, granted=True, reason=reading.name
    )
    of = "、".join(f"《{own[prefix].measure.title}》" for prefix in wanted)
    whose = f"，作为{of}的正式文本" if of else "；没有指明是哪一部办法的正式文本"
    messages.success(request, f"已存入法规库，摘要 {reading.digest}{whose}", extra_tags="good")
    return redirect("measure", next(iter(wanted))) if len(wanted) == 1 else redirect("library")


def _owns(me: Me, library: Library, prefix: str) -> bool:
    """Whether a measure's official text is his agency's own, or nobody's yet."""
    held = library.measures().get(prefix)
    return held is None or held.get("owner", "") == me.agency


def _others(me: Me, library: Library, digest: str, titles: Mapping[str, str]) -> str:
    """Why he may not replace the official texts of these measures; empty when he may."""
    held = library.measures()
    replaced = [prefix for prefix in titles if prefix in held and held[prefix]["digest"] != digest]
    if pages.may_use(KEEPER, me.actor) and me.officer.agency.superior_id is None:
        return ""
    foreign = [prefix for prefix in replaced if not _owns(me, library, prefix)]
    if foreign:
        owner = Agency.objects.filter(id=held[foreign[0]].get("owner", "")).first()
        whose = (
            f"由{owner.name}登记，由该机关的{pages.used_by(REPLACE)}"
            if owner
            else "随安装登记，由最上级机关的"
        )
        by = f"{whose}{'或者最上级机关的' if owner else ''}{pages.used_by(KEEPER)}替换"
        return f"没有存入：《{titles[foreign[0]]}》的正式文本{by}；文本有误的，请把更正的文本交给他们"
    if replaced and not pages.may_use(REPLACE, me.actor):
        return f"没有存入：《{titles[replaced[0]]}》已有正式文本，由本机关的{pages.used_by(REPLACE)}替换"
    return ""


def _page(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return render(request, "web/law_text.html", context, status=status)
