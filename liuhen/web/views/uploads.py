"""Files on their way: streamed to staging, never held whole; and drafts kept while typing."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from liuhen import ledger
from liuhen.acts import registry
from liuhen.acts.uploads import receive
from liuhen.documents.drafts import DraftConflict, NoSuchDraft
from liuhen.kernel.clock import format_local
from liuhen.web import compared, drafts
from liuhen.web.me import Me, own_stream, screen
from liuhen.web.waiting import CUT_OFF

_CHUNK = 256 * 1024
_TIME = slice(11, 16)


@screen("signed_in", methods=("POST",))
def upload(request: HttpRequest, me: Me) -> HttpResponse:
    """One file as the body of one request. Answers its number, or why nothing of it was kept."""
    name = unquote(request.headers.get("X-File-Name", "")).strip() or "未命名"
    length = request.headers.get("Content-Length", "")
    size = int(length) if length.isdigit() else None
    try:
        staged = receive(chunks(request), owner=me.actor.id, name=name, now_ms=me.now_ms, size=size)
    except (ledger.UploadRefused, OSError) as error:
        said = (
            str(error)
            if isinstance(error, ledger.UploadRefused)
            else "上传中断，没有保存任何内容，请重新选择文件"
        )
        return JsonResponse({"message": said}, status=422)
    answer: dict[str, Any] = {"id": staged.id, "name": staged.file.name, "size": staged.file.size}
    if staged.cut_off:
        answer["note"] = CUT_OFF
    return JsonResponse(answer)


@screen("own_agency", methods=("POST",))
def draft(
    request: HttpRequest, me: Me, name: str, stream: str | None = None, number: int | None = None
) -> HttpResponse:
    """Keep what is typed. 409 when another has saved since: both texts are kept.

    A text too long to be submitted is kept too, and said to be too long.
    """
    if name not in registry.acts():
        raise Http404
    if stream is not None:
        own_stream(me, stream)
    of = drafts.Of(name, stream, number, drafts.about_said(request.GET))
    version = request.POST.get("_draft_version", "0")
    try:
        kept = drafts.keep(me, of, request.POST, int(version) if version.isdigit() else 0)
    except DraftConflict as error:
        return JsonResponse({"message": str(error), "url": of.versions_url}, status=409)
    answer = {"at": format_local(me.now_ms)[_TIME], "version": kept.version if kept else 0}
    if long := drafts.too_long(registry.kind_of(registry.act(name)), request.POST):
        answer["long"] = f"{'；'.join(long)}，提交前请缩短，长篇材料请作为附件上传"
    return JsonResponse(answer)


@screen("own_agency", methods=("GET", "HEAD", "POST"))
def versions(
    request: HttpRequest, me: Me, name: str, stream: str | None = None, number: int | None = None
) -> HttpResponse:
    """Every text that was kept of a draft: two officers who typed at the same time find both here."""
    if name not in registry.acts():
        raise Http404
    if stream is not None:
        own_stream(me, stream)
    of = drafts.Of(name, stream, number, drafts.about_said(request.GET))
    draft = drafts.find(me, of)
    if draft is None:
        raise Http404
    kind = registry.kind_of(registry.act(name))
    if request.method == "POST":
        wanted, seen = (_whole(request.POST.get(name, "")) for name in ("version", "seen"))
        column = request.POST.get("field", "")
        try:
            if column in kind.fields:
                compared.take(me, draft, of, kind.fields[column], wanted, seen)
            else:
                drafts.restore(me, draft, wanted, seen)
        except (DraftConflict, NoSuchDraft) as error:
            messages.error(request, str(error), extra_tags="warn")
            return redirect(of.versions_url)
        return redirect(f"{_beside_url(of)}{wanted}" if column in kind.fields else of.form)
    texts = drafts.texts(me, draft, kind)
    context = {
        "title": kind.title,
        "texts": texts,
        "beside": compared.beside(texts, _whole(request.GET.get("with", "")), kind),
        "beside_url": _beside_url(of),
        "form": of.form,
        "seen": draft.version,
    }
    return render(request, "web/draft.html", context)


@screen("signed_in", methods=("POST",))
def discard(request: HttpRequest, me: Me, draft: str) -> HttpResponse:
    """Throw away what was begun, or take it back (`undo`)."""
    try:
        if "undo" in request.POST:
            return redirect(drafts.recover(me, draft).form)
        drafts.discard(me, draft)
    except NoSuchDraft as error:
        raise Http404(str(error)) from error
    messages.success(request, "草稿已丢弃；丢错了的，在“我的工作”可以恢复", extra_tags="good")
    wanted = request.POST.get("next", "")
    return redirect(wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else "home")


def _beside_url(of: drafts.Of) -> str:
    """Where the text in use stands beside another, whose number comes last."""
    return f"{of.versions_url}{'&' if '?' in of.versions_url else '?'}with="


def _whole(text: str) -> int:
    return int(text) if text.isdigit() else 0


def chunks(request: HttpRequest) -> Iterator[bytes]:
    """The body of a request, bit by bit."""
    while chunk := request.read(_CHUNK):
        yield chunk
