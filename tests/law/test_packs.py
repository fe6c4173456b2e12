"""The measures that come with the program: all articles answered for, every example holds, no rule unnoticed."""

import pytest

from liuhen.law import Bundle, load
from liuhen.law.check import check, find_packs
from liuhen.law.rules import Owe

_FOLDERS = find_packs()
_COUNTS = {"WD": 27, "GD-G": 29, "HN-G": 17, "HN-J": 27, "HN-S": 14, "R09": 62}


@pytest.mark.parametrize("folder", _FOLDERS, ids=lambda folder: folder.name)
def test_examples_hold_and_no_rule_can_be_taken_out_unnoticed(folder):
    report = check(folder, mutate=True)
    assert [str(failure) for failure in report.failures] == []
    assert report.survivors == ()
    assert report.mutants > 0


def test_every_article_is_answered_for():
    packs = {folder.name: load(folder) for folder in _FOLDERS}
    assert {name: len(packs[name].articles) for name in _COUNTS} == _COUNTS
    for pack in packs.values():
        for article in pack.articles.values():
            assert article.no_duty or article.rules or article.names or article.course


def test_what_bends_names_a_subject_that_some_rule_has():
    packs = [load(folder) for folder in _FOLDERS]
    subjects = {rule.about for pack in packs for rule in pack.owes if rule.about} | {
        rule.id for pack in packs for rule in pack.owes
    }
    for pack in packs:
        bent = {bend.about for bend in pack.bends} | {excuse.about for excuse in pack.excuses}
        bent |= {owe.cap for owe in pack.owes if isinstance(owe, Owe) and owe.cap}
        assert bent <= subjects


def test_a_bundle_is_known_by_packs_adoption_and_calendar():
    one, two = (load(folder) for folder in _FOLDERS[:2])
    assert Bundle([one, two]).digest == Bundle([two, one]).digest
    assert Bundle([one]).digest != Bundle([one, two]).digest
    assert Bundle([one]).digest != Bundle([one], {one.prefix: one.measure.start}).digest
