"""逐页签名: whoever signed one page has not signed two; what adds a page afterwards is said, and he signs again."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from liuhen.acts.matter import load_matter
from tests.documents.pdftext import text_of
from tests.web.conftest import SignIn
from tests.web.played import Play
from tests.web.test_files import PNG, send
from tests.web.test_paper import addresses
from tests.web.test_signing_elsewhere import STROKE, typed


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path: Path) -> None:
    settings.LEDGER_FILES = tmp_path / "files"


NOTE = "当事人看过以后离开，没有说明理由。" * 20


def shown(officer: Client, play: Play, form: dict[str, Any]) -> dict[str, Any]:
    answer = officer.post(f"/preview/inspect/{play.case}/", {**form, "_to_sign": "1"})
    assert answer.status_code == 200, answer.content.decode()
    found: dict[str, Any] = json.loads(answer.content)
    return found


def signed(number: int, who: str, name: str, text: dict[str, Any], pages: int) -> dict[str, str]:
    cells = {
        "who": who, "name": name, "drawn": json.dumps([STROKE]), "pages": json.dumps([[STROKE]] * pages),
        "shown": text["digest"], "at": text["at"],
    }  # fmt: skip
    return {f"signatures-{number}-{cell}": value for cell, value in cells.items()}


@pytest.fixture
def full_page(play: Play, as_person: SignIn) -> tuple[Client, dict[str, Any]]:
    """A record whose one page is full."""
    play.file_case()
    play.clock.advance(4 * 3_600_000)
    officer, form = as_person("zhang.qingxi"), typed(play)
    for lines in range(1, 40):
        longer = {**form, "findings": "\n".join(["收费处有自制收费清单。"] * lines)}
        if shown(officer, play, longer)["total"] == 2:
            return officer, form
        form = longer
    raise AssertionError


def test_a_page_that_came_after_somebody_signed_is_signed_too(
    play: Play, full_page: tuple[Client, dict[str, Any]]
) -> None:
    officer, form = full_page
    text = shown(officer, play, form)
    assert text["total"] == 1 and text["each_page"]
    form |= signed(0, "party", "周仁和", text, 1)
    assert shown(officer, play, form)["total"] == 1, "what he drew adds no page"
    refused = {"who": "witness", "name": "王喆祎", "refused": "yes", "note": NOTE}
    noted = {**form, **{f"signatures-1-{cell}": value for cell, value in refused.items()}}
    answer = officer.post(f"/do/inspect/{play.case}/", noted)
    assert answer.status_code == 422
    assert "周仁和签名时全文不是现在的2页" in answer.content.decode()
    assert load_matter(play.case).all("inspected") == []
    again = shown(officer, play, noted)
    assert again["total"] == 2 and again["digest"] == text["digest"]
    noted |= signed(0, "party", "周仁和", again, 2)
    done = officer.post(f"/do/inspect/{play.case}/", noted, follow=True)
    assert "已登记" in done.content.decode()


def test_the_paper_that_is_archived_has_the_pages_that_were_shown(
    play: Play, full_page: tuple[Client, dict[str, Any]]
) -> None:
    officer, form = full_page
    text = shown(officer, play, form)
    people = [("party", "周仁和"), ("officer", "张明远"), ("officer", "李若溪"), ("witness", "王喆祎")]
    for number, (who, name) in enumerate(people):
        form |= signed(number, who, name, text, text["total"])
    done = officer.post(f"/do/inspect/{play.case}/", form, follow=True)
    assert "已登记" in done.content.decode()
    pdf = officer.get(addresses(officer, play.case)["现场笔录"] + "pdf/")
    assert "第1页共1页" in "".join(text_of(pdf.content).split())


def test_files_stand_on_what_is_shown(play: Play, as_person: SignIn) -> None:
    """A list of attachments is part of the paper, and of the pages that are signed."""
    play.file_case()
    play.clock.advance(4 * 3_600_000)
    officer, form = as_person("zhang.qingxi"), typed(play)
    before = shown(officer, play, form)["total"]
    sent = [send(officer, PNG, name=f"现场照片{number}.png") for number in range(40)]
    form["files"] = [json.loads(one.content)["id"] for one in sent]
    assert shown(officer, play, form)["total"] > before
