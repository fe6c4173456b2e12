"""演示数据: two provinces with a city and counties, their people and certificates. Never loaded by `liuhen init`."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from liuhen.accounts.directory import AgencySpec, OfficerSpec, enter
from liuhen.kernel.clock import Clock

START = date(2020, 1, 1)
CERTIFICATE_END = date(2029, 12, 31)
HENAN = {
    "R10": date(2021, 5, 1),
    "HN-G": date(2020, 12, 31),
    "HN-J": date(2020, 12, 31),
    "HN-S": date(2020, 12, 31),
    "R09": date(2021, 7, 15),
}
WANGDU = {"R10": date(2021, 5, 1), "WD": date(2020, 3, 30), "R09": date(2021, 7, 15)}
NATION = {"R10": date(2021, 5, 1), "R09": date(2021, 7, 15)}
UNITS = {"局领导": "leaders", "基金监管科": "enforcement", "法规科": "legal", "办公室": "office"}


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
    DemoPerson("anquan", "周密", "女", "办公室", "安全管理员", ("security_administrator",), certified=False),
    DemoPerson("shenji", "严谨", "男", "办公室", "审计管理员", ("audit_administrator",), certified=False),
)
SUPERIOR = (
    *PEOPLE,
    DemoPerson("jiandu", "梁肃", "女", "法规科", "执法监督", ("supervisor",)),
)
"""The people of a superior bureau: one more, who looks at how the agencies below stand."""


def _agency(
    slug: str, name: str, code: str, region: str, level: str, superior: str, adopts: dict[str, date]
) -> AgencySpec:
    area = name.removesuffix("（演示）").removesuffix("医疗保障局")
    members = PEOPLE if superior else SUPERIOR
    people = tuple(_person(person, slug, region, area, number) for number, person in enumerate(members, 1))
    return AgencySpec(
        slug=slug,
        name=name,
        code=code,
        region=region,
        level=level,
        origin=f"liuhen.example/{region}",
        superior=superior,
        units=UNITS,
        adopts=adopts,
        people=people,
    )


def _person(person: DemoPerson, agency: str, region: str, area: str, number: int) -> OfficerSpec:
    return OfficerSpec(
        username=f"{person.slug}.{agency}",
        name=person.name,
        unit=person.unit,
        roles=person.roles,
        sex=person.sex,
        post=person.post,
        certificate=f"{region}{number:05d}" if person.certified else "",
        valid_from=START if person.certified else None,
        valid_to=CERTIFICATE_END if person.certified else None,
        area=area,
    )


AGENCIES = (
    _agency("henan", "河南省医疗保障局", "豫", "410000", "province", "", HENAN),
    _agency("heming", "鹤鸣市医疗保障局（演示）", "鹤", "419100", "city", "henan", HENAN),
    _agency("qingxi", "清溪县医疗保障局（演示）", "清", "419121", "county", "heming", HENAN),
    _agency("hebei", "河北省医疗保障局", "冀", "130000", "province", "", NATION),
    _agency("wangdu", "望都县医疗保障局", "望", "130631", "county", "hebei", WANGDU),
)
"""The agencies of the demonstration with their people, superiors first."""


def load_people(password: str | None, clock: Clock, begun: Mapping[str, str] | None = None) -> None:
    """Enter the demonstration's agencies and people; officers get `password` (None: nobody can sign in).

    `begun`: from when they work with the system, and where what they did before is recorded (启用本系统).
    """
    enter([replace(agency, begun=begun or {}) for agency in AGENCIES], password, clock)
