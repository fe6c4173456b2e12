"""A pack that is wrong says so: file, line, article, what is wrong, what to do; all mistakes at once."""

# ruff: noqa: E501 - entries stand on one line each

from pathlib import Path
from typing import Any

import pytest

from liuhen.law import PackError, load
from tests.law.toy import article, write


def _problems(folder: Path, articles: str, **options: Any) -> list[str]:
    with pytest.raises(PackError) as error:
        load(write(folder, articles, **options))
    return [str(problem) for problem in error.value.problems]


def _only(folder: Path, body: str, **options: Any) -> str:
    problems = _problems(folder, article(body), **options)
    assert len(problems) == 1, problems
    return problems[0]


def test_a_missing_article(tmp_path):
    text = article("no_duty: 目的") + article("no_duty: 日期", name="T-3")
    assert _problems(tmp_path, text, count=3) == [
        "T/measure.yaml:10 【T-2】缺第2条（measure.yaml 写明共3条）。怎样改：在 T/articles/ 里写上 T-2；不要求任何事的写 no_duty 和理由"
    ]


def test_an_article_written_twice_in_one_file(tmp_path):
    text = article("no_duty: 目的") + article("no_duty: 目的")
    assert _problems(tmp_path, text) == [
        "T/articles/all.yaml:4 “T-1”写了两次（上一次在第1行）。怎样改：去掉一个，或者改名"
    ]


def test_an_article_written_twice_in_two_files(tmp_path):
    root = write(tmp_path, article("no_duty: 目的"))
    (root / "articles" / "b.yaml").write_text(article("no_duty: 目的"), encoding="utf-8")
    with pytest.raises(PackError) as error:
        load(root)
    assert str(error.value) == (
        "T/articles/b.yaml:1 【T-1】这一条写了两次（另一处在 T/articles/all.yaml:1）。怎样改：合并成一处，或者改正条号"
    )


def test_an_article_too_many_and_one_misnamed(tmp_path):
    text = (
        article("no_duty: 目的") + article("no_duty: 目的", name="T-2") + article("no_duty: 目的", name="X-1")
    )
    said = _problems(tmp_path, text)
    assert any("【T-2】多出第2条" in problem for problem in said)
    assert any("【X-1】条的名字“X-1”不合格式" in problem for problem in said)


def test_an_article_that_asks_nothing_and_gives_no_reason(tmp_path):
    assert "既没有要求，也没有 no_duty" in _only(tmp_path, "reading: 无")


def test_an_article_that_asks_and_says_it_does_not(tmp_path):
    assert "既有 owe，又有 no_duty" in _only(
        tmp_path, "no_duty: 无\nowe: {it: {since: filed, done: closed, same: case}}"
    )


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("ow: {}\nno_duty: 无", "里没有“ow”这个词。怎样改：是不是“owe”？"),
        (
            "owe: {it: {since: filed, done: closed, withing: 10 days}}",
            "没有“withing”这个词。怎样改：是不是“within”？",
        ),
        ("owe: {it: {since: fled, done: closed}}", "没有“fled”这种条目。怎样改：是不是“filed”"),
        ("owe: {it: {since: filed, done: closed, same: cas}}", "没有“cas”这个字段。怎样改：是不是“case”"),
        ("owe: {it: {since: filed, done: closed, holds: [reasn]}}", "没有“reasn”这个字段"),
        ("owe: {it: {since: filed, done: closed, within: 10 workdays}}", "“10 workdays”不是期限"),
        (
            "owe: {it: {since: filed, done: closed, who: handlr}}",
            "没有“handlr”这个角色。怎样改：是不是“handler”",
        ),
        ("owe: {it: {since: filed, done: closed, when: procedur == 'general'}}", "没有“procedur”这个名字"),
        (
            "owe: {it: {since: filed, done: closed, when: procedure == 'generl'}}",
            "没有“generl”这个选项。怎样改：可写的有：general、summary",
        ),
        ("owe: {it: {since: filed, done: closed, when: procedure = 'general'}}", "看不懂"),
        ("owe: {it: {since: filed}}", "要写 done，并写 since、since_due、every 之一"),
        (
            "owe: {it: {since: filed, done: closed, same: case, instead: decided}}",
            "instead 只能写在起算的条目自己",
        ),
        ("owe: {it: {since: filed, done: closed, signed: [sign_head]}}\n", None),
        (
            "gate: {it: {act: decided, need: party_present, say: 不得}}",
            "“decided”是条目种类，它的行为是“decide”",
        ),
        ("gate: {it: {act: decide, need: party_present}}", "要写 act、need（或者 after、room）、say"),
        ("fact: {it: {last: filed, take: cause}}\nno_duty: 无", "last 要写 else"),
        ("fact: {it: {lst: filed}}\nno_duty: 无", "没有“lst”这个词"),
        (
            "define: {it: {1: nothing > 1}}\ngate: {g: {act: decide, need: it, say: 不得}}",
            "没有“nothing”这个名字",
        ),
        (
            "define: {it: {1: other}, other: {1: it}}\ngate: {g: {act: decide, need: it, say: 不得}}",
            "绕回到自己",
        ),
        ("set: {it: {unit: mile, from: agency}}", "unit“mile”没有这一种"),
        ("record: {it: {of: filed, must: whole}}", "没有起止时间，无法判断是否全程"),
        ("owe: {it: {since_due: T-1.that, done: closed}}", "没有“T-1.that”这条规则"),
        (
            "course: [{phase: start, title: 启动, acts: [file_cas]}]",
            "没有“file_cas”这个行为。怎样改：是不是“file_case”",
        ),
    ],
)
def test_mistakes_name_the_place_and_the_remedy(tmp_path, body, said):
    if said is None:
        load(write(tmp_path, article(body)))
        return
    problems = _problems(tmp_path, article(body))
    assert any(
        said in problem and problem.startswith("T/articles/all.yaml:") and "【T-1】" in problem
        for problem in problems
    ), problems


