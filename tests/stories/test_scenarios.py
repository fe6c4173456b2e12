"""Every scenario file goes as it says; the runner notices what does not; a case becomes such a file and back.

Its matters, judged on entry by entry, come out as if judged from the beginning.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from liuhen.acts import judgement, projections
from liuhen.acts.checks import BY_NAME
from liuhen.acts.matter import law_of, load_matter
from liuhen.acts.rebuild import all_streams
from liuhen.cases import lists
from liuhen.cases.models import CaseRow, Presence
from liuhen.config.cli import FINDINGS, FINE, USAGE
from liuhen.law import source
from liuhen.law.coverage import articles_asked, coverage, marked_articles, scenario_articles
from liuhen.oversight.scenarios import FILES, Outcome, ScenarioError, as_text, play, read_scenario
from liuhen.oversight.scenarios.exporting import CannotExport, export
from liuhen.oversight.scenarios.hiding import _CODES
from liuhen.oversight.scenarios.player import played
from tests.guards.source import ROOT
from tests.law.grown import entry_by_entry

ON_POSTGRES = ("henan-whole.yaml", "publication-withheld.yaml")
LEAD = """scenario: 一件案源
agency: qingxi
steps:
  - {at: 2026-03-02 09:00, by: zhang, do: register_lead, as: lead,
     with: {source: complaint, informant_kind: anonymous, suspect: 某诊所, content: 投诉。, accepted: true}}
"""


def told(tmp_path: Path, more: str, start: str = LEAD) -> Path:
    file = tmp_path / "told.yaml"
    file.write_text(start + more, encoding="utf-8")
    return file


def test_there_are_enough_of_them() -> None:
    assert len(list(FILES.glob("*.yaml"))) >= 12


def _marked(file: Path) -> Any:
    """A scenario file, marked with the articles of which it asks a verdict, a refusal or a question."""
    shown = articles_asked(source.read(file).plain())
    return pytest.param(file.name, marks=pytest.mark.article(*shown) if shown else ())


@pytest.mark.parametrize("file", sorted(FILES.glob("*.yaml")), ids=lambda file: file.name)
def test_it_asks_what_it_says_that_it_shows(file: Path) -> None:
    plain: Any = source.read(file).plain()
    assert set(plain.get("articles", ())) <= set(articles_asked(plain))


MEASURES = ("HN-G", "HN-J", "HN-S", "WD", "R09")


def test_every_article_of_the_measures_is_marked_on_a_test() -> None:
    """Of the four measures and the national procedure, whatever an article asks: in a scenario or by its own mark."""
    asking = {row.article for row in coverage((), {}) if not row.no_duty and row.measure in MEASURES}
    assert asking <= scenario_articles(FILES).keys() | marked_articles(ROOT / "tests").keys()


@pytest.mark.usefixtures("stage")
@pytest.mark.parametrize("name", [_marked(file) for file in sorted(FILES.glob("*.yaml"))])
def test_it_goes_as_it_says(name: str) -> None:
    outcome = play(read_scenario(FILES / name))
    assert outcome.passed, as_text(outcome)
    assert outcome.checks
    for matter in map(load_matter, all_streams()):
        assert projections.differences(matter) == []
        agency_law = law_of(matter.agency)
        entry_by_entry(agency_law.bundle, judgement.facts_of(matter, agency_law))


@pytest.mark.postgres
@pytest.mark.parametrize("engine", ["postgresql"])
@pytest.mark.parametrize("name", ON_POSTGRES)
def test_it_goes_the_same_way_on_postgres(name: str, both_stages: str) -> None:
    outcome = play(read_scenario(FILES / name))
    assert outcome.passed, as_text(outcome)


def failures(tmp_path: Path, more: str) -> Outcome:
    outcome = play(read_scenario(told(tmp_path, more)))
    assert not outcome.passed
    return outcome


@pytest.mark.usefixtures("stage")
@pytest.mark.parametrize(
    ("more", "what"),
    [
        ("  - {at: 2026-03-02 09:01, on: lead, expect: {R09-14.verify: overdue}}\n", "结论：overdue"),
        (
            "  - {at: 2026-03-02 09:01, on: lead, expect: {R09-14.verify: {due: 2026-03-24}}}\n",
            "期限：2026-03-24",
        ),
        ("  - {at: 2026-03-02 09:01, on: lead, expect: {R09-14.verify: none}}\n", "没有这一项"),
        ("  - {at: 2026-03-02 09:01, on: lead, expect: {R09-14.verify: [due, due]}}\n", "2项"),
        ("  - {at: 2026-03-02 09:01, on: lead, documents: [立案审批表]}\n", "已有"),
        ("  - {at: 2026-03-02 09:01, on: lead, without_documents: [案源登记表]}\n", "没有"),
        ("  - {at: 2026-03-02 09:01, published: 1}\n", "1件"),
        ("  - {at: 2026-03-02 09:01, by: zhang, listed: {leads: 2}}\n", "2件"),
        ("  - {at: 2026-03-02 09:01, by: ju, check: file_case, on: lead, refused: []}\n", "没有"),
    ],
)
def test_a_wrong_expectation_is_told_with_its_line(more: str, what: str, tmp_path: Path) -> None:
    (failure,) = failures(tmp_path, more).failures
    assert (failure.step, failure.line) == (2, 6)
    assert what in failure.expected


@pytest.mark.usefixtures("stage")
def test_a_list_that_is_cut_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fault that other systems had: as many are counted as there are, and some are on no page."""
    monkeypatch.setattr(lists.Page, "pages", 1)
    more = (
        "  - {at: 2026-03-02 09:01, by: zhang, do: register_lead, like: lead, times: 30}\n"
        "  - {at: 2026-03-02 09:02, by: zhang, listed: {leads: 31}}\n"
    )
    (failure,) = failures(tmp_path, more).failures
    assert (failure.what, failure.came) == ("案源列表", "说有31件，翻完列出20件")


