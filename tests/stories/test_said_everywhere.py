"""One gate's refusal: a scenario, a program and a person at the screen hear the same sentence of it."""

import json
import re
from html import unescape
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from liuhen.acts import Reason, Refused
from liuhen.acts.cited import citation
from liuhen.acts.matter import packs
from liuhen.api.answers import not_let_in
from liuhen.kernel.ids import new_id
from liuhen.law import PACKS
from liuhen.oversight.scenarios import FILES, read_scenario
from liuhen.oversight.scenarios.outcome import Came
from liuhen.oversight.scenarios.player import Playing, played
from liuhen.web import clock as web_clock
from tests.api.conftest import Program, error

TOLD = """scenario: 没有核查就要立案
agency: qingxi
steps:
  - {at: 2026-03-02 09:00, by: zhang, do: register_lead, as: lead,
     with: {source: complaint, informant_kind: anonymous, suspect: 某诊所, content: 投诉。, accepted: true}}
  - {at: 2026-03-02 09:30, by: ju, do: file_case, on: lead, refused: [], with: {opinion_head: 同意。}}
"""


def refused_in(folder: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> tuple[Playing, Came]:
    """A scenario that goes otherwise in one step than it says, and how; the pages show the same moment."""
    file = folder / "told.yaml"
    file.write_text(text, encoding="utf-8")
    playing = played(read_scenario(file))
    (failure,) = playing.outcome.failures
    monkeypatch.setattr(web_clock, "_clock", [playing.clock])
    return playing, failure


@pytest.mark.usefixtures("stage")
@pytest.mark.article("R09-15")
def test_the_same_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    playing, failure = refused_in(tmp_path, TOLD, monkeypatch)
    head, lead = Program("ju.qingxi"), playing.streams["lead"]

    refused = error(head.post(f"matters/{lead}/acts/file_case", {"fields": {"opinion_head": "同意。"}}), 422)
    page = head.client.post(
        reverse("act-on", args=["file_case", lead]),
        {"_key": new_id(), "opinion_head": "同意。"},
        headers={"X-CSRFToken": head.token},
    )
    assert page.status_code == 422
    shown = unescape(page.content.decode())
    rules = [reason["rule"] for reason in refused["reasons"]]
    assert "R09-15.verified" in rules
    for reason in refused["reasons"]:
        cited = f"（{reason['article']}）"
        assert f"{reason['text']}{cited}。{reason['remedy']}".replace("。。", "。") in failure.came
        assert reason["text"] in shown
        assert f">{reason['cited']}<" in shown
        assert f"办法：{reason['remedy']}" in shown
    before = {one["act"]: one for one in head.get(f"matters/{lead}/acts").json()["acts"]}
    assert "file_case" not in before or [one["rule"] for one in before["file_case"]["reasons"]]


def test_every_gate_says_its_sentence_everywhere() -> None:
    """What a rule says, of which article, and what to do instead: nothing of it is lost or said otherwise anywhere."""
    for gate in (gate for pack in packs().values() for gate in pack.gates):
        assert gate.say and gate.remedy, f"{gate.id} says why and what to do"
        reason = Reason(gate.id, gate.cited, gate.say, gate.remedy)
        refused = Refused([reason])
        (told,) = json.loads(not_let_in(refused).answer().content)["error"]["reasons"]
        shown = unescape(
            render_to_string("web/parts/reasons.html", {"title": "没有办理", "reasons": [reason], "me": None})
        )
        assert (told["text"], told["remedy"]) == (gate.say, gate.remedy)
        assert reason.sentence() == f"{gate.say}（{gate.cited}）。{gate.remedy}" in str(refused)
        assert gate.say in shown and f"办法：{gate.remedy}" in shown, gate.id
        assert f">{citation(gate.cited)}<" in shown and told["cited"] == citation(gate.cited)


_ELSEWHERE = {"R09-15.suspect", "R09-16.drawn_valid"}
"""Gates that no scenario meets, but an example of their pack: the form is sent back before the law is asked, as without
a party, or with the name of each inspector whose certificate does not hold on the day of the draw."""


def test_every_gate_is_met_in_a_scenario() -> None:
    met = {
        rule
        for file in FILES.glob("*.yaml")
        for listed in re.findall(r"refused:\s*\[([^\]]*)\]", file.read_text("utf-8"))
        for rule in re.split(r"[,\s]+", listed)
    }
    gates = {gate.id for pack in packs().values() for gate in pack.gates}
    assert gates - met == _ELSEWHERE
    examples = "".join(file.read_text("utf-8") for file in PACKS.glob("*/examples/*.yaml"))
    assert all(one in examples for one in _ELSEWHERE)


TOO_EARLY = f"""scenario: 没有执行就要结案
agency: qingxi
after: {{file: {FILES / "henan-whole.yaml"}, through: case}}
steps:
  - {{at: 2026-04-30 09:30, by: zhang, do: propose_closing, on: case, refused: [],
     with: {{closing_kind: executed, report: 拟结案。}}}}
"""


@pytest.mark.usefixtures("stage")
def test_what_must_come_first_is_said_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no article refuses, the order of acts still does: not the screen alone, a program hears it too."""
    playing, failure = refused_in(tmp_path, TOO_EARLY, monkeypatch)
    handler, case = Program("zhang.qingxi"), playing.streams["case"]
    fields = {"closing_kind": "executed", "report": "拟结案。"}

    refused = error(handler.post(f"matters/{case}/acts/propose_closing", {"fields": fields}), 422)
    before = handler.client.get(reverse("act-on", args=["propose_closing", case])).content.decode()
    page = handler.client.post(
        reverse("act-on", args=["propose_closing", case]),
        {"_key": new_id(), **fields},
        headers={"X-CSRFToken": handler.token},
    )

    said = "须先有“终止调查”、“执行终结”、“法院受理强制执行”、“移送”之一，才能办理“结案呈批”"
    assert refused["fields"] == {"": said}
    assert said in failure.came
    assert said in unescape(before)
    assert page.status_code == 422 and said in unescape(page.content.decode())
