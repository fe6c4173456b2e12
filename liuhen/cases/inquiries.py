"""询问: who is asked is as old as his identity number says."""

from collections.abc import Mapping

from liuhen.acts import checks, registry
from liuhen.acts.act import Doing
from liuhen.kernel.clock import local_date

_AGE, _NUMBER = "asked_age", "asked_id"


def of_his_age(doing: Doing) -> Mapping[str, str]:
    """The age of whoever is asked, on the day of the inquiry."""
    age = doing.payload.get(_AGE)
    if age is None:
        return {}
    number = str(doing.payload.get(_NUMBER) or "")
    message = checks.age(age, number, local_date(doing.happened_ms))
    return {_AGE: f"{registry.kind_of(doing.act).fields[_AGE].label}：{message}"} if message else {}