def test_all_mistakes_are_told_at_once_in_order_of_lines(tmp_path):
    body = "owe:\n  a: {since: fled, done: closed}\n  b: {since: filed, done: closd}\n  c: {since: filed, done: closed, who: nobody}"
    lines = [problem.split(" ")[0] for problem in _problems(tmp_path, article(body))]
    assert lines == ["T/articles/all.yaml:4", "T/articles/all.yaml:5", "T/articles/all.yaml:6"]


def test_bad_yaml_names_the_line(tmp_path):
    said = _problems(tmp_path, "T-1:\n  gist: [一\n")
    assert said[0].startswith("T/articles/all.yaml:")
    assert "不是正确的 YAML" in said[0]


def test_a_measure_that_lacks_its_rank_or_names_another(tmp_path):
    assert "rank“town”没有这一种" in _problems(tmp_path, article("no_duty: 无"), rank="town")[0]
    root = write(tmp_path / "b", article("no_duty: 无"))
    text = (root / "measure.yaml").read_text(encoding="utf-8")
    (root / "measure.yaml").write_text(text.replace("rank: county\n", ""), encoding="utf-8")
    with pytest.raises(PackError, match="没有写 rank"):
        load(root)


def test_a_folder_without_measure(tmp_path):
    with pytest.raises(PackError, match=r"没有 T/measure\.yaml"):
        load(tmp_path / "T")


def test_words_of_yaml_1_1_stay_words(tmp_path):
    loaded = load(write(tmp_path, "T-1:\n  gist: on\n  no_duty: 16:00\n"))
    assert (loaded.articles["T-1"].gist, loaded.articles["T-1"].no_duty) == ("on", "16:00")


def test_the_digest_is_of_content_not_of_layout(tmp_path):
    plain = load(write(tmp_path / "a", article("no_duty: 无")))
    spaced = load(write(tmp_path / "b", "# 说明\n" + article("no_duty:   无")))
    other = load(write(tmp_path / "c", article("no_duty: 别的")))
    assert plain.digest == spaced.digest
    assert plain.digest != other.digest


@pytest.mark.parametrize(
    ("room", "said"),
    [
        ("{field: hearing_until}", "room 要写 field 和 at_least"),
        ("{field: amount, at_least: 5 days}", "字段“amount”不是日期"),
        ("{field: hearing_until, at_least: 24 hours}", "room 不能用小时"),
        ("{field: hearing_till, at_least: 5 days}", "没有“hearing_till”这个字段"),
    ],
)
def test_room_that_cannot_be_counted(tmp_path, room, said):
    assert said in _only(tmp_path, f"gate: {{it: {{act: serve_notice, say: 不得, room: {room}}}}}")


def test_a_question_whose_condition_does_not_fit_one_of_its_acts(tmp_path):
    ask = "ask: {x: {text: 问, of: [deliberate, decide], who: agency_head, when: \"decision_kind == 'penalty'\"}}"
    assert "decision_kind" in _only(tmp_path, ask)


def test_a_question_about_something_unknown(tmp_path):
    ask = "ask: {x: {text: 问, of: decide, who: agency_head, subject: case}}"
    assert "subject“case”没有这一种" in _only(tmp_path, ask)
