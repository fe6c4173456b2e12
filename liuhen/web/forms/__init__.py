"""Forms made from the dictionary of entry kinds: what a field looks like, and what was typed into it."""

from liuhen.web.forms.control import Control, Person, Prefill, Waiting, controls
from liuhen.web.forms.parse import Typed, parse
from liuhen.web.forms.show import Shown, show

__all__ = ["Control", "Person", "Prefill", "Shown", "Typed", "Waiting", "controls", "parse", "show"]
