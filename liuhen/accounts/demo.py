"""演示数据: two provinces with a city and counties, their people and certificates. Never loaded by `liuhen init`."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password

from liuhen import ledger
from liuhen.accounts.actor import actor_of, system_actor
from liuhen.accounts.models import Agency, Certificate, Officer, RoleGrant, Unit
from liuhen.acts import perform
from liuhen.acts.matter import register_of
from liuhen.kernel.clock import Clock
from liuhen.kernel.ids import new_id

START = date(2020, 1, 1)
CERTIFICATE_END = date(2029, 12, 31)
NATION = "R09"
NATION_FROM = "2021-07-15"


@dataclass(frozen=True)
class DemoAgency:
    """One agency of the demonstration; `adopts` maps a measure's prefix to the day from which it is applied."""

    slug: str
    name: str
    code: str
    region: str
    level: str
    superior: str | None
    adopts: dict[str, str]
    large_fen: int


HENAN = {"HN-G": "2020-12-31", "HN-J": "2020-12-31", "HN-S": "2020-12-31", NATION: NATION_FROM}
WANGDU = {"WD": "2020-03-30", NATION: NATION_FROM}

AGENCIES = (
    DemoAgency("henan", "河南省医疗保障局", "豫", "410000", "province", None, HENAN, 100_000_000),
    DemoAgency("heming", "鹤鸣市医疗保障局（演示）", "鹤", "419100", "city", "henan", HENAN, 50_000_000),
    DemoAgency("qingxi", "清溪县医疗保障局（演示）", "清", "419121", "county", "heming", HENAN, 20_000_000),
    DemoAgency(
        "hebei", "河北省医疗保障局", "冀", "130000", "province", None, {NATION: NATION_FROM}, 100_000_000
    ),
    DemoAgency("wangdu", "望都县医疗保障局", "望", "130631", "county", "hebei", WANGDU, 20_000_000),
)


@dataclass(frozen=True)
class DemoPerson:
    """One person in every agency of the demonstration; signs in as `<slug>.<agency>`."""

    slug: str
    name: str
    sex: str
    unit: str
    post: str
    roles: tuple[str, ...]
    certified: bool = True


UNITS = (("局领导", "leaders"), ("基金监管科", "enforcement"), ("法规科", "legal"), ("办公室", "office"))
PEOPLE = (
    DemoPerson("ju", "沈正", "男", "局领导", "局长", ("principal_head", "agency_head")),
    DemoPerson("fuju", "韩岚", "女", "局领导", "副局长", ("agency_head",)),
    DemoPerson("ke", "顾川", "男", "基金监管科", "科长", ("handling_unit_head",)),
    DemoPerson("zhang", "张明远", "男", "基金监管科", "科员", ("handler", "recorder")),
    DemoPerson("li", "李若溪", "女", "基金监管科", "科员", ("handler", "recorder")),
    DemoPerson("zhao", "赵一鸣", "男", "基金监管科", "科员", ("handler", "recorder", "disclosure_clerk")),
    DemoPerson(
        "fa", "许衡", "男", "法规科", "科长", ("legal_unit_head", "hearing_host", "disclosure_reviewer")
    ),
    DemoPerson("shen", "陆清", "女", "法规科", "法制审核员", ("legal_reviewer",)),
    DemoPerson("dang", "温静", "女", "办公室", "档案员", ("custodian",), certified=False),
    DemoPerson("mi", "郑敏", "女", "办公室", "保密员", ("secrecy_reviewer",), certified=False),
    DemoPerson("cai", "钱穗", "女", "办公室", "会计", ("finance",), certified=False),
    DemoPerson("xitong", "孙工", "男", "办公室", "系统管理员", ("system_administrator",), certified=False),
)


def load_people(password: str | None) -> None:
    """Agencies, units, officers, certificates and roles; officers get `password` (None: nobody can sign in)."""
    hashed = make_password(password)  # once: it is slow on purpose
    for item in AGENCIES:
        superior = Agency.objects.get(slug=item.superior) if item.superior else None
        agency = Agency.objects.create(
            slug=item.slug,
            name=item.name,
            code=item.code,
            region=item.region,
            level=item.level,
            superior=superior,
        )
        ledger.create_log(agency.id, f"liuhen.example/{item.region}")
        units = {name: Unit.objects.create(agency=agency, name=name, kind=kind) for name, kind in UNITS}
        for number, person in enumerate(PEOPLE, 1):
            _person(agency, units[person.unit], person, number, hashed)


def load_registers(clock: Clock) -> None:
    """Every agency adopts its measures and fixes its figures, through the door."""
    for item in AGENCIES:
        agency = Agency.objects.get(slug=item.slug)
        head = actor_of(Officer.objects.get(username=f"ju.{item.slug}"), clock.now_ms())
        register = register_of(agency.id) or ledger.create_stream(agency.id, "register")
        for measure, from_on in item.adopts.items():
            perform(
                "adopt_measure",
                system_actor(agency.id),
                {"measure": measure, "from_on": from_on},
                new_id(),
                clock=clock,
                stream=register,
            )
        for name, value in _amounts(item).items():
            perform(
                "set_amount",
                head,
                {
                    "name": name,
                    "value": value,
                    "effective_on": "2020-12-31",
                    "source": "本机关裁量基准（演示）",
                },
                new_id(),
                clock=clock,
                stream=register,
            )


def _amounts(item: DemoAgency) -> dict[str, int]:
    """Figures that the packs leave to the agency, by rule name."""
    return {}


def _person(agency: Agency, unit: Unit, person: DemoPerson, number: int, hashed: str) -> None:
    officer = Officer.objects.create(
        username=f"{person.slug}.{agency.slug}",
        password=hashed,
        name=person.name,
        sex=person.sex,
        agency=agency,
        unit=unit,
        post=person.post,
    )
    if person.certified:
        Certificate.objects.create(
            officer=officer,
            number=f"{agency.region}{number:05d}",
            valid_from=START,
            valid_to=CERTIFICATE_END,
            area=agency.name.removesuffix("医疗保障局").removesuffix("医疗保障局（演示）"),
        )
    for role in person.roles:
        RoleGrant.objects.create(officer=officer, role=role, from_on=START)
