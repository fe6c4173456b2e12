"""一事一签: what was asked once is answered once; who disagreed bars what comes after it.

An opinion or an approval answers what was put before it. Until something is put forward anew it is not given again:
whoever changes his mind corrects it, with his reason (更正).
"""

from collections.abc import Mapping
from typing import Any

from liuhen.acts import registry
from liuhen.acts.act import Act, Doing, Matter, fields_of
from liuhen.acts.errors import Reason
from liuhen.acts.form import instances, is_own_signature
from liuhen.kernel.clock import format_local
from liuhen.law.dictionary import Kind
from liuhen.ledger import Entry

AGREE = "agree"
_PROPOSES = "sign_handler"
"""Whoever puts something forward signs so; a proposal may be made anew."""


def standing_in_the_way(act: Act, matter: Matter | None, known: Mapping[str, Any]) -> list[Reason]:
    """Why the act is not to be done now: it was done for what is before it, or somebody whom it needs disagreed."""
    if matter is None or not act.answers:
        return []
    reasons = [_given_already(act, matter, known), _disagreed(act, matter, known)]
    return [reason for reason in reasons if reason is not None]


def not_his_own(doing: Doing) -> Mapping[str, str]:
    """An opinion is corrected by whoever gave it."""
    before = doing.corrected
    kind = registry.kind_of(doing.act)
    if before is None or not _is_opinion(kind):
        return {}
    signed = [
        row
        for name, spec in kind.fields.items()
        if is_own_signature(name, spec)
        for row in fields_of(before).get(name) or ()
    ]
    if not signed or any(row.get("id") == doing.actor.id for row in signed):
        return {}
    return {"": f"“{kind.title}”由签署意见的人（{signed[0].get('name', '')}）更正"}


def not_over_taken(doing: Doing) -> Mapping[str, str]:
    """An opinion on what has become part of a case is not corrected any more."""
    matter, kind = doing.matter, registry.kind_of(doing.act)
    if doing.corrected is None or matter is None or not _is_opinion(kind):
        return {}
    if matter.adopted and matter.type in ("lead", "inspection"):
        return {"": f"已经立案，“{kind.title}”不能再更正；确有错误的，在案件中按程序另行办理"}
    return {}


def _is_opinion(kind: Kind) -> bool:
    own = [name for name, spec in kind.fields.items() if is_own_signature(name, spec)]
    return kind.time == "live" and bool(own) and (AGREE in kind.fields or _PROPOSES not in own)


def _given_already(act: Act, matter: Matter, known: Mapping[str, Any]) -> Reason | None:
    kind = registry.kind_of(act)
    if not _is_opinion(kind) or (act.new_key and not act.same):
        return None
    named = known.get(kind.key) if act.same else None
    given = _of(act.kind, matter, kind.key, named)
    if given is None and act.new_key and not instances(act, kind, matter):
        named, given = None, matter.last(act.kind)  # nothing was put forward anew: this repeats the last one
    if given is None or (act.same and named is None and not act.new_key):
        return None
    asking = [name for kinds in act.answers for name in kinds]
    if any((entry := _of(name, matter, kind.key, named)) and entry.index > given.index for name in asking):
        return None
    titles = "、".join(dict.fromkeys(registry.dictionary().kinds[name].title for name in asking[:3]))
    mended = "由本人在记录中对它办理“更正”，写明理由" if kind.correct == "yes" else "按程序另行办理"
    return Reason(
        "asked.once",
        "",
        f"“{kind.title}”已于{format_local(given.recorded_ms)}办理{_said(given)}，其后没有新的“{titles}”，不能再办理一次",
        f"要改变的，{mended}；有新的内容的，先重新提出",
    )


def _disagreed(act: Act, matter: Matter, known: Mapping[str, Any]) -> Reason | None:
    """Of what the act needs to have been agreed: the latest says no, and nothing was put forward since."""
    settled = max((entry.index for kind in act.settled_by if (entry := matter.last(kind))), default=-1)
    for name in dict.fromkeys(
        name for kinds in act.answers for name, said in kinds.items() if said.get(AGREE) is True
    ):
        entry = _about(act, matter, name, known)
        if entry is not None and entry.open.get(AGREE) is False and entry.index > settled:
            title = registry.dictionary().kinds[name].title
            return Reason(
                "asked.disagreed",
                "",
                f"“{title}”（{format_local(entry.recorded_ms)}）没有同意，不得办理“{registry.kind_of(act).title}”",
                "按其意见办理；有新的内容的，先重新提出并取得同意",
            )
    return None


def _about(act: Act, matter: Matter, name: str, known: Mapping[str, Any]) -> Entry | None:
    """The latest entry of the kind, about the same instance where both name one."""
    key = registry.kind_of(act).key
    wanted = known.get(key) if key in registry.dictionary().kinds[name].fields and act.same else None
    found = [entry for entry in matter.all(name) if wanted is None or fields_of(entry).get(key) == wanted]
    return found[-1] if found else None


def _of(name: str, matter: Matter, key: str, named: Any) -> Entry | None:
    """The latest entry of a kind; of the named instance, where one is named and the kind names instances so."""
    if named is None or key not in registry.dictionary().kinds[name].fields:
        return matter.last(name)
    return next((entry for entry in reversed(matter.all(name)) if fields_of(entry).get(key) == named), None)


def _said(entry: Entry) -> str:
    agree = entry.open.get(AGREE)
    return "" if agree is None else f"（{'同意' if agree else '不同意'}）"