@pytest.mark.usefixtures("stage")
def test_an_act_that_goes_otherwise_ends_the_file(tmp_path: Path) -> None:
    lead = "{source: complaint, informant_kind: anonymous, suspect: 乙诊所, content: 投诉。, accepted: true}"
    more = (
        f"  - {{at: 2026-03-02 09:01, by: zhang, do: register_lead, invalid: [suspect], with: {lead}}}\n"
        "  - {at: 2026-03-02 09:02, on: lead, expect: {R09-14.verify: due}}\n"
    )
    outcome = failures(tmp_path, more)
    assert outcome.played == 2
    assert "写入了 default." in outcome.failures[0].came
    assert "没有再做" in as_text(outcome)


@pytest.mark.usefixtures("stage")
def test_what_was_altered_behind_the_program_is_found(tmp_path: Path) -> None:
    playing = played(read_scenario(told(tmp_path, "")))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_lead SET suspect = %s", ["别的诊所"])
    playing.nothing_found()
    assert {failure.what for failure in playing.outcome.failures} == {"列表和期限与条目核对"}


MISTAKES = {
    "- {at: 2026-03-02 08:59, on: lead, expect: {R09-14.verify: due}}": "早于上一步",
    "- {at: 3月2日, on: lead, expect: {R09-14.verify: due}}": "不合格式",
    "- {at: 2026-03-02 09:01, by: zhagn, do: verify_lead, on: lead}": "是不是“zhang”",
    "- {at: 2026-03-02 09:01, by: zhang, do: verify_laed, on: lead}": "是不是“verify_lead”",
    "- {at: 2026-03-02 09:01, by: zhang, do: verify_lead, on: laed}": "是不是“lead”",
    "- {at: 2026-03-02 09:01, by: zhang, do: verify_lead, on: lead, with: {reason: 无}}": "是不是“reasons”",
    "- {at: 2026-03-02 09:01, by: zhang, do: verify_lead, on: lead, wiht: {}}": "是不是“with”",
    "- {at: 2026-03-02 09:01, by: zhang, do: verify_lead, on: lead, with: {files: $laed.x}}": "没有名为“laed”的步骤",
    "- {at: 2026-03-02 09:01, by: zhang, do: verify_lead, on: lead, like: first}": "没有名为“first”的步骤",
    "- {at: 2026-03-02 09:01, on: lead}": "没有写做什么",
    "- {on: lead, expect: {R09-14.verify: due}}": "没有写时间",
    "- {at: 2026-03-02 09:01, do: verify_lead, on: lead}": "没有写由谁办",
    "- 一句话": "应当写作",
    "- {at: 2026-03-02 09:01, listed: {leads: 1}}": "没有写谁来看列表",
    "- {at: 2026-03-02 09:01, by: zhang, listed: {lead: 1}}": "是不是“leads”",
    "- {at: 2026-03-02 09:01, by: zhang, do: register_lead, times: 几次}": "写1到1000的整数",
}


