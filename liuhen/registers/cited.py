"""引用的依据和案由: what the registers say is repealed, not yet in force or out of use is refused in later acts."""

from collections.abc import Iterator, Mapping
from functools import cache

from liuhen.acts import registry
from liuhen.acts.act import Doing
from liuhen.kernel.clock import local_date
from liuhen.registers import queries
from liuhen.registers.models import RegisterRow

_BASES = ("basis", "legal_basis", "proposal")
_CAUSE = "cause"
WHOLE = "全文"


def still_stands(doing: Doing) -> Mapping[str, str]:
    """Asked of every act in which a basis or a cause is written."""
    errors: dict[str, str] = {}
    names = _looked_at().get(doing.act.kind, ())
    typed = [name for name in names if doing.payload.get(name) and name not in doing.act.fixed]
    if not typed:
        return errors
    day = local_date(doing.happened_ms).isoformat()
    for name in typed:
        text = str(doing.payload[name])
        said = _cause(doing, text, day) if name == _CAUSE else _basis(doing, text, day)
        if said:
            errors[name] = f"{registry.kind_of(doing.act).fields[name].label}：{said}"
    return errors


def _basis(doing: Doing, text: str, day: str) -> str:
    agency = doing.actor.agency
    if "《" not in text:
        return ""
    for law, article, ended_on, why in _ended(agency, day):
        if (
            f"《{law}》" in text
            and (article == WHOLE or article in text)
            and not _done_before(doing, ended_on)
        ):
            which = f"《{law}》" + ("" if article == WHOLE else article)
            return f"{which}已于{ended_on}失效（{why}），不能作为其后行为的依据；请改引现行的规定"
    for row in RegisterRow.objects.filter(agency=agency, register="bases", ended_on=""):
        future = row.versions == 1 and row.from_on > day
        if future and f"《{row.name}》" in text and (row.code == WHOLE or row.code in text):
            return f"《{row.name}》{row.code}自{row.from_on}起才施行，现在不能引用；请引用现行的规定"
    return ""


def _ended(agency: str, day: str) -> Iterator[tuple[str, str, str, str]]:
    """Articles that ended and of which nothing stands on the day; a law of which nothing stands, whole."""
    standing = {
        (row.name, row.code)
        for row in RegisterRow.objects.filter(agency=agency, register="bases")
        if not row.ended_on or row.ended_on > day
    }
    laws = {name for name, _ in standing}
    for law, article, ended_on, why in queries.ended_articles(agency, day):
        if law not in laws:
            yield law, WHOLE, ended_on, why
        elif (law, article) not in standing:
            yield law, article, ended_on, why


def _done_before(doing: Doing, ended_on: str) -> bool:
    """Conduct that ended while the law was in force is judged by it still."""
    ended = doing.matter.value("investigation_reported", "act_ended_on") if doing.matter else None
    return bool(ended) and str(ended) < ended_on


def _cause(doing: Doing, text: str, day: str) -> str:
    held = list(RegisterRow.objects.filter(agency=doing.actor.agency, register="causes", name=text))
    if not held or any(not row.ended_on or row.ended_on > day for row in held):
        return ""
    return f"“{text}”已于{max(row.ended_on for row in held)}停用；请从案由名录中另选"


@cache
def _looked_at() -> Mapping[str, tuple[str, ...]]:
    """By kind of entry, the fields to be looked at; the registers themselves name what is repealed."""
    return {
        kind.name: names
        for kind in registry.dictionary().kinds.values()
        if kind.stream not in ("catalogue", "register")
        and (
            names := tuple(
                name for name in (*_BASES, _CAUSE) if name in kind.fields and "text" in kind.fields[name].type
            )
        )
    }
