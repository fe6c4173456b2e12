"""The registers and the kinds of entries that each is made of: entered, changed, ended, imported."""

from collections.abc import Mapping
from dataclasses import dataclass

CATALOGUE, REGISTER = "catalogue", "register"
"""The types of stream that hold registers: one of each in every agency."""


@dataclass(frozen=True)
class Register:
    """A register. `name`, `code`, `other`: the fields that name an item and by which it is found, first filled first;
    `kinds` by what they do; `since`: the field of an entered item from which it counts."""

    slug: str
    title: str
    of: str
    stream: str
    key: str
    name: str
    code: tuple[str, ...]
    other: tuple[str, ...]
    entered: str
    changed: str
    ended: str = ""
    imported: str = ""
    empty: str = ""


REGISTERS: Mapping[str, Register] = {
    each.slug: each
    for each in (
        Register(
            "institutions",
            "定点医药机构",
            "家",
            CATALOGUE,
            "institution",
            "name",
            ("insurance_code",),
            ("credit_code", "licence"),
            "institution_entered",
            "institution_changed",
            "institution_ended",
            "institutions_imported",
            "还没有登记定点医药机构。可以逐家登记，也可以从 XLSX、CSV 名录导入；登记以后，各种表单从这里选取。",
        ),
        Register(
            "causes",
            "案由",
            "项",
            CATALOGUE,
            "cause_key",
            "name",
            ("subject_kind",),
            (),
            "cause_entered",
            "cause_changed",
            "cause_ended",
            empty="还没有登记案由。登记主体类别、案由、具体情形和依据以后，立案、计罚从这里选取。",
        ),
        Register(
            "bases",
            "法律依据",
            "条",
            CATALOGUE,
            "basis_key",
            "law",
            ("article",),
            ("number",),
            "basis_entered",
            "basis_changed",
            "basis_ended",
            empty="还没有登记法律依据。每一条写明施行日期；废止的登记失效之日，其后的文书不能再引用。",
        ),
        Register(
            "benchmarks",
            "裁量基准",
            "项",
            CATALOGUE,
            "benchmark",
            "name",
            ("number",),
            (),
            "benchmark_entered",
            "benchmark_changed",
            "benchmark_ended",
            empty="还没有登记裁量基准。按本机关公布的基准逐个阶次填写，计罚时从这里选取阶次。",
        ),
        Register(
            "rooms",
            "场所",
            "处",
            REGISTER,
            "room",
            "place",
            ("use",),
            (),
            "room_registered",
            "room_changed",
            empty="还没有登记询问室、听证室。",
        ),
        Register(
            "devices",
            "音像设备",
            "台",
            REGISTER,
            "device",
            "number",
            ("name",),
            ("unit",),
            "device_registered",
            "device_changed",
            empty="还没有登记音像记录设备。",
        ),
    )
}


def by_kind() -> dict[str, Register]:
    """The register that a kind of entry belongs to."""
    return {
        kind: register
        for register in REGISTERS.values()
        for kind in (register.entered, register.changed, register.ended, register.imported)
        if kind
    }
