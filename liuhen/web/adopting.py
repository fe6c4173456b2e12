"""适用办法 on the screens: the measures that the program holds, those first that the agency has not adopted."""

from collections.abc import Mapping
from datetime import date

from liuhen.acts.matter import law_of, packs
from liuhen.law.pack import Pack

KIND = "measure_adopted"


def options(agency: str) -> dict[str, str]:
    """The measures as a form lets one choose among them."""
    adopted = law_of(agency).bundle.adopted
    found = sorted(
        packs().values(), key=lambda pack: (pack.prefix in adopted, -pack.measure.height, pack.prefix)
    )
    return {pack.prefix: f"《{pack.measure.title}》（{_standing(pack, adopted)}）" for pack in found}


def _standing(pack: Pack, adopted: Mapping[str, date]) -> str:
    since = adopted.get(pack.prefix)
    if since is None:
        return f"{pack.prefix}，{pack.measure.start}起施行，本机关还没有适用"
    return f"{pack.prefix}，已自{since}起适用"
