"""What is being typed: kept as typed, bound to what it is about, shared by the officers of a matter.

One draft for an act on a matter and for what the address of its form names (`?officer=…`). A form that begins from
nothing has a draft of its own each time: what was not submitted is offered again there, and never fills another's form.
"""

from liuhen.web.drafts.kept import (
    Kept,
    find,
    forget,
    keep,
    read,
    save,
    sent,
    too_long,
    typed,
    upload_names,
)
from liuhen.web.drafts.of import ABOUT, CONTINUED, Of, about_of, about_said
from liuhen.web.drafts.offered import Begun, begun, begun_by, discard, discarded_by, recover
from liuhen.web.drafts.opened import emptied
from liuhen.web.drafts.submitted import (
    Meanwhile,
    became,
    claim,
    done_before,
    give_back,
    put_away,
    remember,
    set_aside,
)
from liuhen.web.drafts.versions import Text, restore, texts

__all__ = [
    "ABOUT",
    "CONTINUED",
    "Begun",
    "Kept",
    "Meanwhile",
    "Of",
    "Text",
    "about_of",
    "about_said",
    "became",
    "begun",
    "begun_by",
    "claim",
    "discard",
    "discarded_by",
    "done_before",
    "emptied",
    "find",
    "forget",
    "give_back",
    "keep",
    "put_away",
    "read",
    "recover",
    "remember",
    "restore",
    "save",
    "sent",
    "set_aside",
    "texts",
    "too_long",
    "typed",
    "upload_names",
]
