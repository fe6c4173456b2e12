"""没有用上的上传: files that somebody has sent and that no draft of his names, offered where files are asked for.

A file may be safe while the draft that should name it could not be saved: the network went in between.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from liuhen import ledger
from liuhen.documents import drafts
from liuhen.kernel.clock import format_local
from liuhen.web.forms import Control, Waiting
from liuhen.web.me import Me

_OFFERED_MOST = 12
_NAMED_UPTO = "|"


def with_waiting(made: Sequence[Control], me: Me) -> list[Control]:
    """The controls, those that take files with what waits in staging and was put nowhere."""
    if not any(_takes_files(control) for control in made):
        return list(made)
    found = ledger.waiting_uploads(me.actor.id, me.now_ms)
    if found:
        named = {id for one in drafts.of_owner(me.agency, me.actor.id) for id in _named(one.content)}
        named |= {id for control in made if _takes_files(control) for id, _ in control.value or ()}
        found = [one for one in found if one.id not in named][:_OFFERED_MOST]
    offered = tuple(Waiting(one.id, one.file.name, format_local(one.created_ms)) for one in found)
    return [replace(one, waiting=offered) if offered and _takes_files(one) else one for one in made]


def _takes_files(control: Control) -> bool:
    return control.type == "files" and not control.shown


def _named(content: Any) -> Iterator[str]:
    """The numbers of uploads that kept typing mentions."""
    for values in content.values():
        yield from (str(value).partition(_NAMED_UPTO)[0] for value in values)
