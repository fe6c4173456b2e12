"""Published penalty cases entered as far as they are known; every kind of oddity is met as its note says."""

# ruff: noqa: E501 - entries stand on one line each

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from liuhen.config.commands import published
from liuhen.kernel.clock import FixedClock
from liuhen.oversight.published import (
    CaseReport,
    PublishedError,
    as_json,
    as_text,
    enter,
    read_published,
    totals,
    whole,
)
from liuhen.oversight.published.reading import UNSTATED
from liuhen.oversight.published.sums import breaches, sums
from tests.guards.source import ROOT

AGENCY = "青禾县医疗保障局"
FINED = {"type": "重复收费", "loss": 100.5, "fine": 201.0, "multiple": 2, "basis": ["某条例 第38条(三)"]}


def written(tmp_path: Path, *cases: dict[str, Any]) -> Path:
    file = tmp_path / "published.json"
    given = [
        {"id": f"A{number}", "agency": AGENCY, "party": "青禾安和诊所", **case}
        for number, case in enumerate(cases)
    ]
    file.write_text(
        json.dumps({"_header": {"as_of": "2026-06-30"}, "cases": given}, ensure_ascii=False), "utf-8"
    )
    return file


def entered(tmp_path: Path, *cases: dict[str, Any]) -> list[CaseReport]:
    return enter(read_published(written(tmp_path, *cases)), FixedClock(0))


def only(tmp_path: Path, **case: Any) -> CaseReport:
    return entered(tmp_path, case)[0]


def missed(report: CaseReport, what: str) -> Any:
    return next(each for each in report.not_done if what in each.what)


@pytest.mark.usefixtures("stage")
def test_what_is_known_enters_on_its_days_and_the_decision_is_refused_by_name(tmp_path: Path) -> None:
    clock = FixedClock(0)
    case = {
        "filed": "2025-03-03",
        "published": "2025-04-12",
        "doc_no": "青医保罚〔2025〕1号",
        "violations": [FINED],
    }
    (report,) = enter(read_published(written(tmp_path, case)), clock)
    days = {done.act: done.at[:10] for done in report.done}
    assert days["file_case"] == "2025-03-03"
    assert days["draft_decision"] == "2025-04-12"
    (draft,) = report.entered("draft_decision")
    assert (draft.fields["amount"], draft.fields["refund"], draft.fields["remedies"]) == (
        20100,
        10050,
        UNSTATED,
    )
    assert "不晚于公布日" in draft.dated
    assert {"R09-36.decide", "R09-41.notified"} <= set(missed(report, "作出决定").rules)
    assert "R09-41" in as_text(report)
    assert missed(report, "拟制公示").fields == ("decision", "number", "decided_on"), "all are the decision's"
    assert whole(clock) == []


@pytest.mark.usefixtures("stage")
def test_nothing_is_signed_dated_or_told_that_the_source_does_not_say(tmp_path: Path) -> None:
    case = {
        "inspected": "2026-03-05",
        "notified": "2026-03-18",
        "published": "2026-03-30",
        "evidence": ["营业执照"],
    }
    report = only(tmp_path, **case, violations=[FINED])
    assert {"signatures", "started", "rights_told"} <= set(missed(report, "现场检查").fields)
    assert {"statement_until", "method"} <= set(missed(report, "告知").fields)
    assert "R09-36.notice" in missed(report, "告知").rules
    assert missed(report, "收集证据").fields == ("evidence_kind", "original")
    assert not any("R09-16" in rule for each in report.not_done for rule in each.rules), "two officers act"


@pytest.mark.usefixtures("stage")
def test_a_month_and_no_date_at_all_are_said(tmp_path: Path) -> None:
    month, none = entered(tmp_path, {"inspected": "2024-02", "violations": [FINED]}, {"violations": [FINED]})
    assert [done.at[:10] for done in month.entered("register_lead")] == ["2024-02-29"]
    (lead,) = none.entered("register_lead")
    assert (lead.at[:10], "资料截止日" in lead.dated, lead.stood_in) == (
        "2026-06-30",
        True,
        ("案件来源（表单必须选择）",),
    )


