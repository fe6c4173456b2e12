"""文书出门: sealed, copied and printed together, by those who may."""

import io
import json
import re

import pikepdf
from cryptography import x509

from liuhen.accounts.models import Agency
from liuhen.accounts.projections import people_stream
from liuhen.acts.matter import load_matter
from liuhen.documents.queries import content_of, documents_of
from liuhen.documents.seals import check, seal_file
from liuhen.documents.witness import issuer
from liuhen.kernel.clock import parse_local
from tests.web.conftest import SignIn
from tests.web.played import Play


def addresses(client, case: str) -> dict[str, str]:
    page = client.get(f"/cases/{case}/?tab=documents").content.decode()
    return {title: url for url, title in re.findall(r'<a href="(/documents/[^"]+)">([^<]+?) *<', page)}


def test_several_are_printed_as_one(play: Play, as_person: SignIn) -> None:
    case, client = play.file_case(), as_person("zhang.qingxi")
    page = client.get(f"/cases/{case}/?tab=documents").content.decode()
    chosen = re.findall(r'name="d" value="([^"]+)"', page)
    assert len(chosen) > 2
    answer = client.get(f"/documents/{case}/print/", {"d": chosen[:3]})
    assert len(pikepdf.open(io.BytesIO(answer.content)).pages) >= 3
    none = client.get(f"/documents/{case}/print/")
    assert none.status_code == 409
    assert "没有选中" in none.content.decode()


def test_an_editable_copy(play: Play, as_person: SignIn) -> None:
    case, client = play.file_case(), as_person("zhang.qingxi")
    answer = client.get(addresses(client, case)["立案审批表"] + "docx/")
    assert answer.content[:2] == b"PK"
    assert "attachment" in answer.headers["Content-Disposition"]


def test_what_bears_a_seal_is_sealed_and_nothing_else(play: Play, as_person: SignIn) -> None:
    case, client = play.file_case(), as_person("zhang.qingxi")
    play.act("notify_inquiry", "zhang", case)
    found = addresses(client, case)
    refused = client.get(found["立案审批表"] + "sealed/")
    assert refused.status_code == 409
    assert "不加盖印章" in refused.content.decode()
    assert "加盖电子印章的 PDF" in client.get(found["询问通知书"]).content.decode()
    pdf = client.get(found["询问通知书"] + "sealed/").content
    agency = Agency.objects.get(slug="qingxi")
    certificate = x509.load_pem_x509_certificate(seal_file(agency.id).read_bytes())
    assert check(pdf, [certificate]).valid


def test_who_may_not_seal_hears_who_may(play: Play, as_person: SignIn) -> None:
    case, client = play.file_case(), as_person("mi.qingxi")
    play.act("notify_inquiry", "zhang", case)
    address = addresses(client, case)["询问通知书"]
    assert "加盖电子印章的 PDF" not in client.get(address).content.decode()
    refused = client.get(address + "sealed/")
    assert refused.status_code == 409
    assert "加盖电子印章由承办人" in refused.content.decode()


def test_a_drawn_signature_holds_for_what_was_shown(play: Play, as_person: SignIn) -> None:
    case, client = play.file_case(), as_person("zhang.qingxi")
    typed = {
        "asked_name": "周济生", "matters": "处方的来源", "place": "本局询问室", "phone": "0391-1234567",
        "appear_at": "2026-08-10 09:00", "officers": [],
    }  # fmt: skip
    shown = client.post(f"/preview/notify_inquiry/{case}/", typed).json()
    (page,) = shown["pages"]
    assert page["src"].startswith("data:image/svg+xml;base64,")
    held = client.post(f"/preview/notify_inquiry/{case}/", {**typed, "_held": page["id"]}).json()
    assert held["pages"] == [{"id": page["id"], "src": ""}]
    other = client.post(f"/preview/notify_inquiry/{case}/", {**typed, "matters": "处方的去向"}).json()
    assert shown["digest"] != other["digest"]
    again = client.post(f"/preview/notify_inquiry/{case}/", {**typed, "signatures-0-name": "周济生"}).json()
    assert shown["digest"] == again["digest"]
    assert client.post("/preview/nothing/", {}).status_code == 404


def test_who_registered_is_named_on_the_paper_and_in_its_preview(play: Play, as_person: SignIn) -> None:
    play.clock.ms = parse_local("2026-11-24 09:00")
    lead = play.act("register_lead", "zhang").stream
    entries, own = load_matter(lead).entries, issuer(play.agency_id)
    (ref,) = documents_of(entries, own)

    def said() -> str:
        return json.dumps(content_of(ref, entries, own)[1], ensure_ascii=False)

    first = said()
    assert "张明远" in first and "签名" not in first
    officer = str(play.who("zhang").id)
    moved = {"officer": officer, "name": "张远", "unit": "法规科", "reason": "调整"}
    play.act("change_person", "xitong", people_stream(play.agency_id), **moved)
    assert said() == first, "a paper names him as he was when it was made"
    later = load_matter(play.act("register_lead", "zhang").stream).entries
    (ref,), entries = documents_of(later, own), later
    assert "张远" in said() and "法规科" in said()
    shown = as_person("zhang.qingxi").post("/preview/register_lead/", {"suspect": "清溪县仁和诊所"}).json()
    assert len(shown["pages"]) == 1
