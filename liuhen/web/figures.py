"""数额标准 on the screens: the figures that the measures leave to the agency, how each stands, and where it is set."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from liuhen.acts import Actor
from liuhen.acts.cited import citation
from liuhen.acts.matter import law_of, load_matter, register_of
from liuhen.law.values import Amount
from liuhen.ledger import Entry
from liuhen.web.goto import links, with_query

KIND, ACT = "amount_set", "set_amount"
_UNITS = {"yuan": "元", "fen": "分", "days": "日", "people": "人", "percent": "%", "number": ""}


@dataclass(frozen=True)
class Figure:
    """One figure: what it is, by which article, and how it was last set; `entry` is None while it is not."""

    id: str
    text: str
    article: str
    unit: str
    entry: Entry | None

    @property
    def label(self) -> str:
        """What it is called where it is chosen."""
        return f"{self.text}（{citation(self.article)}；{self.standing}）"

    @property
    def standing(self) -> str:
        """Its value in words."""
        if self.entry is None:
            return "还没有设定"
        said = self.entry.open
        return f"现为{said['value']}{self.unit}，自{said['effective_on']}起"


def figures(agency: str) -> list[Figure]:
    """Every figure of the measures that the agency has adopted."""
    register = register_of(agency)
    set_here: Sequence[Entry] = load_matter(register).all(KIND) if register else ()
    latest = {
        str(entry.open["name"]): entry
        for entry in sorted(set_here, key=lambda one: str(one.open["effective_on"]))
    }
    return [_figure(spec, latest.get(spec.id)) for spec in law_of(agency).bundle.figures()]


def _figure(spec: Amount, entry: Entry | None) -> Figure:
    return Figure(spec.id, spec.text or spec.id, spec.article, _UNITS.get(spec.unit, ""), entry)


def options(agency: str) -> dict[str, str]:
    """The figures as a form lets one choose among them."""
    return {one.id: one.label for one in figures(agency)}


def to_set(needs: Iterable[str], actor: Actor) -> dict[str, str]:
    """By title, where the figures among these names are set, for whoever may set them."""
    wanted = set(needs)
    missing = [spec for spec in law_of(actor.agency).bundle.figures() if spec.id in wanted] if wanted else []
    register = register_of(actor.agency) if missing else None
    forms = links([ACT], actor, {"register": register}) if register else []
    return {f"设定“{spec.text}”": with_query(url, {"name": spec.id}) for spec in missing for _, url in forms}


def titles(agency: str) -> Mapping[str, str]:
    """What each figure is called, by its name."""
    return {spec.id: spec.text for spec in law_of(agency).bundle.figures()}
