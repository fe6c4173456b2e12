"""What the interface answers: JSON, and one shape for everything that went wrong."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from liuhen.acts import ActError, Invalid, Moved, Reason, Refused
from liuhen.acts.cited import citation

_NO_STORE = {"Cache-Control": "private, no-store"}
_PERMISSION = "permission."


class Problem(Exception):
    """An answer that is no result: its HTTP status, its code, what to say in Chinese, by field and by rule."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        fields: Mapping[str, str] | None = None,
        reasons: Sequence[Reason] = (),
    ):
        super().__init__(message)
        self.status, self.code, self.message = status, code, message
        self.fields, self.reasons = dict(fields or {}), tuple(reasons)

    def answer(self) -> HttpResponse:
        """The one shape: `{"error": {"code", "message", "fields", "reasons"}}`."""
        told = {
            "code": self.code,
            "message": self.message,
            "fields": self.fields,
            "reasons": reasons_of(self.reasons),
        }
        return answer({"error": told}, self.status)


def answer(body: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """A body as JSON, Chinese as it is written; kept by nobody on the way."""
    return JsonResponse(body, status=status, headers=_NO_STORE, json_dumps_params={"ensure_ascii": False})


def reasons_of(reasons: Sequence[Reason]) -> list[dict[str, str]]:
    """Reasons as they are told: the sentences are those of the door."""
    return [
        {
            "rule": one.rule,
            "article": one.article,
            "cited": citation(one.article),
            "text": one.text,
            "remedy": one.remedy,
        }
        for one in reasons
    ]


def not_let_in(error: ActError) -> Problem:
    """What the door said, as a problem: barred by roles is 403, refused by law or for its fields 422, moved 409."""
    if isinstance(error, Invalid):
        return Problem(
            422, "invalid", "填写有误，没有登记；请按各栏的说明改正后重新提交", error.errors, error.reasons
        )
    if isinstance(error, Refused):
        if any(reason.rule.startswith(_PERMISSION) for reason in error.reasons):
            return Problem(403, "forbidden", str(error), reasons=error.reasons)
        return Problem(422, "refused", str(error), reasons=error.reasons)
    if isinstance(error, Moved):
        return Problem(409, "moved", error.happened)
    raise error


def nothing_here() -> Problem:
    """Nothing here, or nothing of his own agency: the same answer."""
    return Problem(404, "not_found", "没有找到：地址可能不完整，或者这一事项不属于您所在的机关")


def unknown(request: HttpRequest, rest: str = "") -> HttpResponse:
    """An address that the interface does not have. Open to anyone: it says nothing of what there is."""
    return nothing_here().answer()


unknown.check = "anyone"  # type: ignore[attr-defined]


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours: an answer without a query."""
    said = "系统出了故障，这一次没有完成；请用同一 Idempotency-Key 再试一次，仍然出现的请告诉系统管理员"
    return Problem(500, "broken", said).answer()
