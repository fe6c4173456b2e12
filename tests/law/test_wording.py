"""What people read of a judgement: conditions, what is missing and who signs, in Chinese and without machine words."""

# ruff: noqa: E501 - what is said stands on one line each

import re
from pathlib import Path
from typing import Any

import pytest

from liuhen.kernel.clock import parse_local
from liuhen.law import PACKS, Bundle, Matter, Owed, gates, load
from liuhen.law.facts import Fact
from liuhen.law.reading import roles
from liuhen.law.rules import Gate, Owe, Record, Rule
from liuhen.law.values import Define, Reading, context_of
from liuhen.law.wording import explain
from tests.law.toy import at, facts, one, pack

_NOW = parse_local("2026-09-21 10:00")
_MACHINE = re.compile(r"[a-z]{2,}|==|&&|\|\||!")
_LOADED = [load(folder) for folder in sorted(PACKS.iterdir()) if folder.is_dir()]
_RULES = [pytest.param(each, rule, id=rule.id) for each in _LOADED for rule in each.rules]


def _conditions(rule: Rule):
    for word in ("when", "need", "within_take"):
        if getattr(rule, word, None) is not None:
            yield getattr(rule, word)
    if isinstance(rule, Gate) and rule.after is not None and rule.after.unless is not None:
        yield rule.after.unless


@pytest.mark.parametrize(("measure", "rule"), _RULES)
def test_no_condition_of_a_measure_shows_machine_words(measure, rule):
    kinds = getattr(rule, "of", ()) or getattr(rule, "since", ()) or ("filed",)
    bundle = Bundle([measure])
    matter = Matter([], bundle.dictionary, bundle.calendar)
    for condition in _conditions(rule):
        for kind in kinds:
            said = explain(condition, context_of(matter, Fact("x", kind, _NOW, _NOW, {}, 1)))
            assert not _MACHINE.search(said), said


def test_every_name_that_the_dictionary_cannot_name_has_a_title():
    untitled = [
        spec.id
        for measure in _LOADED
        for spec in measure.names.values()
        if (
            isinstance(spec, Reading)
            and (spec.where or spec.has or spec.without or spec.having)
            and not spec.title
        )
        or (isinstance(spec, Define) and len(spec.alternatives) > 1 and not spec.title)
    ]
    assert untitled == []


def test_every_signer_has_a_name():
    signers = {who for each in _LOADED for rule in each.owes for need in rule.signed for who in need.who}
    assert signers <= set(roles())


def _said(tmp_path: Path, when: str, fields: str, names: str = "", kind: str = "decided") -> str:
    body = f'{names}\nowe: {{it: {{since: {kind}, done: closed, when: "{when}"}}}}'
    row = one(pack(tmp_path, body), f"- {{at: 2026-03-02 10:00, kind: {kind}, {fields}}}")
    return next(line for line in row.working if line.startswith("条件：")).removeprefix("条件：")


