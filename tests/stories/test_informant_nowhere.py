"""投诉举报人的身份: who may not know it finds it nowhere: on no page, in no list, search, paper, export or answer.

The site is walked from the first page along every address that it gives, then the interface, then the public site.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin

import pytest
from django.test import Client, override_settings

from liuhen.accounts.models import Officer
from liuhen.web import clock as web_clock
from tests.documents.pdftext import text_of
from tests.stories.office import Office, case_as_far_as

NAME, PHONE = "田秀英", "13800000001"
_LINK = re.compile(r"""(?:href|src|data-preview-url|hx-get)="([^"#]+)""")
_NOT = re.compile(
    r"^/(static|sign-out|password|demonstration|s/|slips|law|registers|documents|recordings/.*\?)"
    r"|[?&](sort|page|upto|show|part)=|/\d+/$"
)
"""What is no reading of a matter, the same page in another order or part by part, and papers, which are read in the
bound file; those of the lead are asked for one by one."""
_MOST = 400
"""Pages at most: a walk that does not end is a fault of its own."""


def walked(client: Client, *begin: str) -> Iterator[tuple[str, bytes]]:
    """Every address that can be reached, with what it answers."""
    ahead, seen = list(begin), set(begin)
    while ahead:
        address = ahead.pop(0)
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        yield address, body
        if "html" not in answer.headers.get("Content-Type", ""):
            continue
        for found in _LINK.findall(body.decode()):
            link = urldefrag(urljoin(address, found.replace("&amp;", "&")))[0]
            if link.startswith("/") and link not in seen and not _NOT.search(link):
                seen.add(link)
                ahead.append(link)
        assert len(seen) < _MOST, sorted(seen)[-20:]


def words(body: bytes) -> str:
    """The text of an answer: of a paper or an archive, what stands in it."""
    if body.startswith(b"%PDF"):
        return str(text_of(body))
    if body.startswith(b"PK"):
        held = zipfile.ZipFile(io.BytesIO(body))
        return "".join(held.read(name).decode(errors="ignore") for name in held.namelist())
    return body.decode(errors="ignore")


def named_at(client: Client, *begin: str) -> list[str]:
    """Where his name or telephone stands."""
    return [
        address for address, body in walked(client, *begin) if NAME in words(body) or PHONE in words(body)
    ]


@pytest.fixture
def closed(stage: object, monkeypatch: pytest.MonkeyPatch) -> tuple[Office, dict[str, str]]:
    """A case upon a complaint, from the complaint to the archive, posted."""
    office, streams = case_as_far_as("archive")
    monkeypatch.setattr(web_clock, "_clock", [office.clock])
    return office, dict(streams)


def signed_in(username: str) -> Client:
    client = Client()
    officer = Officer.objects.get(username=username)
    client.force_login(officer, "django.contrib.auth.backends.ModelBackend")
    return client


def reached(streams: dict[str, str]) -> list[str]:
    """Where the walk begins: the first page, what no page links to, and the interface."""
    case, lead = streams["case"], streams["lead"]
    api = [
        f"/api/v1/matters/{stream}{rest}" for stream in (case, lead) for rest in ("", "/acts", "/documents")
    ]
    refs = signed_in("zhang.qingxi").get(f"/api/v1/matters/{lead}/documents").json()["documents"]
    papers = [f"/documents/{lead}/{one['id']}/{kind}" for one in refs for kind in ("pdf/", "docx/")]
    return [
        "/", f"/cases/{case}/", f"/leads/{lead}/", f"/leads/{lead}/?tab=documents", f"/cases/{case}/dossier/",
        f"/cases/{case}/dossier/?for=party", "/api/v1/matters", *api, *papers,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "who",
    ["shen.qingxi", *(pytest.param(one, marks=pytest.mark.slow) for one in ("dang.qingxi", "zhao.qingxi",
     "cai.qingxi", "shenji.qingxi", "xitong.qingxi", "jiandu.henan", "zhang.wangdu"))],
)  # fmt: skip
def test_he_is_named_nowhere(closed: tuple[Office, dict[str, str]], who: str) -> None:
    _, streams = closed
    client = signed_in(who)
    assert named_at(client, *reached(streams)) == []
    for words_ in (NAME, PHONE):
        found = (
            client.get("/cases/", {"q": words_}).content.decode()
            + client.get("/leads/", {"q": words_}).content.decode()
        )
        assert "康宁诊所" not in found


def test_who_handles_the_case_finds_him(closed: tuple[Office, dict[str, str]]) -> None:
    _, streams = closed
    answer = signed_in("zhang.qingxi").get(f"/leads/{streams['lead']}/?tab=record")
    assert NAME in words(answer.content) and PHONE in words(answer.content)


def test_the_public_site_does_not_know_him(closed: tuple[Office, dict[str, str]]) -> None:
    with override_settings(ROOT_URLCONF="liuhen.config.urls_public"):
        assert named_at(Client(), "/", "/list.csv", "/feed.json", "/about/", "/annual/", "/d/") == []
