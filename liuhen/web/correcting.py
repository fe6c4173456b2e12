"""更正 on the screens: which entry is being corrected, and its values as the form is filled in with them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import Http404

from liuhen.acts import Matter, correctable, fields_of, registry
from liuhen.acts.correcting import standing
from liuhen.acts.form import AT, Form
from liuhen.kernel.clock import format_local
from liuhen.ledger import Entry
from liuhen.web.forms import Control, Prefill

REASON = "correction"
"""The form field of the reason, and the name under which the door complains of it."""
_FROM_ORIGINAL = "原记录"


def entry_to_correct(matter: Matter | None, name: str, number: int, stream: str) -> Entry:
    """The entry of this number of the stream, made by this act and correctable. Raises `Http404`."""
    kind = registry.kind_of(registry.act(name))
    entries = matter.entries if matter else ()
    for entry in entries:
        if (entry.stream, entry.number, entry.kind) == (stream, number, kind.name) and correctable(kind):
            return entry
    raise Http404


def latest_of(matter: Matter, entry: Entry) -> Entry:
    """The entry as it was corrected last; itself where it never was."""
    return standing(entry, matter.entries)


def original(entry: Entry) -> dict[str, Prefill]:
    """The entry's values for the form: officers by their ids; files stay with it and are not asked again.

    Of a paper that goes out again, nothing that tells how the void one did.
    """
    kind = registry.dictionary().kinds[entry.kind]
    fields = kind.fields
    return {
        name: Prefill(_typed(fields[name].type, value), _FROM_ORIGINAL)
        for name, value in fields_of(entry).items()
        if name in fields and fields[name].type != "files" and kind.carried_over(name)
    }


def time_control(
    form: Form, typed: Mapping[str, Any], errors: Mapping[str, str], corrected: Entry | None
) -> Control:
    """发生时间, as it stands in the form of an act or of a correction."""
    control = _time_of(form, corrected) if corrected else _AT
    untouched = typed.get(AT) is None and not errors
    return replace(
        control, value=control.value if untouched else str(typed.get(AT, "")), error=errors.get(AT, "")
    )


_AT = Control(
    name=AT,
    label="发生时间",
    type="instant",
    required=False,
    template="web/forms/instant.html",
    hint="北京时间；不填即为提交的时间。不得晚于现在",
)


def _time_of(form: Form, corrected: Entry) -> Control:
    """Of a correction the recorded one, to be changed where it is wrong; of another paper, its own."""
    recorded = format_local(corrected.recorded_ms)
    anew = form.kind.goes_out_again
    kept = "北京时间；已填原记录的时间，这一时间有误的才改。不得晚于现在"
    again = (
        f"北京时间；更正后的文书重新送达（发出）的时间，不得早于原文书登记的时间（{recorded}），不得晚于现在。"
        "期限从这一时间起算"
    )
    return replace(
        _AT,
        required=anew,
        value="" if anew else format_local(corrected.happened_ms).replace(" ", "T"),
        source="" if anew else _FROM_ORIGINAL,
        hint=again if anew else kept,
    )


def _typed(type: str, value: Any) -> Any:
    if type == "officers":
        return [officer["id"] if isinstance(officer, Mapping) else officer for officer in value]
    return value
