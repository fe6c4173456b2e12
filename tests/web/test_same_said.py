"""我的工作 and the page of the matter say the same of a duty, and lead to the very form: act, correction or answer."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from liuhen.acts import Matter
from liuhen.acts.matter import load_matter
from liuhen.kernel.clock import MS_PER_DAY, MS_PER_HOUR
from liuhen.web.duties import GROUPS, Duties
from liuhen.web.views.home import Task
from tests.factories.matters import play_case
from tests.web.conftest import SignIn
from tests.web.played import Play

LISTS = ("overdue", "due", "undated", "halted")


def tasks_of(client: Client, matter: Matter) -> list[Task]:
    context: Any = client.get("/").context
    found = [task for name in LISTS for task in context[name]]
    return [task for task in found if matter.stream in task.url]


def later_than(play: Play, matter: Matter) -> None:
    play.clock.ms = matter.entries[-1].recorded_ms + MS_PER_HOUR


@pytest.mark.parametrize("through", ["preserved", "notice", "hearing", "held", "decision"])
@pytest.mark.parametrize("person", ["zhang", "fuju", "fa"])
def test_both_say_the_same(play: Play, as_person: SignIn, through: str, person: str) -> None:
    matter = load_matter(play_case(through).case)
    later_than(play, matter)
    told = {
        (duty.title, duty.article, duty.mark, duty.when.text)
        for duty in Duties(matter, play.who(person), play.clock.now_ms()).shown(*GROUPS)
    }
    tasks = tasks_of(as_person(f"{person}.qingxi"), matter)
    assert tasks or person != "zhang"
    for task in tasks:
        assert (task.title, task.article, task.mark, task.when.text) in told


def test_a_time_that_stands_still_says_how_much_is_left(play: Play, as_person: SignIn) -> None:
    case = play_case("hearing").case
    later_than(play, load_matter(case))
    play.clock.advance(2 * MS_PER_DAY)
    play.act(
        "notify_hearing",
        "fa",
        case,
        hearing_at="2026-04-22 09:00",
        presider=[play.who("fa").id],
    )
    page = as_person("zhang.qingxi").get("/").content.decode()
    assert "期限中止，恢复后继续计算" in page
    assert "期间中止，恢复后还有 60 天" in page


@pytest.mark.article("R09-26")
def test_what_arises_only_when_another_time_runs_out_is_not_yet_there(play: Play, as_person: SignIn) -> None:
    matter = load_matter(play_case("preserved").case)
    later_than(play, matter)
    client = as_person("zhang.qingxi")
    lapses = [
        duty
        for duty in Duties(matter, play.who("zhang"), play.clock.now_ms()).shown("other")
        if "自动解除" in duty.title
    ]
    assert lapses
    assert "自动解除" not in client.get("/").content.decode()
    assert "自动解除" not in client.get("/work/mine/").content.decode()
    play.clock.advance(20 * MS_PER_DAY)
    assert "自动解除" in client.get("/").content.decode()


@pytest.mark.parametrize("through", ["notice", "decision"])
def test_every_link_opens_a_form(play: Play, as_person: SignIn, through: str) -> None:
    matter = load_matter(play_case(through).case)
    later_than(play, matter)
    client = as_person("zhang.qingxi")
    addresses = [url for task in tasks_of(client, matter) for _, url in task.acts]
    duties = Duties(matter, play.who("zhang"), play.clock.now_ms()).shown(*GROUPS)
    addresses += [url for duty in duties for _, url in duty.acts]
    assert addresses
    for address in dict.fromkeys(addresses):
        assert address.count("?") <= 1, address
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, address
        assert "data-act-form" in answer.content.decode(), address


def test_what_lacks_something_leads_to_its_correction(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    play.act("inspect", "zhang", case, signatures=[{"who": "officer", "name": "张明远"}])
    client = as_person("zhang.qingxi")
    found = [
        url for task in tasks_of(client, load_matter(case)) for title, url in task.acts if "更正" in title
    ]
    assert found
    assert "更正：现场检查" in client.get(found[0]).content.decode()


def test_a_question_leads_to_its_answer_with_what_it_is_about(play: Play, as_person: SignIn) -> None:
    case = play_case("held").case
    later_than(play, load_matter(case))
    duties = Duties(load_matter(case), play.who("fa"), play.clock.now_ms()).shown("judge")
    found = [url for duty in duties for title, url in duty.acts if title == "回答"]
    assert found
    query = parse_qs(urlsplit(found[0]).query)
    held = load_matter(case).last("hearing_held")
    assert held is not None
    assert query == {"ask": ["HN-J-15.av_needed"], "subject": [held.open["hearing"]]}
    page = as_person("fa.qingxi").get(found[0]).content.decode()
    assert (
        f'value="{held.open["hearing"]}" checked' in page
        or f'value="{held.open["hearing"]}" selected' in page
    )


def test_a_recording_is_registered_of_the_act_that_asks_for_it(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    play.act("inspect", "zhang", case, place="东街12号")
    play.act("inspect", "zhang", case, place="西街8号")
    first = load_matter(case).all("inspected")[0]
    client = as_person("zhang.qingxi")
    found = [
        url
        for task in tasks_of(client, load_matter(case))
        for _, url in task.acts
        if f"subject={first.open['inspection']}" in url
    ]
    duties = Duties(load_matter(case), play.who("zhang"), play.clock.now_ms()).shown(*GROUPS)
    assert found or any(
        f"subject={first.open['inspection']}" in url for duty in duties for _, url in duty.acts
    )
    address = f"/do/register_recording/{case}/?of=inspected&subject={first.open['inspection']}"
    page = client.get(address).content.decode()
    assert 'value="东街12号"' in page and 'value="西街8号"' not in page
