"""Amounts (数额) that measures set: read by name, so that arithmetic stands in Python and the figure in a pack."""

from collections.abc import Iterable
from datetime import date

from liuhen.law.bundle import Bundle
from liuhen.law.facts import Fact
from liuhen.law.pack import Pack
from liuhen.law.values import Amount


def figures(packs: Iterable[Pack]) -> dict[str, Amount]:
    """Every amount of these measures by its short name; of two that bear one name the later measure's."""
    return {name: spec for pack in packs for name, spec in pack.names.items() if isinstance(spec, Amount)}


def amount(bundle: Bundle, name: str, facts: Iterable[Fact], day: date) -> int | None:
    """The figure in its unit that holds on a day: the measure's own, else as the agency has set it; None: not set."""
    spec = figures(pack for pack in bundle.packs if bundle.in_force(pack, day)).get(name)
    if spec is None or spec.value is not None:
        return spec.value if spec else None
    said = [fact.fields for fact in facts if fact.kind == "amount_set" and fact.fields.get("name") == spec.id]
    held = [fields for fields in said if str(fields.get("effective_on", "")) <= day.isoformat()]
    latest = max(held, key=lambda fields: str(fields.get("effective_on", "")), default=None)
    return int(latest["value"]) if latest else None
