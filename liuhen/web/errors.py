"""Pages for what went wrong: what happened, and what to do next. Never a code alone, never in English."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def _page(request: HttpRequest, status: int, title: str, text: str, remedy: str) -> HttpResponse:
    context = {"title": title, "text": text, "remedy": remedy}
    return render(request, "web/error.html", context, status=status)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Nothing here, or nothing of his own agency: the same answer."""
    return _page(
        request, 404, "没有找到这一页", "地址可能不完整，或者这一事项不属于您所在的机关。",
        "请从“案件”“案源”列表中查找；确应由您查看的，请与承办机构负责人联系。",
    )  # fmt: skip


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Signed in, but not for this."""
    said = str(exception) if exception and str(exception) else "您的角色不包括这一页。"
    return _page(request, 403, "您不能使用这一页", said, "需要权限的，请本机关安全管理员授予角色后再登录。")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Malformed, or more than a form may hold."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    return _page(
        request, 400, "请求不完整", "浏览器送来的内容无法识别，没有保存任何内容。", "请返回上一页，重新提交。"
    )


def too_large(request: HttpRequest) -> HttpResponse:
    """More text than a form may hold; files do not come this way."""
    return _page(
        request, 413, "填写的内容太长", "一张表单最多容纳约一百万字，没有保存这一次提交；此前自动保存的草稿仍在。",
        "请把长篇材料作为附件上传，表单中写明要点。",
    )  # fmt: skip


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form is too old, or came from elsewhere."""
    return _page(
        request, 403, "表单已失效", "登录状态在打开表单以后变化了（例如在另一窗口重新登录），这一次没有提交。",
        "请返回上一页并刷新；自动保存的草稿仍在。仍不行的，请确认浏览器允许本站使用 Cookie。",
    )  # fmt: skip


def altered(request: HttpRequest, name: str) -> HttpResponse:
    """A file that is not what was registered any more is not shown as if it were."""
    return _page(
        request, 409, "文件与登记时不一致", f"“{name}”的内容已不是登记时的内容，或者已经不在，不能作为原件显示。",
        "请告诉系统管理员运行核验（liuhen ledger verify），并由备份恢复原件。",
    )  # fmt: skip


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours: a page without a query."""
    return HttpResponse(_BROKEN, status=500)


_BROKEN = """<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8">
<title>系统故障 · 留痕</title></head>
<body><main><h1>系统出了故障</h1><p>这一次操作没有完成；已经登记的记录不受影响，正在填写的内容有自动保存的草稿。</p>
<p>请返回上一页再试一次。仍然出现的，请把现在的时间告诉系统管理员，日志中有原因。</p>
<p><a href="/">回到我的工作</a></p></main></body></html>"""
