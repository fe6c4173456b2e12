"""公示到了哪一步: of a publication who must act now, or what the program does by itself."""

from liuhen.accounts.actor import system_actor
from liuhen.accounts.permissions import table
from liuhen.acts import Matter, preview, registry
from liuhen.cases.in_motion import in_motion
from liuhen.disclosure.channels import left, used
from liuhen.disclosure.projections import status_of
from liuhen.disclosure.publishing import CONFIRM, PORTAL, REPLACE
from liuhen.disclosure.texts import shown_before
from liuhen.web import roles

ELSEWHERE = "record_channel"


def standing(matter: Matter, now_ms: int) -> list[str]:
    """In sentences; none once it is public or taken down."""
    found = [f"等{_who(name)}办理“{_title(name)}”" for name, _ in in_motion(matter)]
    status = status_of(matter)
    if status in ("approved", "posted"):
        found = [
            f"批准的渠道还有“{one}”：由{_who(ELSEWHERE)}在那里公示，公示以后办理“{_title(ELSEWHERE)}”"
            for one in left(matter)
        ]
    if status == "taken_down" and used(matter):
        found.append(f"本程序只撤下公示网站上的；“{'、'.join(used(matter))}”上的也要撤下")
    if status != "approved":
        return found
    act = REPLACE if shown_before(matter) else CONFIRM
    refused = preview(act, system_actor(matter.agency), matter, now_ms).reasons
    if PORTAL not in (matter.value("publish_approved", "channels") or ()):
        return found
    if refused:
        return [*found, *(f"已经批准，还不能公示：{one.text}。{one.remedy}" for one in refused)]
    return [*found, "已经批准：由程序自动放到公示网站，不必再办理；放上以后这里有公示时间和网址"]


def _title(name: str) -> str:
    return registry.kind_of(registry.act(name)).title


def _who(name: str) -> str:
    return roles.named(table().get(name, {}).get("roles", ()), "或者")
