"""条文要求写明的: texts that an article asks of every entry of a kind, asked for where they are typed."""

from collections.abc import Iterable, Mapping

from liuhen.acts.cited import citation
from liuhen.law import Bundle, Pack
from liuhen.law.dictionary import Kind
from liuhen.law.rules import Owe

_TYPED = frozenset({"text", "longtext"})
_ALONE = 1


_KEPT_MOST = 2_000
_kept: dict[tuple[str, str], Mapping[str, list[str]]] = {}


def wanted_of(kind: Kind, bundle: Bundle) -> Mapping[str, list[str]]:
    """`wanted` under an agency's law, worked out once."""
    known = _kept.get((kind.name, bundle.digest))
    if known is None:
        if len(_kept) > _KEPT_MOST:
            _kept.clear()
        known = _kept[kind.name, bundle.digest] = wanted(kind, bundle.packs)
    return known


def wanted(kind: Kind, packs: Iterable[Pack]) -> Mapping[str, list[str]]:
    """The texts that articles ask of an entry of this kind on no condition, and because of itself; with the articles.

    Where one of several may stand in for another, none is wanted alone; what another entry shows is not asked here.
    """
    found: dict[str, list[str]] = {}
    for pack in packs:
        for rule in pack.rules:
            if not isinstance(rule, Owe) or not rule.itself or kind.name not in rule.done:
                continue
            if rule.when is not None or rule.where is not None or rule.done_where is not None or rule.may:
                continue
            for names in rule.holds:
                if len(names) == _ALONE and names[0] in kind.fields and kind.fields[names[0]].type in _TYPED:
                    said = found.setdefault(names[0], [])
                    said += [one for one in (citation(rule.article),) if one not in said]
    return found
