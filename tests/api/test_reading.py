"""Reading by program: the same matters, the same guarded parts, the same note of it as on the screens."""

import pytest
from django.db import connection

from liuhen.acts.matter import load_matter
from liuhen.api import listing
from liuhen.cases.obligations import obligations
from tests.api.conftest import AsProgram, error
from tests.web.played import Play

ONE_ENGINE = pytest.mark.parametrize("engine", ["sqlite"])
INFORMANT = "王大力"


def looked(how: str) -> list[tuple[str, bool]]:
    """What was looked at that way, and whether it was granted, in its order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT what, granted FROM ledger_read WHERE how = %s ORDER BY number", [how])
        return [(what, bool(granted)) for what, granted in cursor.fetchall()]


@ONE_ENGINE
def test_a_matter_as_it_stands(play: Play, as_program: AsProgram) -> None:
    case = play.file_case()
    zhang = as_program("zhang.qingxi")
    told = zhang.get(f"matters/{case}").json()
    now = load_matter(case)
    assert (told["type"], told["stage"], told["adopts"]) == ("case", "investigation", [play.lead])
    assert [one["id"] for one in told["entries"]] == [entry.id for entry in now.entries]
    assert told["entries"][-1]["leaf"] == now.entries[-1].leaf_hash.hex()
    owed = obligations(now, play.clock.now_ms())
    assert [(one["rule"], one["verdict"], one["due_ms"]) for one in told["obligations"]] == [
        (one.owed.rule, one.verdict.state, one.owed.due_ms) for one in owed
    ]
    assert any(one["working"] and one["article"] and one["due"] for one in told["obligations"])
    lead = zhang.get(f"matters/{play.lead}").json()
    assert lead["adopted_by"] == case
    assert looked("page") == [(case, True), (play.lead, True)]


@ONE_ENGINE
def test_guarded_parts_are_withheld(play: Play, as_program: AsProgram) -> None:
    lead = play.act("register_lead", "zhang").stream
    own = as_program("zhang.qingxi").get(f"matters/{lead}")
    assert INFORMANT in own.content.decode()
    assert own.json()["entries"][0]["withheld"] == []
    other = as_program("cai.qingxi").get(f"matters/{lead}")
    assert INFORMANT not in other.content.decode()
    assert other.json()["entries"][0]["withheld"] == ["informant"]


@ONE_ENGINE
def test_who_keeps_the_machine_reads_no_matters(play: Play, as_program: AsProgram) -> None:
    lead = play.act("register_lead", "zhang").stream
    keeper = as_program("xitong.qingxi")
    for address in ("matters", f"matters/{lead}", f"matters/{lead}/acts", f"matters/{lead}/documents"):
        assert error(keeper.get(address), 403)["code"] == "forbidden"
    assert looked("page")[0] == ("/api/v1/matters", False)


@ONE_ENGINE
def test_documents_and_what_stands_in_the_way(play: Play, as_program: AsProgram) -> None:
    case = play.file_case()
    zhang = as_program("zhang.qingxi")
    (paper, *_) = zhang.get(f"matters/{case}/documents").json()["documents"]
    pdf = zhang.client.get(paper["pdf"])
    assert pdf.content.startswith(b"%PDF")
    assert looked("pdf") == [(f"{case}:{paper['id']}", True)]
    said = zhang.client.get(paper["content"]).json()
    assert [said[name] for name in ("title", "form", "form_version")] == [
        paper[name] for name in ("title", "form", "form_version")
    ]
    assert said["blocks"] and looked("document") == [(f"{case}:{paper['id']}", True)]
    missing = paper["id"].rpartition(".")[0] + ".999"
    assert error(zhang.get(f"matters/{case}/documents/{missing}/pdf"), 404)["code"] == "not_found"
    acts = {one["act"]: one for one in zhang.get(f"matters/{case}/acts").json()["acts"]}
    assert acts["inspect"]["open"] and not acts["inspect"]["reasons"]
    barred = {one["act"]: one for one in as_program("ke.qingxi").get(f"matters/{case}/acts").json()["acts"]}
    assert [one["rule"] for one in barred["inspect"]["reasons"]] == ["permission.inspect"]
    form = zhang.get(f"matters/{case}/acts/inspect").json()
    assert {"place", "officers"} <= {one["name"] for one in form["fields"]}
    assert form["seen"] == load_matter(case).entries[-1].index
    assert (f"{case}:inspect", True) in looked("form")


def test_a_list_is_read_on_and_on(play: Play, as_program: AsProgram, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "PAGE_SIZE", 2)
    leads = [play.act("register_lead", "zhang", suspect=f"诊所{name}").stream for name in "甲乙丙丁"]
    zhang = as_program("zhang.qingxi")
    first = zhang.get("matters", type="lead").json()
    play.act("register_lead", "zhang", suspect="后来的诊所")
    second = zhang.get("matters", type="lead", cursor=first["next_cursor"]).json()
    read = [one["id"] for page in (first, second) for one in page["matters"]]
    assert read == leads[::-1]
    assert second["next_cursor"] is None
    found = zhang.get("matters", type="lead", q="诊所丙").json()["matters"]
    assert [one["suspect"] for one in found] == ["诊所丙"]
    assert zhang.get("matters", type="recording").json() == {"matters": [], "next_cursor": None}
    for query in ({"cursor": "x"}, {"stage": "x"}, {"from": "x"}, {"type": "x"}, {"page": "2"}):
        assert error(zhang.get("matters", **query), 400)["fields"]


def test_cases_are_narrowed_as_on_the_screens(
    play: Play, as_program: AsProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PAGE_SIZE", 1)
    first, second = play.file_case(), play.file_case_of("清溪县康泰药店")
    zhang = as_program("zhang.qingxi")
    page = zhang.get("matters", stage="investigation", officer=play.who("zhang").id).json()
    assert [one["id"] for one in page["matters"]] == [second]
    rest = zhang.get("matters", cursor=page["next_cursor"]).json()
    assert [one["id"] for one in rest["matters"]] == [first]
    found = zhang.get("matters", q="康泰").json()["matters"]
    assert [one["party_name"] for one in found] == ["清溪县康泰药店"]
    assert looked("search") == [("cases?康泰", True)]
