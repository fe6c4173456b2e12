"""What else is entered at the moment at which a text becomes public: in the agency's register, of the inspection."""

from collections.abc import Mapping, Sequence
from typing import Any

from liuhen.acts import registry
from liuhen.acts.act import Doing, fields_of
from liuhen.acts.drafting import payload_of
from liuhen.acts.matter import register_of
from liuhen.disclosure.texts import ANNUAL, ITEMS, RENEWAL, RESULT, text_of
from liuhen.ledger import Entry, EntryDraft

_OWN_SITE = "本单位门户网站"


def made_public(doing: Doing) -> Sequence[EntryDraft]:
    """The entries that go with `posted` and `replaced`, in one transaction with them."""
    matter = doing.matter
    text = text_of(matter) if matter else None
    if matter is None or text is None:
        return ()
    if text.kind == RESULT:
        return (_draft(doing, matter.stream, "inspection_posted", _result(doing, text)),)
    register = register_of(matter.agency)
    if register is None:
        return ()
    if text.kind == ANNUAL:
        return (_draft(doing, register, "annual_report_posted", _annual(doing, text)),)
    if text.kind not in ITEMS:
        return ()
    item = _draft(doing, register, ITEMS[text.kind], _item(matter.stream, text))
    return (item, *_updated(doing, text))


def _result(doing: Doing, text: Entry) -> dict[str, Any]:
    said = _without(text, RENEWAL)
    return said | {"channel": _OWN_SITE, "address": doing.payload["address"]}


def _annual(doing: Doing, text: Entry) -> dict[str, Any]:
    return _without(text, RENEWAL, "posting") | {"address": doing.payload["address"]}


def _item(stream: str, text: Entry) -> dict[str, Any]:
    """A picture is named by its digest: the file itself stands with the text."""
    said = {name: _by_digest(value) for name, value in _without(text, RENEWAL, "posting").items()}
    return said | {"item": stream}


def _by_digest(value: Any) -> Any:
    if isinstance(value, list) and value and "sha256" in value[0]:
        return "；".join(f"{file['name']} {file['sha256']}" for file in value)
    return value


def _updated(doing: Doing, text: Entry) -> list[EntryDraft]:
    """The changes that this text answers: those entered before it was prepared and not answered yet."""
    matter = doing.matter
    if matter is None:
        return []
    done = {fields_of(entry)["change"] for entry in matter.all("register_updated")}
    changes = [entry for entry in matter.all("register_changed") if entry.index < text.index]
    return [
        _draft(
            doing,
            matter.stream,
            "register_updated",
            {
                "change": fields_of(entry)["change"],
                "item": matter.stream,
                "what": fields_of(text).get(RENEWAL) or fields_of(entry)["what"],
                "channel": _OWN_SITE,
            },
        )
        for entry in changes
        if fields_of(entry)["change"] not in done
    ]


def _without(text: Entry, *names: str) -> dict[str, Any]:
    return {name: value for name, value in fields_of(text).items() if name not in names}


def _draft(doing: Doing, stream: str, name: str, values: Mapping[str, Any]) -> EntryDraft:
    kind = registry.dictionary().kinds[name]
    known = {field: value for field, value in values.items() if field in kind.fields}
    return EntryDraft(
        stream=stream,
        kind=name,
        version=kind.version,
        happened_ms=doing.happened_ms,
        payload=payload_of(kind, known),
    )
