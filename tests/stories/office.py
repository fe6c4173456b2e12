"""People of one office and what they do, for stories that are told in Python."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from liuhen.accounts.actor import OfficerActor, actor_of
from liuhen.accounts.models import Agency, Officer
from liuhen.acts import Receipt, perform
from liuhen.acts.matter import load_matter
from liuhen.acts.uploads import receive
from liuhen.kernel.clock import FixedClock, format_local
from liuhen.kernel.ids import new_id
from liuhen.oversight.scenarios import FILES, Pace, read_scenario
from liuhen.oversight.scenarios.player import played
from liuhen.oversight.scenarios.samples import sample

LEAD: Mapping[str, Any] = {
    "source": "complaint",
    "informant_kind": "named",
    "informant_contact": "13900001111",
    "suspect": "清溪县某诊所",
    "content": "投诉该诊所虚记治疗项目。",
    "accepted": True,
}


@dataclass
class Office:
    """清溪县医疗保障局 at a moment; `do` performs an act as somebody."""

    clock: FixedClock = field(default_factory=lambda: FixedClock.at("2026-03-02 09:00"))
    slug: str = "qingxi"

    @property
    def agency(self) -> str:
        """The agency's id."""
        return Agency.objects.get(slug=self.slug).id

    def who(self, slug: str) -> OfficerActor:
        """A person as he stands now."""
        return actor_of(self.officer(slug), self.clock.now_ms())

    def officer(self, slug: str) -> Officer:
        """A person's row."""
        return Officer.objects.get(username=f"{slug}.{self.slug}")

    def ids(self, *slugs: str) -> list[str]:
        """Officers as a form sends them."""
        return [self.officer(slug).id for slug in slugs]

    def slug_of(self, officer: str) -> str:
        """By which name a story calls a person."""
        return str(Officer.objects.get(id=officer).username).partition(".")[0]

    def do(
        self,
        slug: str,
        act: str,
        payload: Mapping[str, Any] | None = None,
        stream: str | None = None,
        *,
        key: str | None = None,
        seen: int | None = None,
    ) -> Receipt:
        """The act, performed."""
        return perform(
            act, self.who(slug), payload or {}, key or new_id(), clock=self.clock, stream=stream, seen=seen
        )

    def lead(self, **changed: Any) -> Receipt:
        """A registered lead."""
        return self.do("zhang", "register_lead", {**LEAD, **changed})

    def hand_over(self, case: str, paper: str, recipient: str = "贺志远") -> Receipt:
        """A paper without number handed to somebody just now, with his signature and the proof."""
        at = format_local(self.clock.ms)
        return self.do("zhang", "deliver", {
            "document_name": paper, "document_number": "无", "method": "direct", "started": at, "ended": at,
            "place": "清溪县城关镇人民路18号", "servers": self.ids("zhang", "li"), "recipient": recipient,
            "signatures": [{"who": "party", "name": recipient, "at": at}], "files": [self.upload("送达回证.jpg")],
        }, case)  # fmt: skip

    def upload(self, name: str, owner: str = "zhang") -> str:
        """A small file on its way in."""
        return receive([sample(name)], owner=self.officer(owner).id, name=name, now_ms=self.clock.ms).id


def case_as_far_as(through: str, file: str = "henan-whole.yaml") -> tuple[Office, Mapping[str, str]]:
    """The office once a scenario has been played up to a step; the streams by their names."""
    scenario = read_scenario(FILES / file)
    playing = played(scenario, Pace(through=through, acting_only=True))
    assert not playing.outcome.failures, playing.outcome.failures
    return Office(FixedClock(playing.clock.ms), scenario.agency), playing.streams


def last_index(stream: str) -> int:
    """The index of a matter's last entry: what a form opened now has seen."""
    return max(entry.index for entry in load_matter(stream).entries)
