"""我的工作: a group that is cut says so, and the whole list is a page away; a count equals its list."""

import pytest
from django.urls import reverse

from liuhen.cases import lists
from tests.web.conftest import SignIn
from tests.web.played import Play


def test_nothing_is_cut_in_silence(play: Play, as_person: SignIn, monkeypatch: pytest.MonkeyPatch):
    for _ in range(3):
        play.act("register_lead", "zhang")
    client = as_person("zhang.qingxi")
    assert "每组只列最急的" not in client.get(reverse("home")).content.decode()
    monkeypatch.setattr(lists, "WORK_MAX", 2)
    assert "每组只列最急的 2 件" in client.get(reverse("home")).content.decode()


@pytest.mark.parametrize("whose", ["mine", "others"])
def test_the_whole_list_counts_what_it_lists(play: Play, as_person: SignIn, whose: str):
    for _ in range(3):
        play.act("register_lead", "zhang")
    page = as_person("zhang.qingxi").get(reverse("work", args=[whose]))
    listed = page.content.decode().count('<div class="duty">')
    assert page.status_code == 200
    assert f"共 {listed} 件" in page.content.decode() and listed > 0


def test_cases_are_sorted_by_a_column_and_back(play: Play, as_person: SignIn):
    for number in (1, 2):
        play.file_case()
        play.clock.advance(number * 1000)
    client = as_person("zhang.qingxi")
    for sort, aria in (("filed", "ascending"), ("-filed", "descending")):
        page = client.get(reverse("cases"), {"sort": sort}).content.decode()
        assert f'aria-sort="{aria}"' in page
    first, last = (
        [row["filed_ms"] for row in lists.cases(play.who("zhang"), lists.CaseFilter(sort=sort)).rows]
        for sort in ("filed", "-filed")
    )
    assert first == sorted(first) and last == first[::-1] and len(first) == 2
    assert client.get(reverse("cases"), {"sort": "nonsense"}).status_code == 200