@pytest.mark.parametrize(
    ("when", "fields", "said"),
    [
        ("decision_kind == 'penalty'", "decision_kind: penalty", "决定种类为行政处罚（符合）"),
        ("decision_kind != 'penalty'", "decision_kind: penalty", "决定种类不为行政处罚（不符合：决定种类为行政处罚）"),
        ("!(decision_kind == 'penalty')", "decision_kind: permit", "决定种类不为行政处罚（符合）"),
        (
            "decision_kind in ['penalty', 'permit']",
            "decision_kind: recover",
            "决定种类为行政处罚或者行政许可（不符合：决定种类为追回基金）",
        ),
        ("amount > yuan(3000)", "amount: 3000.01元", "罚款超过3000元（符合：罚款为3,000.01元）"),
        ("amount <= 300000", "amount: 3000元", "罚款不超过3,000.00元（符合：罚款为3,000.00元）"),
        ("amount < refund", "amount: 2元, refund: 1元", "罚款少于责令退回基金（不符合：罚款为2.00元，责令退回基金为1.00元）"),
        ("amount + refund >= 300", "amount: 2元, refund: 1元", "罚款加责令退回基金不少于300（符合：罚款为2.00元，责令退回基金为1.00元）"),
        ("on >= '2026-03-02'", "amount: 1", "当日不早于2026年3月2日（符合：当日为2026年3月2日）"),
        ("size(facts) > 0", "facts: 有", "已填写违法事实（符合）"),
        ("correction_ordered", "correction_ordered: true", "“责令改正”为是（符合）"),
        ("!correction_ordered", "amount: 1", "“责令改正”为否（还不能判断，缺“责令改正”）"),
        (
            "correction_ordered || amount > 100",
            "correction_ordered: false, amount: 101",
            "“责令改正”为是，或者罚款超过1.00元（符合：“责令改正”为否，罚款为1.01元）",
        ),
        (
            "correction_ordered && (amount > 100 || amount == 7)",
            "correction_ordered: true, amount: 7",
            "“责令改正”为是，并且（罚款超过1.00元，或者罚款等于0.07元）（符合：“责令改正”为是，罚款为0.07元）",
        ),
        ("!(correction_ordered && amount > 100)", "correction_ordered: false", "并非（“责令改正”为是，并且罚款超过1.00元）（符合：“罚款”没有填写）"),
        ("correction_ordered ? amount > 1 : true", "correction_ordered: false", "如果“责令改正”为是，则罚款超过0.01元；否则总是符合（符合：“责令改正”为否，“罚款”没有填写）"),
    ],
)  # fmt: skip
def test_conditions_on_fields_in_words(tmp_path, when, fields, said):
    assert _said(tmp_path, when, fields) == said


_NAMES = """
fact:
  read: {last: filed, take: procedure, else: none}
  titled: {last: filed, take: procedure, else: none, title: 立案时的程序}
  many: {count: inspected}
  none_yet: {any: transferred, where: {transfer_kind: crime}, title: 已经移送司法机关}
  agreed: {last: filing_endorsed, take: agree, else: false}
define:
  two: {title: 两种情形, 1: amount > 100, 2: many > 0}
  single: decision_kind == 'penalty'
ask:
  grave: {text: 是否严重, of: decide, who: [agency_head, principal_head]}
set:
  limit: {unit: days, value: 30, text: 最长日数}
  large: {unit: yuan, from: agency, text: 数额较大的标准}
"""


@pytest.mark.parametrize(
    ("when", "fields", "said"),
    [
        ("read == 'general'", "amount: 1", "“立案”的适用程序为普通程序（不符合：没有“立案”）"),
        ("read != 'none'", "amount: 1", "已有“立案”（不符合：没有“立案”）"),
        ("titled == 'general'", "amount: 1", "立案时的程序为普通程序（不符合：没有“立案”）"),
        ("many == 0", "amount: 1", "没有“现场检查”（符合）"),
        ("many > 0", "amount: 1", "有“现场检查”（不符合：没有“现场检查”）"),
        ("many >= 2", "amount: 1", "“现场检查”的次数不少于2（不符合：没有“现场检查”）"),
        ("!none_yet", "amount: 1", "并非“已经移送司法机关”（符合）"),
        ("agreed", "amount: 1", "“立案呈批（承办机构负责人）”：同意（不符合：没有“立案呈批（承办机构负责人）”或者不同意）"),
        ("two", "amount: 101", "属于两种情形（符合：属于两种情形第1项（罚款超过1.00元））"),
        ("two", "amount: 100", "属于两种情形（不符合：两种情形各项都不是）"),
        ("single", "decision_kind: penalty", "决定种类为行政处罚（符合）"),
        ("grave", "amount: 1", "“是否严重”判断为是（还不能判断，缺对“是否严重”的判断（由机关负责人或者主要负责人回答））"),
        ("limit >= 30", "amount: 1", "最长日数不少于30日（符合：最长日数为30日）"),
        ("amount >= large", "amount: 1", "罚款不少于数额较大的标准（还不能判断，缺本机关的“数额较大的标准”）"),
    ],
)  # fmt: skip
def test_the_measures_own_names_in_words(tmp_path, when, fields, said):
    assert _said(tmp_path, when, fields, _NAMES) == said


