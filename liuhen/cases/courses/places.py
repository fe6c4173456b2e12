"""Where the acts of a case are performed, and what ends them."""

from dataclasses import replace

from liuhen.acts.act import Act

LEAD = frozenset({"lead"})
CASE = frozenset({"case"})
LEAD_OR_CASE = LEAD | CASE
REGISTER = frozenset({"register"})

OVER = ("closed", "terminated")
"""After these nothing more is investigated or decided."""
DECIDED = ("decided", "on_spot_decided", *OVER)


def until(kinds: tuple[str, ...], *acts: Act) -> tuple[Act, ...]:
    """These acts have no place once one of the kinds was entered."""
    return tuple(replace(act, until=kinds) for act in acts)


def taken(kind: str, *names: str) -> dict[str, str]:
    """Fields taken from the same fields of another kind."""
    return {name: f"{kind}.{name}" for name in names}
