"""How parts of conditions work out, with "cannot tell" as a third answer."""

import operator
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Unknown:
    """说不清: what is missing, by name. The value of a condition that lacks them."""

    names: frozenset[str]

    def __or__(self, other: "Unknown") -> "Unknown":
        return Unknown(self.names | other.names)


Value = str | int | bool | tuple[str, ...] | Unknown
Evaluate = Callable[[Any], Any]


def single(operation: Callable[[Any], Any], inner: Evaluate) -> Evaluate:
    """One value, unless it cannot be told."""

    def run(context: Any) -> Any:
        value = inner(context)
        return value if isinstance(value, Unknown) else operation(value)

    return run


def binary(operation: Callable[[Any, Any], Any], left: Evaluate, right: Evaluate) -> Evaluate:
    """Two values, unless one cannot be told; then what is missing of both."""

    def run(context: Any) -> Any:
        one, two = left(context), right(context)
        if isinstance(one, Unknown):
            return one | two if isinstance(two, Unknown) else one
        return two if isinstance(two, Unknown) else operation(one, two)

    return run


def against(operation: Callable[[Any, Any], Any], inner: Evaluate, constant: Any) -> Evaluate:
    """One value and what is always the same, unless the value cannot be told."""

    def run(context: Any) -> Any:
        value = inner(context)
        return value if isinstance(value, Unknown) else operation(value, constant)

    return run


def both(left: Evaluate, right: Evaluate) -> Evaluate:
    """并且: false as soon as one is, whatever the other."""

    def run(context: Any) -> Any:
        one = left(context)
        if one is False:
            return False
        two = right(context)
        if one is True or two is False:
            return two
        return one | two if isinstance(two, Unknown) else one

    return run


def either(left: Evaluate, right: Evaluate) -> Evaluate:
    """或者: true as soon as one is, whatever the other."""

    def run(context: Any) -> Any:
        one = left(context)
        if one is True:
            return True
        two = right(context)
        if one is False or two is True:
            return two
        return one | two if isinstance(two, Unknown) else one

    return run


def size(inner: Evaluate) -> Evaluate:
    """How long a text or list is; one that was not filled in is 0 long."""

    def run(context: Any) -> Any:
        value = inner(context)
        return 0 if isinstance(value, Unknown) else len(value)

    return run


def choose(test: Evaluate, yes: Evaluate, no: Evaluate) -> Evaluate:
    """如果…则…否则…."""

    def run(context: Any) -> Any:
        answer = test(context)
        if isinstance(answer, Unknown):
            return answer
        return yes(context) if answer else no(context)

    return run


def years_after(day: str, years: int) -> str:
    """The corresponding day so many years later (ISO texts); 29 February becomes the 28th where there is none."""
    first = date.fromisoformat(day)
    last = monthrange(first.year + years, first.month)[1]
    return first.replace(year=first.year + years, day=min(first.day, last)).isoformat()


RELATIONS: dict[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "in": lambda a, b: a in b,
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
}
METHODS: dict[str, Callable[[Any, Any], Any]] = {
    "startsWith": lambda a, b: a.startswith(b),
    "endsWith": lambda a, b: a.endswith(b),
    "contains": operator.contains,
}
