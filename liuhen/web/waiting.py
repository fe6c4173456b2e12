"""没有用上的上传: files that somebody has sent and never put into a draft, offered where files are asked for.

A file may be safe while the draft that should name it could not be saved: the network went in between. What was put
into a draft and taken out again is not offered: whoever took it out does not want it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from liuhen import ledger
from liuhen.documents import drafts
from liuhen.kernel.clock import format_local
from liuhen.web.forms import Control, Waiting
from liuhen.web.me import Me

CUT_OFF = "没有文件的结尾，可能不完整：请打开原件核对，不完整的移除后重新选择"
"""Said of a file whose end is missing, wherever it stands before it is used."""
_OFFERED_MOST = 12


def with_waiting(made: Sequence[Control], me: Me) -> list[Control]:
    """The controls, those that take files with what waits in staging and was put nowhere; half a file is said to be."""
    found = ledger.waiting_uploads(me.actor.id, me.now_ms) if any(map(_takes_files, made)) else []
    if not found:
        return list(made)
    notes = {one.id: CUT_OFF for one in found if one.cut_off}
    named = {one.id for control in made if _takes_files(control) for one in control.value}
    named |= drafts.once_named(me.agency, me.actor.id, [one.id for one in found])
    offered = tuple(
        Waiting(one.id, one.file.name, format_local(one.created_ms), notes.get(one.id, ""))
        for one in found
        if one.id not in named
    )[:_OFFERED_MOST]
    return [_with(control, offered, notes) if _takes_files(control) else control for control in made]


def _with(control: Control, offered: tuple[Waiting, ...], notes: Mapping[str, str]) -> Control:
    value = [replace(one, note=notes.get(one.id, "")) for one in control.value]
    return replace(control, waiting=offered, value=value)


def _takes_files(control: Control) -> bool:
    return control.type == "files" and not control.shown
