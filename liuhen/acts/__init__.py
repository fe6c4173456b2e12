"""办理: the contract of an act, and the one transaction that performs it."""

from liuhen.acts.act import Act, Actor, Doing, Matter, fields_of
from liuhen.acts.correcting import Correction, correctable
from liuhen.acts.door import Receipt, perform
from liuhen.acts.errors import ActError, Invalid, Moved, Reason, Refused, UnknownAct
from liuhen.acts.form import Form, form_of
from liuhen.acts.preview import Preview, bars, preview

__all__ = [
    "Act",
    "ActError",
    "Actor",
    "Correction",
    "Doing",
    "Form",
    "Invalid",
    "Matter",
    "Moved",
    "Preview",
    "Reason",
    "Receipt",
    "Refused",
    "UnknownAct",
    "bars",
    "correctable",
    "fields_of",
    "form_of",
    "perform",
    "preview",
]
