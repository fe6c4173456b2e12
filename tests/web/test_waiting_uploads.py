"""没有用上的上传: what was sent while the draft could not be saved is offered again, until a draft names it."""

import json
from pathlib import Path

import pytest

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
