"""机关自己的样式: the shipped form to begin with, and the own one beside it before it is handed in."""

import base64

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from liuhen.acts.matter import law_of
from liuhen.documents.catalogue import FormError
from liuhen.documents.context import Issuer
from liuhen.documents.installed import fonts
from liuhen.documents.own_forms import problems, sheets, shipped_forms, shipped_text
from liuhen.documents.render import RenderError
from liuhen.documents.samples import Size
from liuhen.web.me import Me, screen


@screen("signed_in", keepers_of="register")
def definition(request: HttpRequest, me: Me, form: str) -> HttpResponse:
    """A shipped form as it is written."""
    text = shipped_text(form)
    if not text:
        raise Http404
    return JsonResponse({"text": text})


@screen("signed_in", keepers_of="register", methods=("POST",))
def preview(request: HttpRequest, me: Me, form: str) -> HttpResponse:
    """The same sample in both forms, and what the own one has lost. Nothing is kept."""
    if form not in dict(shipped_forms()):
        raise Http404
    text = request.POST.get("text", "")
    size: Size = "empty" if request.POST.get("size") == "empty" else "full"
    found = problems(text, form, law_of(me.agency).bundle.packs)
    agency, own = Issuer(me.agency_name), text
    try:
        standing, changed = sheets(own, form, agency, fonts(), size)
    except FormError:
        standing, changed = sheets(shipped_text(form), form, agency, fonts(), size)[0], []
    except RenderError as error:
        return JsonResponse({"problems": [*found, str(error)], "standing": [], "own": []})
    return JsonResponse({"problems": found, "standing": _pictures(standing), "own": _pictures(changed)})


def _pictures(pages: list[bytes]) -> list[str]:
    return ["data:image/png;base64," + base64.b64encode(page).decode() for page in pages]
