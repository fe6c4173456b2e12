"""年度行政执法总体情况: counted by the door from the record, once for a year that is over."""

from collections.abc import Mapping
from typing import Any

from liuhen.acts.act import Doing, Made, Matter, fields_of
from liuhen.disclosure.figures import figures
from liuhen.disclosure.places import REGISTER
from liuhen.disclosure.texts import ANNUAL
from liuhen.kernel.clock import local_date

_FIRST = 2000


def year_is_over(doing: Doing) -> Mapping[str, str]:
    """Figures are of a whole year."""
    year, now = doing.payload["year"], local_date(doing.now_ms).year
    if not _FIRST <= year < now:
        return {"year": f"年度：应当是已经结束的年度，现在可以填{now - 1}及以前的年度"}
    return {}


def once_a_year(doing: Doing) -> Mapping[str, str]:
    """A year's figures have one publication; other figures of that year renew it."""
    matter = doing.matter
    if matter is None:
        return {}
    years = {fields_of(entry)["year"] for entry in matter.all(ANNUAL)}
    if matter.type in REGISTER and doing.payload["year"] in years:
        year = doing.payload["year"]
        return {"year": f"年度：{year}年度的已经拟制过；要更改的，请在公示台打开那一件，在那里重新拟制"}
    if matter.type not in REGISTER and years and doing.payload["year"] not in years:
        return {"year": "年度：更新时不能换成另一个年度"}
    return {}


def _counted(values: Mapping[str, Any], matter: Matter | None) -> Mapping[str, Any]:
    if matter is None:
        return {}
    found = figures(matter.agency, int(values["year"]))
    return {
        "counted": [
            {"line": one.line.title.strip("　"), "count": one.text, "unit": one.line.unit} for one in found
        ]
    }


COUNTED = Made(("counted",), _counted)
