"""Every route of the officers' site says whom it asks for, and asks: nobody signed out, nobody of another agency."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from liuhen.api.urls import urlpatterns as api_patterns
from liuhen.kernel.ids import new_id
from liuhen.web.urls import urlpatterns
from tests.web.conftest import SignIn
from tests.web.played import Play

ANYONE = {"sign-in", "sign-out", "slip-enter", "slip", "slip-copy-state", "slip-copy"}
OWN_AGENCY = {
    "publication-texts",
    "lead", "case", "inspection", "dossier", "inspection-dossier", "recording", "publication", "act", "act-on",
    "draft", "draft-on",
    "draft-versions", "draft-versions-on", "draft-of", "draft-versions-of", "file", "document",
    "document-pdf", "document-page", "document-sealed", "document-editable", "documents-print", "correct",
    "preview", "preview-on", "lacking", "lacking-on",
    "person", "person-password", "person-unlock", "claims", "claims-csv", "claims-sheet", "scans", "scans-read",
    "signing", "signing-on",
    "earlier", "earlier-on", "earlier-text", "earlier-text-on",
    "register-item", "sums", "sums-sheet", "matrix",
    "board-of", "hand-over", "ahead",
}  # fmt: skip
SIGNED_IN = {
    "beforehand", "annual", "annual-year", "annual-line",
    "registers", "register", "register-choose", "inspection-target", "inspection-pool",
    "home", "leads", "cases", "inspections", "recordings", "disclosure", "upload", "library", "law-text", "readings",
    "measure", "article", "people", "verification", "settings",
    "password", "audit", "audit-export", "demonstration-clock", "work", "draft-discard",
    "slip-state", "slip-close", "dictation",
    "originals", "own-form-text", "own-form-preview",
    "board", "board-sheet", "board-role", "to-sign",
}  # fmt: skip
_OF_A_STREAM = {
    "lead", "case", "inspection", "dossier", "inspection-dossier", "recording", "publication",
}  # fmt: skip
API_SIGNED_IN = {"api-session", "api-matters", "api-upload"}
API_OWN_AGENCY = {
    "api-matter",
    "api-acts",
    "api-act-on",
    "api-act",
    "api-documents",
    "api-document",
    "api-document-pdf",
}
BELOW = {"oversight", "oversight-agency", "oversight-matters", "oversight-matter"}
POSTED = {
    "sign-out",
    "person-password",
    "person-unlock",
    "draft",
    "draft-on",
    "draft-of",
    "draft-discard",
    "preview",
    "preview-on",
    "lacking",
    "lacking-on",
    "upload",
    "demonstration-clock",
    "scans-read",
    "own-form-preview",
    "signing",
    "signing-on",
    "slip-close",
    "dictation",
}


def test_every_route_is_listed_with_its_check() -> None:
    found = {pattern.name: getattr(pattern.callback, "check", None) for pattern in urlpatterns}
    listed = dict.fromkeys(ANYONE, "anyone") | dict.fromkeys(OWN_AGENCY, "own_agency")
    listed |= dict.fromkeys(BELOW, "below")
    assert found == listed | dict.fromkeys(SIGNED_IN, "signed_in")


def test_no_route_beside_them() -> None:
    others = [one for one in get_resolver("liuhen.config.urls").url_patterns if isinstance(one, URLPattern)]
    assert [one.name or str(one.pattern) for one in others] == ["healthz"]
    rooms = [one for one in get_resolver("liuhen.config.urls").url_patterns if isinstance(one, URLResolver)]
    assert [str(one.pattern) for one in rooms] == ["api/", ""]


def test_every_route_of_the_interface_is_listed_with_its_check() -> None:
    found = {pattern.name: getattr(pattern.callback, "check", None) for pattern in api_patterns}
    listed = {"api-unknown": "anyone"} | dict.fromkeys(API_OWN_AGENCY, "own_agency")
    assert found == listed | dict.fromkeys(API_SIGNED_IN, "signed_in")


@pytest.mark.parametrize("engine", ["sqlite"])
def test_signed_out_the_interface_tells_nothing(database: str, client: Client) -> None:
    for name in sorted(API_SIGNED_IN | API_OWN_AGENCY):
        ask = client.post if name == "api-upload" else client.get
        answer = ask(reverse(name, args=_api_args(name, new_id())))
        assert answer.status_code == 401, name
        assert answer.json()["error"]["code"] == "signed_out"


@pytest.mark.parametrize("engine", ["sqlite"])
def test_another_agencys_matter_is_not_there_for_programs(play: Play, as_person: SignIn) -> None:
    lead = play.act("register_lead", "zhang").stream
    other = as_person("zhang.wangdu")
    for name in sorted(API_OWN_AGENCY - {"api-act"}):
        answer = other.get(reverse(name, args=_api_args(name, lead)))
        assert answer.status_code == 404, name
        assert answer.json()["error"]["code"] == "not_found"
    assert as_person("zhang.qingxi").get(reverse("api-matter", args=[lead])).status_code == 200


def _api_args(name: str, stream: str) -> list[object]:
    given: dict[str, list[object]] = {
        "api-act": ["register_lead"], "api-act-on": [stream, "verify_lead"],
        "api-document": [stream, f"filing_approval@{stream}.1"],
        "api-document-pdf": [stream, f"filing_approval@{stream}.1"],
        **{key: [stream] for key in ("api-matter", "api-acts", "api-documents")},
    }  # fmt: skip
    return given.get(name, [])


@pytest.mark.parametrize("name", sorted((SIGNED_IN | OWN_AGENCY | BELOW) - POSTED))
def test_signed_out_is_sent_to_sign_in(database: str, client: Client, name: str) -> None:
    answer = client.get(reverse(name, args=_args(name)))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in/")


def _args(name: str) -> list[object]:
    stream, digest = new_id(), "0" * 64
    given: dict[str, list[object]] = {
        "annual-year": [2025], "annual-line": [2025, "filed"], "publication-texts": [stream],
        "act": ["register_lead"], "draft": ["register_lead"],
        "signing": ["register_lead"], "signing-on": ["inspect", stream], "slip-state": [stream], "slip-close": [stream],
        "own-form-text": ["filing_approval"], "own-form-preview": ["filing_approval"],
        "earlier": ["register_lead"], "earlier-on": ["inspect", stream], "earlier-text": ["register_lead", stream, 1],
        "earlier-text-on": ["inspect", stream, stream, 1],
        **{key: [stream] for key in ("person", "person-password", "person-unlock", "board-of", "hand-over", "ahead")},
        "board-role": ["handler"],
        "draft-versions": ["register_lead"], "draft-versions-on": ["inspect", stream], "act-on": ["inspect", stream],
        "oversight-agency": ["qingxi"], "oversight-matters": ["qingxi"], "oversight-matter": ["qingxi", stream],
        "claims": [stream, stream], "claims-csv": [stream, stream], "claims-sheet": [stream, stream],
        "sums": [stream], "sums-sheet": [stream], "matrix": [stream],
        "register": ["institutions"], "register-choose": ["institutions"], "register-item": ["institutions", stream],
        "scans": [stream], "scans-read": [stream, stream],
        "work": ["mine"], "draft-discard": [stream], "draft-on": ["inspect", stream],
        "draft-of": ["inspect", stream, 1], "draft-versions-of": ["inspect", stream, 1],
        "correct": ["inspect", stream, 1],
        "file": [stream, 1, digest], "document": [stream, f"filing@{stream}.1"], "measure": ["HN-S"],
        "article": ["HN-S-9"],
        "document-sealed": [stream, f"filing@{stream}.1"], "document-editable": [stream, f"filing@{stream}.1"],
        "documents-print": [stream], "preview": ["register_lead"], "preview-on": ["inspect", stream],
        "lacking": ["register_lead"], "lacking-on": ["inspect", stream],
        "document-pdf": [stream, f"filing@{stream}.1"], "document-page": [stream, f"filing@{stream}.1", 1],
    }  # fmt: skip
    return given.get(
        name,
        [stream]
        if name in ("lead", "case", "inspection", "dossier", "inspection-dossier", "recording", "publication")
        else [],
    )


def test_another_agencys_matter_is_not_there(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    own, other = as_person("zhang.qingxi"), as_person("zhang.wangdu")
    document = f"filing_approval@{case}.1"
    for name, args in (
        ("case", [case]), ("lead", [play.lead]), ("act-on", ["inspect", case]), ("dossier", [case]),
        ("document", [case, document]), ("document-sealed", [case, document]), ("documents-print", [case]),
        ("file", [case, 1, "0" * 64]),
    ):  # fmt: skip
        answer = other.get(reverse(name, args=args))
        assert answer.status_code == 404, name
        assert "仁和" not in answer.content.decode()
    assert other.post(reverse("draft-on", args=["inspect", case]), {"place": "甲"}).status_code == 404
    assert own.get(reverse("case", args=[case])).status_code == 200


def test_settings_are_for_heads_and_administrators(play: Play, as_person: SignIn) -> None:
    assert as_person("ju.qingxi").get("/settings/").status_code == 200
    refused = as_person("zhang.qingxi").get("/settings/")
    assert refused.status_code == 403
    assert "机关登记" in refused.content.decode()


@pytest.mark.parametrize("name", sorted(POSTED))
def test_what_changes_something_is_posted(play: Play, as_person: SignIn, name: str) -> None:
    assert as_person("zhang.qingxi").get(reverse(name, args=_args(name))).status_code == 405


def test_a_form_from_elsewhere_is_refused_in_chinese(play: Play) -> None:
    answer = Client(enforce_csrf_checks=True).post("/sign-in/", {"username": "zhang.qingxi", "password": "x"})
    assert answer.status_code == 403
    assert "表单已失效" in answer.content.decode()


def test_unknown_addresses_answer_in_chinese(play: Play, as_person: SignIn) -> None:
    client = as_person("zhang.qingxi")
    for address in (
        "/nothing/",
        "/do/no_such_act/",
        "/do/confirm_posting/",
        "/law/articles/XX-1/",
        "/law/measures/XX/",
    ):
        answer = client.get(address)
        assert answer.status_code == 404, address
        assert "没有找到这一页" in answer.content.decode()
