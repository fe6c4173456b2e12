"""建议的下一步 after every act of a whole case: never silence, never a refused step, never "wait" while one owes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from liuhen.accounts.actor import actor_of
from liuhen.accounts.models import Officer
from liuhen.acts import Correction, Matter, Receipt, perform, preview
from liuhen.acts.matter import load_matter
from liuhen.kernel.clock import MS_PER_HOUR, MS_PER_MINUTE
from liuhen.kernel.ids import new_id
from liuhen.oversight.scenarios import FILES, Pace, read_scenario
from liuhen.oversight.scenarios.player import Playing
from liuhen.oversight.scenarios.reading import Step
from liuhen.web.duties import Duties
from liuhen.web.me import Me
from liuhen.web.next_step import Next, next_of
from tests.stories.office import Office, case_as_far_as

pytestmark = pytest.mark.usefixtures("stage")

HANDLER = ("zhang",)
EVERYBODY = ("zhang", "ke", "fuju", "ju", "shen", "fa", "cai", "zhao", "mi", "dang")
LOOKED_AT = {
    "file_case", "notify_hearing", "give_opinion", "deliberate", "decide", "prepare_disclosure", "review_secrecy",
    "deliver", "propose_closing",
}  # fmt: skip
"""The acts after which everybody looks, not the handler alone."""
PARTY_S = {"record_performance", "end_execution", "record_refusal_to_perform"}
"""What is entered when the party has done something, or not: until then it is waited for."""


@dataclass
class Followed(Playing):
    """A case that is looked at after each act: what is proposed to whom after an act (by its name in the file too),
    and what is wrong about it."""

    proposed: dict[tuple[str, str], str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def _keep(self, step: Step, receipt: Receipt) -> None:
        super()._keep(step, receipt)
        stream = next((self.streams[name] for name in ("case", "lead") if name in self.streams), "")
        matter = load_matter(stream)
        for slug in EVERYBODY if step.act in LOOKED_AT else HANDLER:
            self.wrong += [f"{step.act}，{slug}：{said}" for said in self._look_at(slug, matter, step)]

    def _look_at(self, slug: str, matter: Matter, step: Step) -> Iterator[str]:
        now = self.clock.ms + MS_PER_MINUTE
        officer = Officer.objects.get(username=f"{slug}.{self.scenario.agency}")
        me = Me(officer, actor_of(officer, now), now)
        told = next_of(me, matter)
        if told is None or not told.now and not told.waiting:
            if matter.last("archived") is None:
                yield "什么也没有说"
            return
        for after in (step.act, step.words.get("as")):
            self.proposed.setdefault((str(after), slug), told.now.title if told.now else "")
        if told.now is None:
            yield from (f"说等，但应当{title}" for title in self._own(me, matter))
        elif told.now.url:
            act, stream = re.findall(r"/do/(\w+)/(\w+)/", told.now.url)[0]
            yield from (one.text for one in preview(act, me.actor, load_matter(stream), now).reasons)

    def _own(self, me: Me, matter: Matter) -> Iterator[str]:
        """What he owes, has a button for, and can do now."""
        for duty in Duties(matter, me.actor, me.now_ms).shown("pressing", "open"):
            for title, url in duty.acts:
                act, stream = re.findall(r"/do/(\w+)/(\w+)/", url)[0]
                if act not in PARTY_S and preview(act, me.actor, load_matter(stream), me.now_ms).open:
                    yield title


@pytest.mark.article("R09-59")
@pytest.mark.article("HN-S-10")
@pytest.mark.parametrize(
    ("file", "told"), [("henan-whole.yaml", "告知案源提供人"), ("wangdu-whole.yaml", "改正核查")]
)
def test_a_whole_case_always_says_what_comes_next(file: str, told: str) -> None:
    case = Followed(read_scenario(FILES / file), Pace(acting_only=True))
    case.run()
    assert not case.outcome.failures and not case.wrong, case.wrong
    proposed = case.proposed
    assert proposed["decide", "zhang"] == "送达" and proposed["decide", "zhao"] == "拟制公示"
    assert proposed["delivery", "zhang"] == told
    assert proposed["close_case", "zhang"] == "立卷归档"
    assert proposed["file_case", "zhang"] == "收集证据"
    assert proposed["notify_hearing", "zhang"] == "送达", "the notification is to be delivered"
    assert proposed["give_opinion", "zhang"] == "草拟决定", "the first opinion asks for another draft"
    assert proposed["delivery", "cai"] == "履行情况", "finance enters what is paid"
    assert proposed["notify_hearing", "fa"] == "送达", "nobody holds a hearing before it was notified"
    assert proposed["posting", "mi"] == "公示保密审查" and proposed["review_secrecy", "fuju"] == "批准公示"


@pytest.mark.article("HN-J-21")
def test_a_period_of_the_party_under_two_articles_is_one_line_and_a_form_leads_back() -> None:
    office, streams = case_as_far_as("delivery")
    matter, now = load_matter(streams["case"]), office.clock.now_ms()
    duties = Duties(matter, office.who("zhang"), now)
    periods = [duty for duty in duties.shown("waiting") if "行政复议" in duty.title]
    assert len(periods) == 1 and [one.article for one in periods[0].beside]
    told = next(duty for duty in duties.shown("open") if "tell_informant" in duty.meeting)
    assert [url for _, url in told.acts if f"next=%2Fcases%2F{streams['case']}%2F" in url]


def following(office: Office, case: str) -> Next:
    """What is suggested to the handler."""
    now = office.clock.now_ms()
    found = next_of(Me(office.officer("zhang"), office.who("zhang"), now), load_matter(case))
    assert found is not None
    return found


@pytest.mark.article("R09-20")
def test_what_is_to_be_recorded_comes_filled_in() -> None:
    office, streams = case_as_far_as("inspection", "investigation-gates.yaml")
    office.clock.advance(MS_PER_HOUR)
    case, about = streams["case"], load_matter(streams["case"]).value("inspected", "inspection")
    seen = following(office, case)
    begun = next(step for step in (seen.now, *seen.also) if step is not None and step.title == "音像记录完成")
    assert f"of=inspected&subject={about}" in begun.url


@pytest.mark.article("HN-J-12")
def test_what_was_left_open_is_corrected_and_what_was_denied_leads_nobody_on() -> None:
    """Another recording helps neither; nothing without days is late."""
    office, streams = case_as_far_as("inspection")
    office.clock.advance(MS_PER_HOUR)
    case, about = streams["case"], load_matter(streams["case"]).value("inspected", "inspection")
    told = {
        "medium": "video", "started": "2026-03-12 09:25", "ended": "2026-03-12 11:40", "place": "诊所",
        "phase": "investigation", "of": "inspected", "subject": about, "body_camera": True,
        "officers": office.ids("zhang", "li"), "shows": ["scene"], "summary": "现场检查全程",
    }  # fmt: skip
    recording = office.do("zhang", "register_recording", told, case).stream
    first = following(office, case).now
    assert first is not None and first.title == "更正音像记录完成" and "逾期" not in first.why
    assert f"/do/register_recording/{recording}/1/" in first.url and "缺已先告知当事人" in first.why
    correction = Correction(load_matter(recording).entries[0].id, "漏填")
    denied = {**told, "told_first": False}
    perform("register_recording", office.who("zhang"), denied, new_id(), clock=office.clock, stream=recording,
            correction=correction)  # fmt: skip
    seen = following(office, case)
    assert seen.now is not None and seen.now.title == "音像记录储存"
    again = next(one for one in seen.also if one.title == "更正音像记录完成")
    assert f"/do/register_recording/{recording}/2/" in again.url and "没有告知的书面说明" in again.why


@pytest.mark.article("R09-59")
def test_after_the_decision_what_is_owed_stands_before_what_is_waited_for() -> None:
    office, streams = case_as_far_as("decision")
    seen = following(office, streams["case"])
    assert seen.now is not None and seen.now.title == "送达" and "期限为2026-05-26" in seen.now.why
    assert {"拟制公示", "改正核查"} <= {one.title for one in seen.also}
    assert not {"拟制公示", "送达"} & {one.title for one in seen.later}


@pytest.mark.article("R09-44")
def test_where_nobody_is_waited_for_it_is_said_what_stands_in_the_way() -> None:
    playing = Followed(read_scenario(FILES / "discussed-early.yaml"), Pace(acting_only=True, through="early"))
    playing.run()
    now, agency = playing.clock.ms, playing.scenario.agency
    officer = Officer.objects.get(username=f"zhang.{agency}")
    told = next_of(Me(officer, actor_of(officer, now), now), load_matter(playing.streams["case"]))
    assert told is not None and not told.waiting, told
    assert any("“作出决定”现在还不能办理" in one and "重新组织集体讨论" in one for one in told.refused), told


@pytest.mark.article("R10-40")
def test_what_was_reckoned_is_taken_to_be_decided_and_not_reckoned_again() -> None:
    office, streams = case_as_far_as("preserved")
    case = streams["case"]
    told = {
        "cause": "虚构服务", "basis": "《医疗保障基金使用监督管理条例》第四十条第三项", "nature": "fraud",
        "stated_loss": "14200元", "multiple": "2", "tier_reason": "首次被查处，配合调查。",
    }  # fmt: skip
    office.do("zhang", "reckon_fine", told, case)
    seen = following(office, case)
    named = [seen.now.title if seen.now else "", *(one.title for one in (*seen.also, *seen.later))]
    assert "计算损失、退回和罚款" not in named
