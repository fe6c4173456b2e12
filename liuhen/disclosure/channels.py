"""其他渠道: where else a text was approved to be shown; there people put it, and enter that they did."""

from collections.abc import Mapping
from itertools import combinations

from liuhen.acts import registry
from liuhen.acts.act import Act, Doing, Matter
from liuhen.disclosure.places import PUBLICATION

_APPROVED, _SHOWN, _CHANNELS = "publish_approved", "shown_elsewhere", "channels"


def left(matter: Matter) -> list[str]:
    """The titles of the channels approved last in which nobody has entered since that it is shown there."""
    approved = matter.last(_APPROVED)
    if approved is None:
        return []
    there = {one.open["channel"] for one in matter.all(_SHOWN) if one.index > approved.index}
    wanted = approved.open.get(_CHANNELS) or ()
    return [title for name, title in _others().items() if name in wanted and name not in there]


def used(matter: Matter) -> list[str]:
    """The titles of the channels in which it was shown."""
    there = {one.open["channel"] for one in matter.all(_SHOWN)}
    return [title for name, title in _others().items() if name in there]


def _others() -> Mapping[str, str]:
    return registry.dictionary().kinds[_SHOWN].fields["channel"].choices


def _approved_there(doing: Doing) -> Mapping[str, str]:
    """Only where it was approved to be."""
    wanted = (doing.matter.value(_APPROVED, _CHANNELS) if doing.matter else None) or ()
    if doing.payload["channel"] in wanted:
        return {}
    title = _others()[doing.payload["channel"]]
    return {"channel": f"公示渠道：没有批准在“{title}”公示，请核对；要在那里公示的，先批准"}


def acts() -> tuple[Act, ...]:
    """Waited for once another channel than the own site is approved, in whatever order they were ticked."""
    names = [*registry.dictionary().kinds[_APPROVED].fields[_CHANNELS].choices]
    ticked = (
        [*some]
        for count in range(1, len(names) + 1)
        for some in combinations(names, count)
        if {*some} & {*_others()}
    )
    return (
        Act(
            _SHOWN,
            on=PUBLICATION,
            after=(_APPROVED,),
            answers=tuple({_APPROVED: {_CHANNELS: some}} for some in ticked),
            settled_by=("taken_down",),
            repeats=True,
            checks=(_approved_there,),
        ),
    )
