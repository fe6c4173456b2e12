"""依据的取用: what the agency has posted, or named as its source, is offered where it is written again."""

import pytest

from liuhen.acts.matter import register_of
from liuhen.oversight.scenarios import FILES, read_scenario
from liuhen.oversight.scenarios.player import played
from liuhen.web import clock as web_clock
from tests.api.conftest import Program

pytestmark = pytest.mark.usefixtures("stage")


@pytest.mark.article("HN-G-5")
def test_the_posted_bases_are_offered_for_the_powers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    playing = played(read_scenario(FILES / "beforehand-whole.yaml"))
    monkeypatch.setattr(web_clock, "_clock", [playing.clock])
    client = Program("zhao.qingxi").client
    for act in ("prepare_powers", "prepare_random_list", "prepare_other_item"):
        page = client.get(f"/do/{act}/{playing.streams['register']}/").content.decode()
        assert 'list="offers-list"' in page, act
        assert '<option value="医疗保障基金使用监督管理条例">' in page, act


def test_the_document_of_an_earlier_setting_is_offered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    playing = played(read_scenario(FILES / "agency-register.yaml"))
    monkeypatch.setattr(web_clock, "_clock", [playing.clock])
    register = register_of(playing.agency.id)
    page = Program("ju.qingxi").client.get(f"/do/set_committee/{register}/").content.decode()
    assert '<option value="清医保〔2026〕1号">' in page
