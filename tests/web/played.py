"""A case played through the door for the screens: people, registers, and acts with plausible content."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from liuhen import acts
from liuhen.accounts import demo
from liuhen.accounts.actor import OfficerActor, actor_of
from liuhen.accounts.models import Agency, Officer
from liuhen.acts import fields_of, form_of, registry
from liuhen.acts.form import Form
from liuhen.acts.matter import law_of, load_matter
from liuhen.acts.wanted import wanted_of
from liuhen.kernel.clock import MS_PER_HOUR, FixedClock, local_date
from liuhen.kernel.ids import new_id
from liuhen.law.dictionary import Field
from tests.factories.people import AT_WORK

CREDIT_CODE = "91350100M000100Y43"
SAMPLES: Mapping[str, Any] = {
    "text": "清溪县和平路12号",
    "longtext": "经核实，该单位存在重复收费行为，涉及医疗保障基金。",
    "bool": True,
    "int": 3,
    "money": "12000.00",
    "date": "2026-08-20",
}
BY_NAME: Mapping[str, Any] = {
    "suspect": "清溪县仁和诊所",
    "party_name": "清溪县仁和诊所",
    "party": "清溪县仁和诊所",
    "cause": "重复收费骗取医疗保障基金",
    "content": "群众反映该诊所对同一诊疗项目重复收费。",
    "place": "清溪县和平路12号",
    "party_code": CREDIT_CODE,
    "informant_kind": "named",
    "informant_name": "王大力",
    "informant_contact": "13800000000",
    "source": "complaint",
    "party_kind": "organisation",
    "jurisdiction": "place_of_act",
    "procedure": "general",
    "recommendation": "file",
    "phone": "0399-6000001",
    "party_phone": "0399-6000001",
    "pages": "3",
    "checker": "顾川",
}


@dataclass
class Play:
    """Acts by people of one agency, each an hour after the last."""

    agency: str
    clock: FixedClock
    case: str = ""
    lead: str = ""
    receipts: dict[str, acts.Receipt] = field(default_factory=dict)

    def who(self, person: str) -> OfficerActor:
        """The person of this agency as an actor now."""
        officer = Officer.objects.get(username=f"{person}.{self.agency}")
        return actor_of(officer, self.clock.now_ms())

    def act(self, name: str, person: str, stream: str | None = None, /, **own: Any) -> acts.Receipt:
        """Perform an act with samples for whatever is required and not given."""
        self.clock.advance(MS_PER_HOUR)
        matter = load_matter(stream) if stream else None
        form = form_of(registry.act(name), matter)
        payload = {**self._samples(form, own), **own}
        receipt = acts.perform(name, self.who(person), payload, new_id(), clock=self.clock, stream=stream)
        self.receipts[name] = receipt
        return receipt

    def _samples(self, form: Form, own: Mapping[str, Any]) -> dict[str, Any]:
        made: dict[str, Any] = {}
        wanted = wanted_of(form.kind, law_of(self.agency_id).bundle)
        for name, spec in form.asked.items():
            if name in own:
                continue
            if name in form.filled and not form.filled[name].fixed:
                value = form.filled[name].value
                made[name] = [one["id"] for one in value] if spec.type == "officers" else value
            elif spec.required or name in BY_NAME or name in form.act.needed or name in wanted:
                made[name] = self._sample(name, spec, form)
        return {name: value for name, value in made.items() if value is not None}

    def _sample(self, name: str, spec: Field, form: Form) -> Any:
        if name == form.kind.key and form.instances:
            return fields_of(form.instances[0])[name]
        if spec.type == "choice":
            wanted = BY_NAME.get(name)
            return wanted if wanted in spec.choices else next(iter(spec.choices), None)
        if spec.type == "choices":
            return list(spec.choices)[:1]
        if spec.type == "officers":
            return [self.who("zhang").id, self.who("li").id]
        if spec.type == "date" and spec.not_future:
            return local_date(self.clock.now_ms()).isoformat()
        if spec.type == "instant" and spec.not_past:
            return self.clock.now_ms() + MS_PER_HOUR
        if spec.type == "instant":
            return self.clock.now_ms() - MS_PER_HOUR // (4 if "start" in name else 8)
        if spec.type == "items":
            return [{column: BY_NAME.get(column, "收费清单") for column in spec.columns}]
        if spec.type == "signatures":
            return [{"who": "party", "name": "周仁和"}, {"who": "officer", "name": "张明远"}]
        return BY_NAME.get(name, SAMPLES.get(spec.type))

    @property
    def agency_id(self) -> str:
        """The agency's id."""
        return Agency.objects.get(slug=self.agency).id

    def file_case_of(self, party: str) -> str:
        """Another case, against somebody else."""
        lead = self.act("register_lead", "zhang", suspect=party).stream
        self.act("verify_lead", "zhang", lead)
        self.act("propose_filing", "zhang", lead, party_name=party)
        self.act("endorse_filing", "ke", lead)
        return self.act("file_case", "fuju", lead).stream

    def file_case(self) -> str:
        """From the lead to the filing: the case's stream."""
        self.lead = self.act("register_lead", "zhang").stream
        self.act("verify_lead", "zhang", self.lead)
        self.act("propose_filing", "zhang", self.lead)
        self.act("endorse_filing", "ke", self.lead)
        self.case = self.act("file_case", "fuju", self.lead).stream
        return self.case


def begin() -> Play:
    """An agency ready to work."""
    clock = FixedClock.at(AT_WORK.at)
    if not Agency.objects.exists():
        demo.load_people(AT_WORK.password, clock)
    return Play("qingxi", clock)