def test_what_is_missing_is_named_by_labels_and_roles(tmp_path):
    rule = pack(
        tmp_path,
        "owe: {it: {since: inspected, done: inspected, same: inspection, "
        "holds: [findings, [place, refusal_note]], signed: [[officer, handler], {party: 2}]}}",
    )
    row = one(rule, "- {at: 2026-03-02 10:00, kind: inspected, inspection: i}")
    assert row.missing_fields == ("findings", "place/refusal_note", "officer/handler", "party")
    assert row.missing_text[0] == "检查情况" and "或者" in row.missing_text[1]
    assert row.missing_text[2:] == ("执法人员（或者承办人）的签名", "2名当事人的签名")
    assert at(row, "2026-03-03 10:00").text.endswith("，缺" + "、".join(row.missing_text))
    assert row.working[-1] == "已有现场检查，缺" + "、".join(row.missing_text)


def test_what_recordings_lack_is_named(tmp_path):
    rule = pack(tmp_path, "record: {it: {of: inspected, must: any, holds: [people]}}")
    film = (
        "- {at: 2026-03-02 10:00, kind: inspected, inspection: i}\n"
        "- {at: 2026-03-02 11:00, kind: recording_ended, recording: r, of: inspected, subject: i, medium: video}"
    )
    assert not _MACHINE.search("".join(one(rule, film).missing_text))


def test_a_gate_that_cannot_tell_says_what_it_needs(tmp_path):
    rule = pack(tmp_path, f"{_NAMES}gate: {{it: {{act: decide, need: grave && amount > 1, say: 不得}}}}")
    result = gates(Bundle([rule]), "decide", facts("[]"), {}, at_ms=_NOW)[0]
    assert result.needs == ("T-1.grave", "amount")
    assert result.needs_text == ("对“是否严重”的判断（由机关负责人或者主要负责人回答）", "“罚款”")


def test_a_term_that_is_not_known_says_what_it_needs(tmp_path):
    body = "set: {term: {unit: days, from: agency, text: 办结日数}}\nowe: {it: {since: filed, done: closed, within: {take: term, unit: days}}}"
    row = one(pack(tmp_path, body), "- {at: 2026-03-02 10:00, kind: filed}")
    assert row.needs == ("T-1.term",)
    assert row.working[-1] == "期限尚不能确定：缺本机关的“办结日数”"


def _lacking_all(info: Any, matter: Any, fact: Any) -> Any:
    row = Owed()
    row.info, row.matter, row.fact, row.each = info, matter, fact, None
    row.blank()
    rule = info.source
    if isinstance(rule, Owe):
        row.missing_fields = tuple(name for name, _ in rule.contents) + tuple(
            need.name for need in rule.signed
        )
    else:
        row.missing_fields = rule.holds
    return row


def test_missing_contents_of_every_rule_have_names():
    """What any obligation of the measures may miss is said in Chinese."""
    for measure in _LOADED:
        bundle = Bundle([measure])
        matter = Matter([], bundle.dictionary, bundle.calendar)
        for started in {
            kind for rule in measure.rules for kind in getattr(rule, "since", ()) or getattr(rule, "of", ())
        }:
            for info in bundle.started_by(started):
                assert isinstance(info.source, Owe | Record)
                fact = Fact("x", started, _NOW, _NOW, {}, 1)
                row = _lacking_all(info, matter, fact)
                assert not _MACHINE.search("".join(row.missing_text)), (info.rule, row.missing_text)
