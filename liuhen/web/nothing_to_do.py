"""没有可以办理的对象: why an act has no place on a matter as it stands, and what can be done on it instead."""

from collections.abc import Sequence
from dataclasses import dataclass

from liuhen.acts import Matter, Preview, fields_of, preview, registry
from liuhen.acts.form import comes_first, ended
from liuhen.kernel.clock import format_local
from liuhen.ledger import Entry
from liuhen.web.goto import form_url
from liuhen.web.me import Me
from liuhen.web.offered import offered

_ARCHIVED = {"archived": "dossier_number", "inspection_archived": "dossier_number"}


@dataclass(frozen=True)
class Still:
    """An act that can be done now; `url` where the reader may do it."""

    title: str
    url: str


@dataclass(frozen=True)
class NothingToDo:
    """`why` in sentences; `still`: what he can do on the matter now, where it is over."""

    why: Sequence[str]
    still: Sequence[Still] = ()


def nothing_to_do(me: Me, seen: Preview, matter: Matter | None) -> NothingToDo | None:
    """For a form that has nothing to be filled in for; None where it has."""
    if seen.fits or matter is None:
        return None
    archived = next((entry for kind in _ARCHIVED if (entry := matter.last(kind)) is not None), None)
    over = seen.act.over(matter)
    why = [f"现在还没有可以办理“{seen.title}”的对象。"]
    if archived is not None:
        why = [_since(archived)]
    if over is not None and (entry := matter.last(over)) is not None and entry is not archived:
        why.append(f"{format_local(entry.recorded_ms)}已经“{_title(over)}”，不能再办理“{seen.title}”。")
    elif over is None:
        why += _before(seen, matter, me.now_ms)
    still = _still(me, matter) if archived is not None or over is not None else []
    return NothingToDo(why, still)


def _since(archived: Entry) -> str:
    number = fields_of(archived).get(_ARCHIVED[archived.kind], "")
    what = "本案" if archived.kind == "archived" else "这次检查"
    when = format_local(archived.recorded_ms)
    return f"{what}已于{when}归档（案卷号{number}）：卷里的材料和目录不再改动，此后的材料另行增补入卷。"


def _before(seen: Preview, matter: Matter, now_ms: int) -> list[str]:
    """What must come first, or that it is over for every instance."""
    if gone := ended(seen.act, matter):
        return [f"{gone}。"]
    if seen.act.same and any(matter.last(kind) for kind in seen.act.same):
        return [
            f"“{'”“'.join(_title(kind) for kind in seen.act.same)}”都已经办理过“{seen.title}”，不必再办。"
        ]
    kinds = [kind for kind in seen.act.same if not matter.last(kind)]
    keys = {path.split(".")[0] for table in seen.act.fixed.values() for path in table.split("|")}
    before = comes_first(seen.act, matter)
    said = [f"{before}。"] if before else []
    if first := offered([seen.name], matter, now_ms).first:
        return [*said, f"请先办理：{first}。"]
    titles = list(dict.fromkeys(_title(kind) for kind in kinds or keys if not matter.last(kind)))
    return said or ([f"须先有：{'、'.join(titles)}。"] if titles else [])


def _still(me: Me, matter: Matter) -> list[Still]:
    """What he himself can do on it now."""
    found = []
    for name, act in registry.acts().items():
        if matter.type not in act.on or act.by_system:
            continue
        seen = preview(name, me.actor, matter, me.now_ms, listing=True)
        if seen.fits and not seen.barred and not seen.refused:
            found.append(Still(seen.title, form_url(name, matter.stream)))
    return found


def _title(kind: str) -> str:
    return registry.dictionary().kinds[kind].title
