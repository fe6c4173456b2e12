"""Acting by program: the one door, once for a key; each status with the one shape of errors."""

from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory, override_settings

from liuhen import ledger
from liuhen.accounts.models import Officer
from liuhen.acts.matter import load_matter, register_of
from liuhen.api import acting, answers, uploads
from tests.api.conftest import AsProgram, error
from tests.web.played import Play

ONE_ENGINE = pytest.mark.parametrize("engine", ["sqlite"])
LEAD = {"source": "report", "informant_kind": "anonymous", "suspect": "清溪县和平诊所", "content": "举报。",
        "accepted": True}  # fmt: skip
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 64


def entries() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM ledger_entry")
        return int(cursor.fetchone()[0])


def test_a_key_is_one_act(play: Play, as_program: AsProgram) -> None:
    zhang = as_program("zhang.qingxi")
    bad = zhang.post("acts/register_lead", {"fields": {**LEAD, "suspect": ""}}, key="one")
    assert set(error(bad, 422)["fields"]) == {"suspect"}
    first = zhang.post("acts/register_lead", {"fields": LEAD}, key="one")  # put right, under its key
    assert first.status_code == 201
    receipt = first.json()["receipt"]
    (entry,) = ledger.read([receipt["stream"]])
    assert receipt["entry"] == entry.id
    assert receipt["log"]["index"] == entry.index
    assert receipt["log"]["leaf"] == entry.leaf_hash.hex()
    now = entries()
    again = zhang.post("acts/register_lead", {"fields": LEAD}, key="one")
    assert again.status_code == 200
    assert again.json()["receipt"] == receipt | {"again": True}
    other = zhang.post("acts/register_lead", {"fields": {**LEAD, "suspect": "别的诊所"}}, key="one")
    assert error(other, 409)["code"] == "key_reused"
    lead = receipt["stream"]
    elsewhere = zhang.post(f"matters/{lead}/acts/verify_lead", {"fields": LEAD}, key="one")
    assert error(elsewhere, 409)["code"] == "key_reused"
    assert entries() == now
    assert as_program("ke.qingxi").post("acts/register_lead", {"fields": LEAD}, key="one").status_code == 201


@ONE_ENGINE
def test_another_did_it_meanwhile(play: Play, as_program: AsProgram) -> None:
    lead = play.act("register_lead", "zhang").stream
    seen = load_matter(lead).entries[-1].index
    play.act("verify_lead", "zhang", lead)
    late = as_program("li.qingxi").post(f"matters/{lead}/acts/verify_lead", {"fields": {}, "seen": seen})
    assert error(late, 409)["code"] == "moved"


@pytest.mark.parametrize(
    "body",
    [b"{", b"[]", b'{"fields": 1}', b'{"fields": {"x": NaN}}', b'{"fields": {"x": 1.5}}',
     b'{"fields": {"x": "\\ud800"}}', b"\xff", b'{"seen": true}', b'{"other": 1}', b"[" * 100_000],
    ids=range(10),
)  # fmt: skip
def test_what_cannot_be_read(body: bytes) -> None:
    request = RequestFactory().post("/", body, content_type="application/json")
    with pytest.raises(answers.Problem) as problem:
        acting.sent(request)
    assert (problem.value.status, problem.value.code) == (400, "bad_json")


@ONE_ENGINE
def test_each_way_of_not_being_let_in(play: Play, as_program: AsProgram) -> None:
    lead = play.act("register_lead", "zhang").stream
    zhang, on = as_program("zhang.qingxi"), f"matters/{lead}/acts"
    now = entries()
    assert error(as_program().post("acts/register_lead", {"fields": LEAD}), 401)["code"] == "signed_out"
    without = as_program("zhang.qingxi", token="")
    assert error(without.post("acts/register_lead", {"fields": LEAD}), 403)["code"] == "csrf"
    assert error(zhang.post("acts/register_lead", key=""), 400)["code"] == "idempotency_key"
    assert error(zhang.post("acts/register_lead", key="长"), 400)["code"] == "idempotency_key"
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert error(zhang.post("acts/register_lead", b"a=b", **form), 400)["code"] == "content_type"
    assert error(zhang.post("acts/register_lead", b"{", key="one"), 400)["code"] == "bad_json"
    for name in ("acts/no_such", "acts/confirm_posting", "acts/inspect", "acts/reset_password", f"{on}/decide",
                 "nothing"):  # fmt: skip
        assert error(zhang.post(name), 404)["code"] == "not_found", name
    assert error(zhang.post("matters"), 405)["code"] == "method"
    barred = error(zhang.post(f"{on}/file_case", {"fields": {"opinion_head": "同意。"}}), 403)
    assert (barred["code"], barred["reasons"][0]["rule"]) == ("forbidden", "permission.file_case")
    refused = error(
        as_program("ju.qingxi").post(f"{on}/file_case", {"fields": {"opinion_head": "同意。"}}), 422
    )
    assert refused["code"] == "refused"
    assert all(one["article"] and one["cited"] and one["remedy"] for one in refused["reasons"])
    with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=100):
        long = zhang.post("acts/register_lead", {"fields": LEAD})
    assert error(long, 413)["code"] == "too_large"
    Officer.objects.filter(username="li.qingxi").update(must_change=True)
    assert error(as_program("li.qingxi", token="x").get("session"), 403)["code"] == "change_password"
    assert entries() == now
    with connection.cursor() as cursor:
        cursor.execute("SELECT what FROM ledger_read WHERE how = 'act' AND NOT granted")
        assert cursor.fetchall() == [(f"{lead}:file_case",)] * 2


@ONE_ENGINE
def test_a_file_is_streamed_and_attached(
    play: Play, as_program: AsProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    zhang = as_program("zhang.qingxi")
    sent = zhang.upload(JPEG, "%E7%8E%B0%E5%9C%BA.jpg")
    assert sent.status_code == 201
    assert sent.json()["name"] == "现场.jpg"
    fields: dict[str, Any] = {**LEAD, "files": [sent.json()["id"]]}
    done = zhang.post("acts/register_lead", {"fields": fields})
    assert done.status_code == 201, done.json()
    assert error(zhang.upload(b"text", "假.jpg"), 422)["code"] == "upload_refused"
    assert error(zhang.upload(b"", "空.jpg".encode().decode("latin-1")), 422)["code"] == "upload_refused"
    assert error(zhang.upload(JPEG, ""), 400)["code"] == "bad_request"
    monkeypatch.setattr(uploads, "MAX_BYTES", 10)
    assert error(zhang.upload(JPEG, "a.jpg"), 413)["code"] == "too_large"


@ONE_ENGINE
def test_values_of_another_type_are_said_to_be_wrong(play: Play, as_program: AsProgram) -> None:
    case = play.file_case()
    register = register_of(play.agency_id)
    ju, zhang = as_program("ju.qingxi"), as_program("zhang.qingxi")
    days = {"year": 2027, "off": [{"date": "元旦"}, {"name": "春节"}], "notice": "国办发明电〔2026〕1号"}
    wrong = error(ju.post(f"matters/{register}/acts/announce_year", {"fields": days}), 422)
    assert set(wrong["fields"]) == {"off"}
    files = zhang.post(f"matters/{case}/acts/import_claims", {"fields": {"files": True}})
    assert "files" in error(files, 422)["fields"]
    signed = {"signatures": [{"who": {"a": 1}, "name": "周某"}]}
    assert (
        "signatures" in error(zhang.post(f"matters/{case}/acts/inspect", {"fields": signed}), 422)["fields"]
    )
