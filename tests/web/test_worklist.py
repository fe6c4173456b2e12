"""我的工作: a group that is cut says so, and the whole list is a page away; a count equals its list."""

import pytest
from django.urls import reverse

from liuhen.acts.models import OwedRow
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


@pytest.mark.parametrize(
    ("name", "args", "sorts"),
    [
        ("leads", [], ("suspect", "source", "stage", "received", "last")),
        ("recordings", [], ("registered",)),
        ("disclosure", [], ("title", "number", "status", "prepared", "posted", "address")),
        ("work", ["mine"], ("due", "party", "title", "article", "who")),
    ],
)
def test_every_list_is_sorted_by_its_columns(
    play: Play, as_person: SignIn, name: str, args: list[str], sorts: tuple[str, ...]
):
    for suspect in ("丙诊所", "甲诊所", "乙诊所"):
        play.act("register_lead", "zhang", suspect=suspect)
    case = play.file_case()
    for _ in range(2):
        play.act("inspect", "zhang", case)
        play.act("register_recording", "zhang", case)
    client = as_person("zhang.qingxi")
    for sort in sorts:
        for turned, aria in (("", "ascending"), ("-", "descending")):
            page = client.get(reverse(name, args=args), {"sort": turned + sort})
            assert page.status_code == 200
            if name in ("leads", "recordings"):
                assert f'aria-sort="{aria}"' in page.content.decode()
    assert client.get(reverse(name, args=args), {"sort": "nonsense"}).status_code == 200


def test_sorted_lists_are_in_that_order(play: Play, as_person: SignIn):
    for suspect in ("CC诊所", "AA诊所", "BB诊所"):
        play.act("register_lead", "zhang", suspect=suspect)
        play.clock.advance(3_600_000)
    client = as_person("zhang.qingxi")
    for address, sort in (("/leads/", "suspect"), ("/work/mine/", "party")):
        for turned in ("", "-"):
            page = client.get(address, {"sort": turned + sort}).content.decode().split("<main")[1]
            found = [page.index(name) for name in ("AA诊所", "BB诊所", "CC诊所")]
            assert found == sorted(found, reverse=bool(turned)), (address, turned)


def test_documents_are_sorted(play: Play, as_person: SignIn):
    case = play.file_case()
    client = as_person("zhang.qingxi")
    for sort in ("title", "number", "made", "volume", "reach"):
        for turned in ("", "-"):
            page = client.get(f"/cases/{case}/", {"tab": "documents", "sort": turned + sort}).content.decode()
            assert f"tab=documents&amp;sort={'' if turned else '-'}{sort}" in page
    first = client.get(f"/cases/{case}/?tab=documents&sort=made").content.decode()
    last = client.get(f"/cases/{case}/?tab=documents&sort=-made").content.decode()
    assert (first.index("案源登记表") < first.index("立案审批表")) and (
        last.index("案源登记表") > last.index("立案审批表")
    )


@pytest.mark.article("HN-J-7")
@pytest.mark.article("R09-15")
def test_one_thing_to_do_under_two_articles_is_one_line_with_both(play: Play, as_person: SignIn):
    lead = play.act("register_lead", "zhang").stream
    play.act("verify_lead", "zhang", lead)
    assert (
        OwedRow.objects.filter(matter=lead, rule__in=["HN-J-7.started", "R09-15.file"], is_open=True).count()
        == 2
    )
    client = as_person("fuju.qingxi")
    for address in (reverse("home"), reverse("work", args=["mine"]), f"/leads/{lead}/"):
        lines = client.get(address).content.decode().split('<div class="duty">')
        about = [line for line in lines if "符合标准的，及时立案" in line]
        assert len(about) == 1 and "同一件事：及时启动执法程序" in about[0], address
        assert sum("及时启动执法程序" in line for line in lines) == 1, address
