"""没有用上的上传: what was sent while the draft could not be saved is offered again, until a draft names it."""

import json
from pathlib import Path

import pytest

from liuhen import ledger
from liuhen.acts.matter import load_matter
from liuhen.kernel.ids import new_id
from liuhen.web.waiting import CUT_OFF
from tests.web.conftest import SignIn
from tests.web.played import Play
from tests.web.test_files import PNG, send


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path: Path) -> None:
    settings.LEDGER_FILES = tmp_path / "files"


def test_it_is_offered_until_it_is_put_somewhere(play: Play, as_person: SignIn) -> None:
    case, client = play.file_case(), as_person("zhang.qingxi")
    form = f"/do/collect_evidence/{case}/"
    assert "data-put-upload" not in client.get(form).content.decode()
    staged = json.loads(send(client, PNG, name="处方.png").content)["id"]
    assert f'data-put-upload="{staged}|处方.png"' in client.get(form).content.decode()
    assert "data-put-upload" not in as_person("li.qingxi").get(form).content.decode()
    client = as_person("zhang.qingxi")
    client.post(f"/drafts/collect_evidence/{case}/", {"name": "处方", "files": f"{staged}|处方.png|4033"})
    page = client.get(form).content.decode()
    assert "data-put-upload" not in page
    assert f'value="{staged}|处方.png"' in page


def test_what_was_taken_out_of_a_form_is_not_offered_in_another(play: Play, as_person: SignIn) -> None:
    """Neither while the form is open, nor when it was submitted without the file, nor when it was thrown away."""
    case, client = play.file_case(), as_person("zhang.qingxi")
    form, other = f"/do/collect_evidence/{case}/", f"/do/inspect/{case}/"
    staged = json.loads(send(client, PNG, name="错的.png").content)["id"]
    draft = f"/drafts/collect_evidence/{case}/"
    version = client.post(draft, {"name": "处方", "files": f"{staged}|错的.png|4033"}).json()["version"]
    client.post(draft, {"name": "处方", "_draft_version": version})
    for address in (form, other):
        assert "错的.png" not in client.get(address).content.decode()
    play.clock.advance(60_000)
    typed = {
        "_key": new_id(), "_draft_version": "2", "name": "处方", "evidence_kind": "documentary", "original": "yes",
        "from_holder": "诊所", "proves": "重复收费", "quantity": "一份",
        "officers": [one["id"] for one in load_matter(case).value("filed", "handlers")],
    }  # fmt: skip
    answer = client.post(form, typed, follow=True)
    assert "已登记" in answer.content.decode(), answer.content.decode()
    assert "错的.png" not in client.get(other).content.decode()
    assert ledger.find_upload(staged, play.who("zhang").id) is None


def test_half_a_file_is_said_to_be_half_until_it_is_used(play: Play, as_person: SignIn) -> None:
    case, client = play.file_case(), as_person("zhang.qingxi")
    form, half = f"/do/collect_evidence/{case}/", PNG[:30]
    staged = json.loads(send(client, half, name="半张.png").content)["id"]
    offered = client.get(form).content.decode()
    assert "data-note" in offered and CUT_OFF in offered
    refused = client.post(form, {"_key": new_id(), "files": f"{staged}|半张.png|30"})
    assert refused.status_code == 422 and CUT_OFF in refused.content.decode()
    assert CUT_OFF in client.get(form).content.decode(), "and when the draft is opened again"
