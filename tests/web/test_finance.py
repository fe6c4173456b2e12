"""财务人员 reads the decision, its delivery and the payments; of the rest only that it happened (least privilege)."""

import re
from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin

import pytest
from django.test import Client
from django.urls import reverse

from liuhen.accounts.permissions import limited
from liuhen.acts import registry
from liuhen.acts.act import Matter
from liuhen.acts.matter import load_matter
from liuhen.acts.secrets import texts_in
from liuhen.documents.queries import documents_of
from liuhen.documents.witness import issuer
from liuhen.ledger.entry import file_references
from liuhen.web.entries import file_url
from tests.factories.matters import play_case
from tests.web.conftest import SignIn
from tests.web.played import Play

_LEADS_TO = re.compile(r"""(?:href|hx-get|data-preview-url)="([^"#]+)""")
_OF_A_CASE = re.compile(r"^/(cases|ahead|do|preview|earlier|drafts)/")
_NAMED = re.compile(r"（20\d\d-")
"""An entry by its name and day: that it is there he knows."""
_SENTENCE = 12
"""Characters by which a text is known again."""
EVIDENCE = frozenset({"inspected", "evidence_collected", "inquired"})


def statuses(client: Client, addresses: list[str]) -> set[int]:
    return {client.get(address).status_code for address in addresses}


def test_what_the_table_names_is_there(play: Play) -> None:
    forms = {form.id for form in issuer(play.agency_id).forms()}
    for role, row in limited().items():
        assert set(row["entries"]) <= set(registry.dictionary().kinds), role
        assert set(row["documents"]) <= forms, role


def test_finance_opens_the_decision_and_nothing_of_the_evidence(play: Play, as_person: SignIn) -> None:
    case = play_case("decision").case
    matter = load_matter(case)
    play.clock.ms = matter.entries[-1].recorded_ms
    papers = {
        ref.form: f"/documents/{case}/{ref.id}/"
        for ref in documents_of(matter.entries, issuer(matter.agency))
    }
    files = [
        file_url(entry, dict(one))
        for entry in matter.entries
        if entry.kind in EVIDENCE
        for one in file_references(entry.parts["open"])
    ]
    assert {"inspection_record", "decision"} <= papers.keys()
    finance, handler = as_person("cai.qingxi"), as_person("zhang.qingxi")
    whole = [f"/cases/{case}/dossier/", f"/cases/{case}/scans/", f"/cases/{case}/sums/"]
    hidden = [papers["inspection_record"], f"{papers['inspection_record']}pdf/", *files[:1], *whole]
    assert statuses(finance, hidden) == {403}
    assert statuses(handler, hidden) == {200}
    assert (
        finance.get(f"/documents/{case}/print/", {"d": papers["inspection_record"].split("/")[3]}).status_code
        == 403
    )
    assert finance.get(papers["decision"]).status_code == 200
    listed = finance.get(f"/cases/{case}/?tab=documents").content.decode()
    assert (
        papers["decision"] in listed
        and papers["inspection_record"] not in listed
        and "/dossier/" not in listed
    )
    earlier = [f"/earlier/{name}/{case}/?field=description" for name in ("record_performance", "inspect")]
    assert [finance.get(one).status_code for one in earlier] == [200, 403]
    inspected = matter.last("inspected")
    decided = matter.last("decided")
    assert inspected is not None and decided is not None
    record = finance.get(f"/cases/{case}/?tab=record").content.decode()
    assert decided.open["performance"] in record and inspected.open["findings"] not in record
    assert inspected.open["findings"] in handler.get(f"/cases/{case}/?tab=record").content.decode()
    deliberated = matter.last("deliberated")
    assert deliberated is not None and deliberated.open["conclusion"] not in record
    ids = {form: papers[form].split("/")[3] for form in ("decision", "inspection_record")}
    for kind in ("api-document", "api-document-pdf"):
        read = {form: finance.get(reverse(kind, args=[case, id])).status_code for form, id in ids.items()}
        assert read == {"decision": 200, "inspection_record": 404}, kind
    api = finance.get(f"/api/v1/matters/{case}").content.decode()
    assert inspected.open["findings"] not in api


