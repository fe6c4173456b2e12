"""事前公示: what the register of people and the record know of each item; which files can be shown to the public."""

from collections.abc import Mapping
from typing import Any

from liuhen import ledger
from liuhen.accounts.models import Agency, Certificate, Officer
from liuhen.acts.act import Doing, Matter, fields_of
from liuhen.acts.registry import Suggest, Suggested
from liuhen.disclosure.pictures import NotAPicture, shown_picture
from liuhen.disclosure.places import REGISTER
from liuhen.disclosure.texts import ITEM_TITLES
from liuhen.ledger import Entry

OTHER = "other_item_prepared"
"""The one kind of item of which there may be several."""
_PEOPLE, _SETTINGS = "人员名册", "机关登记"


def files_fit(doing: Doing) -> Mapping[str, str]:
    """A file that is published is a picture that the public site can show."""
    wrong: dict[str, str] = {}
    for name, value in doing.payload.items():
        for file in value if isinstance(value, list) else ():
            if isinstance(file, dict) and "sha256" in file:
                try:
                    shown_picture(b"".join(ledger.file_store().read(file["sha256"])))
                except (NotAPicture, ledger.FileMissing) as error:
                    wrong[name] = f"{file['name']}：{error}"
    return wrong


def not_there_yet(doing: Doing) -> Mapping[str, str]:
    """Each item is published once, and renewed where it stands."""
    matter, kind = doing.matter, doing.act.kind
    if matter is None or matter.type not in REGISTER or kind == OTHER:
        return {}
    if matter.last(kind) is None:
        return {}
    return {"": f"“{ITEM_TITLES[kind]}”已经拟制过：请在公示台打开那一件，在那里重新拟制，更新后网址不变"}


def _agency(matter: Matter) -> Agency:
    return Agency.objects.get(id=matter.agency)


def _agency_info(matter: Matter) -> Suggested:
    agency = _agency(matter)
    units = [unit.name for unit in agency.units.all() if unit.kind == "enforcement"]
    return {"agency_name": (agency.name, "机关名册"), "units": ("、".join(units), _PEOPLE)}


def _officers(matter: Matter) -> Suggested:
    """Everybody in service with a certificate; whether it is valid on the day is for who prepares to look at."""
    held = Certificate.objects.filter(agency_id=matter.agency, officer__is_active=True)
    latest: dict[str, Certificate] = {
        one.officer_id: one for one in held.order_by("valid_to").select_related("officer__unit")
    }
    rows = [_officer(one.officer, one) for one in sorted(latest.values(), key=lambda one: one.number)]
    return {"list": (rows, _PEOPLE)} if rows else {}


def _officer(officer: Officer, certificate: Certificate) -> dict[str, str]:
    return {
        "name": officer.name,
        "sex": officer.sex,
        "area": certificate.area,
        "unit": officer.unit.name,
        "certificate": certificate.number,
    }


def _complaints(matter: Matter) -> Suggested:
    agency = _agency(matter)
    known = {"address": agency.address, "phone": agency.phone}
    return {name: (value, "机关名册") for name, value in known.items() if value}


def _other(matter: Matter) -> Suggested:
    """法制审核目录清单 as the legal unit last entered it."""
    posted: Entry | None = matter.last("review_list_posted")
    if posted is None:
        return {}
    rows: list[dict[str, Any]] = [
        {"name": row.get("matter", ""), "basis": row.get("basis", "")}
        for row in fields_of(posted).get("items", [])
    ]
    return {
        "what": ("review_list", _SETTINGS),
        "subject": ("重大行政执法决定法制审核目录清单", _SETTINGS),
        "list": (rows, _SETTINGS),
    }


SUGGESTED: Mapping[str, Suggest] = {
    "prepare_agency_info": _agency_info,
    "prepare_officers": _officers,
    "prepare_complaints": _complaints,
    "prepare_other_item": _other,
}
