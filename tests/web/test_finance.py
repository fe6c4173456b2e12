"""财务人员 reads the decision, its delivery and the payments; of the rest only that it happened (least privilege)."""

from django.test import Client
from django.urls import reverse

from liuhen.accounts.permissions import limited
from liuhen.acts import registry
from liuhen.acts.matter import load_matter
from liuhen.documents.queries import documents_of
from liuhen.documents.witness import issuer
from liuhen.ledger.entry import file_references
from liuhen.web.entries import file_url
from tests.factories.matters import play_case
from tests.web.conftest import SignIn
from tests.web.played import Play

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
