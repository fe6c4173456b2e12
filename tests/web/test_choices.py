"""可选的对象: a recording is of an act that was done, named by its title and when; an answer of what is asked."""

import re

from liuhen.acts.matter import load_matter
from liuhen.kernel.clock import MS_PER_HOUR
from tests.factories.matters import play_case
from tests.web.conftest import SignIn
from tests.web.played import Play


def options(page: str, field: str) -> list[str]:
    box = page[page.index(f'id="field-{field}"') :]
    box = box[: min(place for end in ("</fieldset>", "</select>") if (place := box.find(end)) > 0)]
    return [one.strip() for one in re.findall(r"(?:<option[^>]*>|<input type=\"radio\"[^>]*>)([^<]+)<", box)]


def test_a_recording_is_of_an_enforcement_act(play: Play, as_person: SignIn) -> None:
    case = play_case("decision").case
    play.clock.ms = load_matter(case).entries[-1].recorded_ms + MS_PER_HOUR
    page = as_person("zhang.qingxi").get(f"/do/register_recording/{case}/").content.decode()
    found = options(page, "subject")
    assert "现场检查：清溪县康宁诊所（城关镇人民路18号）（2026-03-12 09:30 至 11:30）" in found
    assert any(one.startswith("听证：") and "2026-04-22 09:00 至 11:00" in one for one in found)
    assert not [
        one for one in found if "要求听证" in one or "判断事项" in one or "草拟" in one or "审核" in one
    ]
    kinds = options(page, "of")
    assert "现场检查" in kinds and not {"回答判断事项", "判断事项的回答", "草拟决定"} & set(kinds)


def test_an_answer_is_about_what_a_question_is_put_of(play: Play, as_person: SignIn) -> None:
    case = play_case("held").case
    play.clock.ms = load_matter(case).entries[-1].recorded_ms + MS_PER_HOUR
    page = as_person("fa.qingxi").get(f"/do/answer_question/{case}/?ask=HN-J-15.av_needed").content.decode()
    found = options(page, "subject")
    assert any("2026-04-22 09:00 至 11:00" in one for one in found)
    assert not [one for one in found if "送审" in one or "立案" in one]