@pytest.mark.parametrize("line", MISTAKES)
def test_a_mistake_in_the_file_is_named_with_line_and_remedy(line: str, tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as mistake:
        read_scenario(told(tmp_path, f"  {line}\n"))
    said = str(mistake.value)
    assert said.startswith("told.yaml:6 ")
    assert MISTAKES[line] in said and "怎样改" in said


def test_a_wrong_agency_and_a_missing_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="是不是“qingxi”"):
        read_scenario(told(tmp_path, "", LEAD.replace("qingxi", "qingxii")))
    with pytest.raises(ScenarioError, match="读不了"):
        read_scenario(tmp_path / "nowhere.yaml")
    after = LEAD.replace("steps:", "after: {file: nowhere.yaml, through: x}\nsteps:")
    with pytest.raises(ScenarioError, match="读不了"):
        read_scenario(told(tmp_path, "", after))


@pytest.mark.usefixtures("stage")
@pytest.mark.parametrize("anonymise", [True, False])
def test_a_case_becomes_a_scenario_that_goes_the_same_way(anonymise: bool, tmp_path: Path) -> None:
    assert play(read_scenario(FILES / "corrections.yaml")).passed
    text = export(CaseRow.objects.get().number, anonymise=anonymise)
    for word in ("康宁", "康泰", "贺志远", "人民路", "52419121MJF0000019"):
        assert (word in text) != anonymise, word
    file = tmp_path / "case.yaml"
    file.write_text(text, encoding="utf-8")
    Presence.objects.all().delete()  # the same people do the same at the same hours once more
    outcome = play(read_scenario(file), verify=False)
    assert outcome.passed, as_text(outcome)
    assert "corrects: inspected" in text


@pytest.mark.usefixtures("stage")
def test_a_case_that_is_not_there() -> None:
    with pytest.raises(CannotExport, match="没有立案号"):
        export("清医保立〔2026〕99号", anonymise=True)


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    line = [sys.executable, "-m", "liuhen.config", "scenario", "run", *arguments]
    return subprocess.run(line, cwd=ROOT, env=clean, capture_output=True, text=True, check=False)


def test_the_command_needs_no_installation_and_speaks_json(tmp_path: Path) -> None:
    bad = told(tmp_path, "  - {at: 2026-03-02 09:01, published: 1}\n")
    done = command(str(FILES / "informant.yaml"), str(bad), "--format", "json")
    good, failed = json.loads(done.stdout)
    assert done.returncode == FINDINGS
    assert good["passed"] and good["steps"] == good["played"] and good["failures"] == []
    assert failed["failures"] == [
        {"step": 2, "line": 6, "what": "公众网站上的公示", "expected": "1件", "came": "0件"}
    ]


def test_the_command_says_what_is_wrong_with_a_file(tmp_path: Path) -> None:
    done = command(str(told(tmp_path, "  - 一句话\n")))
    assert done.returncode == USAGE
    assert "told.yaml:6" in done.stderr
    assert FINE != FINDINGS


def test_whatever_is_checked_can_be_hidden() -> None:
    assert _CODES.keys() == BY_NAME.keys()
    for check, made in _CODES.items():
        assert BY_NAME[check](made) is None, check