NOTED: list[tuple[str, dict[str, Any], str]] = [
    ("当事人无统一社会信用代码", {"party_id_type": "登记号", "party_id": "PDY0001"}, "共7位"),
    ('原文把"项"写成"款"', {"violations": [{**FINED, "basis": ["某条例 第38条(二)"]}]}, "照录1处"),
    ("立案到公示40天", {"filed": "2025-03-03", "published": "2025-04-12"}, "一致"),
    ("立案到公示39天", {"filed": "2025-03-03", "published": "2025-04-12"}, "不一致"),
    ("两项违法各自计罚", {"violations": [FINED, FINED]}, "罚款合计402.00元"),
    ("险种分账相加=合计", {"violations": [{"type": "甲", "loss": 3.3, "loss_split": {"居民": 1.1, "职工": 2.2}}]}, "一致"),
    ("证据逐项对应事实", {"evidence": ["执照", "笔录"], "doc_no": "x", "violations": [FINED]}, "2份证据逐份"),
    ("书名号密集", {"violations": [{**FINED, "type": "《甲》《乙》"}]}, "都成对"),
    ("日期链", {"inspected": "2026-03-05", "notified": "2026-03-18", "published": "2026-03-30"}, "先后相符"),
    ("2月含春节调休", {"notified": "2026-02-13", "published": "2026-02-24"}, "2个工作日"),
    ("超长检查项目清单", {"violations": [{"type": "甲", "items_count": "20余项"}]}, "20余项"),
    ("公示脱敏", {"rep_masked": "王*"}, "没有自然人姓名"),
    ("不予处罚决定也公示", {"decision_type": "不予行政处罚", "violations": [{"type": "甲"}]}, "起草1份"),
    ('文号代字"不罚决字"', {"decision_type": "不予处罚", "doc_no": "青不罚决字〔2025〕1号"}, "相符"),
    ("中文大写与数字", {"violations": [FINED]}, "贰佰零壹元"),
    ("校核要容差", {"violations": [{"type": "甲", "loss": 46300, "fine": 231700, "multiple": 5}]}, "取整可以解释"),
    ("报销额≠骗取额", {"violations": [{"type": "甲", "claimed": 80.5, "loss": 56.2}]}, "应退按骗取额"),
    ("移送后不再行政处罚", {"transfer": "司法机关", "violations": [{"type": "甲", "loss": 5.5}]}, "没有起草"),
    ("跨县", {"agency": "青禾/白禾医保部门"}, "没有代选"),
    ("一案多当事人", {"party": ["甲诊所", "乙药店"]}, "2个当事人"),
    ("小额", {"violations": [{"type": "甲", "loss": 31.0}]}, "31.00元"),
    ("违约金=30%", {"agreement": ["违约金7827.20元"], "violations": [{"type": "甲", "loss": 26090.65}]}, "没有记入罚款"),
    ('"定额2万"与"2倍"两种违约金', {"agreement": ["违约金2万元"], "violations": [{"type": "甲", "loss": 9000}]}, "定额"),
    ("先后两次处理", {"party": "3家药店(与B9有重叠)"}, "与B9分别登记"),
    ("中止期含头含尾", {"agreement": ["中止: 2025-08-31 0时至2025-09-30 24时(1个月)"]}, "至2025-09-30 24时"),
    ("他机关处罚", {"agency": "青禾县市场监管局(医保局移交线索)"}, "不属本机关管辖"),
    ("年报按最重类别计1宗", {"violations": [{"type": "甲", "confiscated": 5.5, "fine": 5.5, "multiple": 1}]}, "只登记一件"),
    ("当事人已匿名", {"party": "青禾某医院"}, "不推测名称"),
    ("超出法定区间", {"suspend_settlement_months": 2}, "3至12个月"),
    ("2026年目录收2025年文号", {"doc_no": "青罚〔2025〕7号", "published": "2026-01-06"}, "跨年公布"),
    ("表列: 年份/当事人/备注", {}, "3列，1列有对应的栏目；没有对应的：年份、备注"),
    (
        "法制审核改变承办意见",
        {"outcome": "不予行政处罚", "violations": [{"type": "甲", "loss": 7.5, "proposed_fine": 9.75, "proposed_multiple": 1.3}]},
        "前稿仍在",
    ),
    ("引用两个不同文号(处[2021]6号 / 处字[2023]第5号)", {}, "文号不一致"),
    ("括号混用", {"doc_no": "青罚〔2025〕7号"}, "〔"),
]  # fmt: skip


@pytest.mark.usefixtures("stage")
def test_every_kind_of_oddity_is_met_as_its_note_says(tmp_path: Path) -> None:
    reports = entered(tmp_path, *({**case, "test": note} for note, case, _ in NOTED))
    for report, (note, _, said) in zip(reports, NOTED, strict=True):
        answers = [each.answer or "" for each in report.notes if each.text == note]
        assert answers and said in answers[0], (note, answers)


