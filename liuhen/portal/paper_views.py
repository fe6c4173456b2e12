"""Where the code in a document's footer leads: was this document issued, and when. It says nothing else of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from liuhen.kernel.clock import format_local
from liuhen.kernel.papers import read_code, shown
from liuhen.portal import papers

_MOST = 100


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """A page to type a code on."""
    typed = _typed(request, "code")
    code = read_code(typed)
    if code:
        return redirect("portal-paper", code=code)
    wrong = "核验码是文书页脚的16位字母和数字，请核对后再输入" if typed else ""
    return _page(request, {"typed": typed, "wrong": wrong}, 400 if wrong else 200)


@require_safe
def paper(request: HttpRequest, code: str, page: int = 0) -> HttpResponse:
    """What is known of one code; unknown and never issued are the same answer."""
    read = read_code(code)
    number, seal = _typed(request, "number"), _typed(request, "seal")
    found = papers.ask(read, number, seal) if read else None
    if read is None or found is None:
        return _page(request, {"unknown": True, "typed": code[:40]}, 404)
    context = {
        "code": shown(read),
        "plain": read,
        "page": page if 0 < page < 10_000 else 0,
        "issued": format_local(found.issued_ms),
        "ended": {papers.REPLACED: "已被更正后的文书代替", papers.VOID: "已经作废"}.get(found.ended, ""),
        "ended_at": format_local(found.ended_ms) if found.ended_ms is not None else "",
        "number": number,
        "seal": seal,
        "asked": [
            (label, same)
            for label, same in (("文号", found.number), ("校验码", found.seal))
            if same is not None
        ],
    }
    return _page(request, context, 200)


def _typed(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "").strip()[:_MOST].replace("\x00", "")


def _page(request: HttpRequest, context: dict[str, object], status: int) -> HttpResponse:
    answer = render(request, "portal/paper.html", context, status=status)
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
