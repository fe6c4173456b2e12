"""The entries of an act: its own, those it brings along, and the adoption when it opens a stream."""

from collections.abc import Sequence
from typing import Any

from liuhen import ledger
from liuhen.acts import registry
from liuhen.acts.act import Doing
from liuhen.acts.correcting import PART
from liuhen.acts.form import opens_stream
from liuhen.kernel.clock import local_date
from liuhen.law import ENGINE_VERSION
from liuhen.law.dictionary import Kind


def draft_entries(doing: Doing, verdicts: list[dict[str, Any]]) -> Sequence[ledger.EntryDraft]:
    """All entries of the act; the first carries the verdicts of its gates and the engine's version."""
    kind = registry.kind_of(doing.act)
    if opens_stream(doing.act, doing.matter) and doing.corrected is None:
        ledger.create_stream(doing.actor.agency, kind.stream, doing.target)
    payload = payload_of(kind, {**doing.payload, **_numbers(doing, kind)})
    forms = registry.forms_kept(kind.name, local_date(doing.now_ms))
    payload[ledger.JUDGEMENT] = {"engine": ENGINE_VERSION, "gates": verdicts, "forms": dict(forms)}
    if doing.corrected is not None:
        payload[PART] = {"reason": doing.correction_reason}
    main = ledger.EntryDraft(
        stream=doing.target,
        kind=kind.name,
        version=kind.version,
        happened_ms=doing.happened_ms,
        payload=payload,
        supersedes=doing.corrected.id if doing.corrected else None,
        files=stored_files(doing),
    )
    if doing.corrected is not None:
        return [main]
    further = doing.act.further(doing) if doing.act.further else ()
    return _with_adoption(doing, kind, main, list(further))


def payload_of(kind: Kind, values: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Fields grouped into parts as the dictionary says."""
    parts: dict[str, dict[str, Any]] = {ledger.OPEN: {}}
    for name, value in values.items():
        parts.setdefault(kind.fields[name].part, {})[name] = value
    return parts


def stored_files(doing: Doing) -> tuple[ledger.StoredFile, ...]:
    """The bytes that become part of the record with this act."""
    fields = registry.kind_of(doing.act).fields
    names = [name for name, value in doing.payload.items() if fields[name].type == "files" and value]
    return tuple(ledger.StoredFile(**file) for name in names for file in doing.payload[name])


def _numbers(doing: Doing, kind: Kind) -> dict[str, str]:
    """Document numbers, taken in the transaction: a rollback returns them."""
    year = local_date(doing.now_ms).year
    return {
        name: registry.next_number(doing.actor.agency, field.numbered, year)
        for name, field in kind.fields.items()
        if field.numbered
    }


def _with_adoption(
    doing: Doing, kind: Kind, main: ledger.EntryDraft, further: list[ledger.EntryDraft]
) -> list[ledger.EntryDraft]:
    opens = opens_stream(doing.act, doing.matter)
    if doing.act.adopts and not opens:
        return [ledger.adopt(main, str(doing.payload[kind.key])), *further]
    if doing.matter is None or not opens:
        return [main, *further]
    if doing.act.adopts:
        return [ledger.adopt(main, doing.matter.stream), *further]
    adopted = registry.dictionary().kinds["adopted"]
    title = kind.title
    taken_in = ledger.EntryDraft(
        stream=doing.matter.stream,
        kind=adopted.name,
        version=adopted.version,
        happened_ms=doing.now_ms,
        payload={ledger.OPEN: {"adopted": doing.target, "adopted_type": kind.stream, "adopted_title": title}},
        adopts=(doing.target,),
    )
    return [main, taken_in, *further]