@pytest.mark.usefixtures("stage")
def test_a_remark_that_the_case_does_not_bear_out_is_left_to_a_person(tmp_path: Path) -> None:
    notes = (
        "两项违法各自计罚",
        "险种分账相加=合计",
        "移送后不再行政处罚",
        "一案多当事人",
        "中止期含头含尾",
        "当事人已匿名",
        "超出法定区间",
        "没有人想到的提示",
    )
    wrong = {"type": "甲", "loss": 3.3, "loss_split": {"居民": 1.1, "职工": 2.1}, "fine": 9.9, "multiple": 2}
    ended = ["中止: 2025-05-12 0时至2025-08-12 24时(3个月)"]
    report = only(
        tmp_path, violations=[wrong], agreement=ended, suspend_settlement_months=3, test=";".join(notes)
    )
    assert [(each.text, each.answer) for each in report.notes] == [(note, None) for note in notes]
    assert totals([report])["金额不一致"] == 2


def test_what_was_recovered_is_held_against_the_losses(tmp_path: Path) -> None:
    lost = [{"type": "甲", "loss": 60.25}, {"type": "乙", "loss": 40}]
    file = written(tmp_path, {"recovered": 100.25, "violations": lost}, {"recovered": 99, "violations": lost})
    found = [(each.what, each.difference) for case in read_published(file).cases for each in sums(case)]
    assert found == [("追回（与各项损失相加）", 0), ("追回（与各项损失相加）", -125)]


@pytest.mark.article("R10-13")
@pytest.mark.parametrize(
    ("damages", "difference"), [("违约金7827.20元", 0), ("违约金7827.19元", -1), ("违约金0.9万元", 117_280)]
)
def test_damages_under_an_agreement_are_held_against_the_usual_rate(
    damages: str, difference: int, tmp_path: Path
) -> None:
    file = written(tmp_path, {"agreement": [damages], "violations": [{"type": "甲", "loss": 26_090.65}]})
    (case,) = read_published(file).cases
    (held,) = breaches(case)
    assert (held.what, held.difference) == ("违约金：损失26,090.65元×30%", difference)


@pytest.mark.usefixtures("stage")
def test_a_multiple_beyond_its_article_is_hinted_unasked(tmp_path: Path) -> None:
    report = only(tmp_path, violations=[{**FINED, "fine": 301.5, "multiple": 3}])
    assert [each.answer for each in report.notes] == [
        "重复收费：3倍，超出法定幅度1至2倍（医疗保障基金使用监督管理条例第三十八条）"
    ]


@pytest.mark.usefixtures("stage")
def test_what_has_no_place_is_named_not_dropped(tmp_path: Path) -> None:
    case = {
        "party": ["甲诊所", "乙药店"],
        "party_kind": "诊所+药店",
        "agreement": ["诊所解除协议", "违约金5元"],
        "criminal": "拘役",
    }
    report = only(
        tmp_path, **case, recovered="全部", weather="晴", violations=[{"type": "甲", "colour": "红"}]
    )
    whats = [(each.party, each.what) for each in report.not_done]
    assert ("甲诊所", "协议处理“诊所解除协议”") in whats
    assert ("乙药店", "协议处理“诊所解除协议”") not in whats
    assert "不记入罚款" in missed(report, "违约金").reasons[0]
    assert "其他机关" in missed(report, "拘役").reasons[0]
    assert "未载明" in missed(report, "全部").reasons[0]
    assert report.case.unused == ["violations.colour", "weather"]
    assert as_json([report])["cases"][0]["unused"] == report.case.unused


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[", "不是 JSON"),
        ("{}", "cases"),
        ('{"cases": []}', "as_of"),
        ('{"_header": {"as_of": "2026-06-30"}, "cases": [{"id": "A1"}]}', "第1件"),
        (
            '{"_header": {"as_of": "2026-06-30"},'
            ' "cases": [{"id": "A1", "party": "甲", "agency": "乙", "filed": "2025-02-30"}]}',
            "A1：filed",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_said(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "bad.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(PublishedError, match=said):
        read_published(file)


def test_the_command_needs_no_installation(tmp_path: Path) -> None:
    good = written(tmp_path, {"violations": [FINED], "test": "两项违法各自计罚"})
    done = _run(good)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["totals"]["立案"], told["findings"]) == (1, [])


@pytest.mark.usefixtures("stage")
def test_the_command_ends_with_what_it_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(published, "Scratch", lambda: None)  # the stage is one

    def code(file: Path) -> int:
        return published.run(argparse.Namespace(file=file, format="table"))

    assert code(written(tmp_path, {"test": "没有人想到的提示"})) == 1
    assert code(tmp_path / "none.json") == 2
    assert "读不了" in capsys.readouterr().err


def _run(file: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "liuhen.config", "case", "enter", str(file), "--format", "json"]
    clean = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return subprocess.run(command, cwd=ROOT, env=clean, capture_output=True, text=True, check=False)
