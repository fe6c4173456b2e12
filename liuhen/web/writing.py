"""写文书时取用的: what a column of a form offers beside typing — questions, phrases, earlier documents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from django.urls import reverse
from ruamel.yaml import YAML

from liuhen import ledger
from liuhen.acts import Matter
from liuhen.acts.matter import REGISTER
from liuhen.documents.aids import PHRASES, QUESTIONS, QuestionSet, phrases, question_sets
from liuhen.documents.dictation import is_set_up
from liuhen.ledger import Entry
from liuhen.web.forms import Control
from liuhen.web.me import Me
from liuhen.web.stills import with_clips
from liuhen.web.waiting import with_waiting


@dataclass(frozen=True)
class Aids:
    """What one long column offers; `earlier`: where the earlier documents of this kind are asked for.

    `read`: it is read by the person himself; the columns of his corrections and of his name. `dictation`: it can be
    spoken.
    """

    sets: Sequence[QuestionSet]
    phrases: Sequence[str]
    earlier: str
    read: Mapping[str, str] | None = None
    dictation: bool = False


@cache
def writing() -> Mapping[str, Any]:
    """`writing.yaml`."""
    loaded: Mapping[str, Any] = YAML(typ="safe").load(Path(__file__).with_name("writing.yaml"))
    return loaded


def with_aids(made: Sequence[Control], me: Me, act: str, matter: Matter | None) -> list[Control]:
    """The controls, each long column with what it offers, pictures with the recordings they may be cut from."""
    made = with_waiting(with_clips(made, act, matter), me)
    long = [control.name for control in made if _is_long(control)]
    if not long or (matter is not None and matter.type in ("register", "people")):
        return list(made)
    kept = _kept(me.agency)
    cause = str(
        (matter and (matter.value("filed", "cause") or matter.value("lead_registered", "content"))) or ""
    )
    asked = writing()["questions"].get(act)
    read = writing()["read_back"].get(act)
    names = ["earlier"] if matter is None else ["earlier-on"]
    place = [act] if matter is None else [act, matter.stream]
    return [
        replace(
            control,
            aids=Aids(
                question_sets(kept, cause) if control.name == asked else (),
                phrases(kept, control.label),
                f"{reverse(names[0], args=place)}?field={control.name}",
                read if read and read["text"] == control.name else None,
                is_set_up(),
            ),
        )
        if control.name in long
        else control
        for control in made
    ]


def _is_long(control: Control) -> bool:
    written = control.type == "longtext" and control.name not in writing()["not_text"]
    return written and not control.shown and not control.guarded


_known: dict[str, tuple[bytes | None, list[Entry]]] = {}


def _kept(agency: str) -> list[Entry]:
    """The register's question sets and phrases; read again when the register has grown."""
    (register,) = ledger.ask([ledger.first_stream(agency, REGISTER)])
    if register is None:
        return []
    known = _known.get(agency)
    if known is None or known[0] != register.last:
        entries = ledger.read([register.stream], parts=[ledger.OPEN])
        known = (register.last, [entry for entry in entries if entry.kind in (QUESTIONS, PHRASES)])
        _known[agency] = known
    return known[1]
