"""听证: its day follows from its time; what is held agrees with what was told."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from liuhen.acts import registry
from liuhen.acts.act import Doing, Matter, fields_of
from liuhen.kernel.clock import format_date, format_local, local_date


def day_of(values: Mapping[str, Any], matter: Matter | None) -> dict[str, Any]:
    """听证日期, to which the days of notice are counted: the day of its time, asked once."""
    return {"hearing_on": local_date(int(values["hearing_at"])).isoformat()}


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
        "started": f"听证开始时间：{format_local(started)} 早于通知当事人的听证日期（{format_date(day)}），请核对；"
        "日期改了的，先重新通知"
    }
