"""听写: what was said into the page, as text; kept nowhere."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from liuhen.documents.dictation import DictationError, heard
from liuhen.web.me import Me, screen
from liuhen.web.views.uploads import chunks


@screen("signed_in", methods=("POST",))
def dictation(request: HttpRequest, me: Me) -> HttpResponse:
    """The text of one recording; 409 with the reason where there is none."""
    try:
        text = heard(chunks(request), request.headers.get("X-Media-Type", "audio/webm")[:60])
    except DictationError as error:
        return JsonResponse({"message": str(error)}, status=409)
    return JsonResponse({"text": text}, headers={"Cache-Control": "private, no-store"})