def not_for_finance(matter: Matter) -> set[str]:
    """Beginnings of texts that stand only in entries that the table does not name."""
    listed = set(limited()["finance"]["entries"])
    read = "\n".join(
        text for entry in matter.entries if entry.kind in listed for text in texts_in(entry.open)
    )
    known = read + "\n".join(str(matter.value(kind, "facts") or "") for kind in ("filed",))
    return {
        text[:_SENTENCE]
        for entry in matter.entries
        if entry.kind not in listed
        for name in (
            "findings",
            "content",
            "facts",
            "summary",
            "conclusion",
            "opinion",
            "statements",
            "evidence",
        )
        for text in texts_in(entry.open.get(name, ""))
        if len(text) >= _SENTENCE
        and text[:_SENTENCE] not in known
        and not _NAMED.search(text[: _SENTENCE * 2])
    }


def pages_of(client: Client, case: str) -> Iterator[tuple[str, str]]:
    """Every page of the case that can be reached, the look ahead at each act and the previews among them."""
    names = [name for name, act in registry.acts().items() if not act.by_system]
    ahead = [
        f"/cases/{case}/", *(f"/ahead/{case}/?act={name}" for name in names), f"/api/v1/matters/{case}/acts",
        *(f"/do/{name}/{case}/" for name in names), *(f"/preview/{name}/{case}/" for name in names),
    ]  # fmt: skip
    seen = set(ahead)
    while ahead:
        address = ahead.pop(0)
        answer = client.post(address) if address.startswith("/preview/") else client.get(address)
        body = answer.content.decode() if not answer.streaming else ""
        yield address, body
        for found in _LEADS_TO.findall(body) if "html" in answer.headers.get("Content-Type", "") else ():
            link = urldefrag(urljoin(address, found.replace("&amp;", "&")))[0]
            if case in link and _OF_A_CASE.match(link) and "upto=" not in link and link not in seen:
                seen.add(link)
                ahead.append(link)


@pytest.mark.slow
def test_nothing_of_the_rest_is_told_by_form_or_look_ahead(play: Play, as_person: SignIn) -> None:
    case = play_case("close").case
    matter = load_matter(case)
    play.clock.ms = matter.entries[-1].recorded_ms
    hidden = not_for_finance(matter)
    assert len(hidden) > 10
    told = {
        (address.partition("?")[0], text)
        for address, body in pages_of(as_person("cai.qingxi"), case)
        for text in hidden
        if text in body
    }
    assert told == set()


def test_search_finds_no_case_by_what_he_does_not_read(play: Play, as_person: SignIn) -> None:
    case = play_case("decision").case
    matter = load_matter(case)
    play.clock.ms = matter.entries[-1].recorded_ms
    inspected = matter.last("inspected")
    assert inspected is not None
    words, party = inspected.open["findings"][:_SENTENCE], str(matter.value("filed", "party_name"))
    for who, wanted, there in (("zhang", words, True), ("cai", words, False), ("cai", party, True)):
        client = as_person(f"{who}.qingxi")
        page = client.get("/cases/", {"q": wanted}).content.decode()
        api = client.get("/api/v1/matters", {"q": wanted}).content.decode()
        assert (f"/cases/{case}/" in page) == there == (case in api), (who, wanted)


def test_a_paper_that_he_does_not_read_is_not_previewed(
    play: Play, as_person: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = play_case("decision").case
    play.clock.ms = load_matter(case).entries[-1].recorded_ms
    finance, address = as_person("cai.qingxi"), f"/preview/record_performance/{case}/"
    assert finance.post(address).json()["total"] == 1
    monkeypatch.setitem(limited()["finance"], "documents", [])
    assert finance.post(address).json()["total"] == 0
