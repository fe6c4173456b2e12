"""听证: what is told of a hearing and what is held must agree in their days."""

from collections.abc import Mapping
from datetime import date

from liuhen.acts import registry
from liuhen.acts.act import Doing, fields_of
from liuhen.kernel.clock import format_date, format_local, local_date


def day_agrees(doing: Doing) -> Mapping[str, str]:
    """The time of a hearing lies on its day, to which the days of notice are counted."""
    day, at = date.fromisoformat(str(doing.payload["hearing_on"])), int(doing.payload["hearing_at"])
    if local_date(at) == day:
        return {}
    return {"hearing_at": f"听证时间：{format_local(at)}不在听证日期（{format_date(day)}）当日，请改成同一日"}


def still_to_be_held(doing: Doing) -> Mapping[str, str]:
    """A hearing may be called again for another day, until it was held or is no longer asked for."""
    over = [
        entry
        for kind in ("hearing_held", "hearing_withdrawn", "hearing_declined")
        for entry in (doing.matter.all(kind) if doing.matter else ())
        if fields_of(entry).get("hearing") == doing.payload.get("hearing")
    ]
    if not over:
        return {}
    title = registry.dictionary().kinds[over[-1].kind].title
    return {"hearing": f"听证：已经登记“{title}”，不能再通知；当事人另行要求的，先登记其要求"}


def as_notified(doing: Doing) -> Mapping[str, str]:
    """A hearing is not held before the day that the party was last told."""
    told = [fields_of(entry) for entry in (doing.matter.all("hearing_notified") if doing.matter else ())]
    days = [fields["hearing_on"] for fields in told if fields.get("hearing") == doing.payload.get("hearing")]
    if not days:
        return {}
    day, started = date.fromisoformat(str(days[-1])), int(doing.payload["started"])
    if local_date(started) >= day:
        return {}
    return {
        "started": f"听证开始时间：{format_local(started)}早于通知当事人的听证日期（{format_date(day)}），请核对；"
        "日期改了的，先重新通知"
    }
