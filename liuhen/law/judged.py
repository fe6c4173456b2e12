"""What a matter owes, judged as far as somebody asks, and judged on when the matter grows."""

from collections.abc import Iterable, Sequence

from liuhen.law.bundle import Bundle, Stirred
from liuhen.law.engine import Rows, worked_out
from liuhen.law.facts import Fact, Matter
from liuhen.law.owed import Owed, place
from liuhen.law.reach import answered, stirred


class Judged:
    """A matter, and of what it owes as much as has been asked for; all of it are its `rows`, as from `owed`.

    An act asks only for the obligations on which its entries bear: the others stay as they were, whatever they are.
    Where it was judged on from what it was before, `new` are the rows that are new since, and those `gone`.
    Else `new` is None.
    """

    def __init__(self, bundle: Bundle, matter: Matter, *, agency: bool = False) -> None:
        self.bundle, self.matter, self._agency = bundle, matter, agency
        self._rules: frozenset[int] | None = frozenset()
        """The rules, by their order, whose obligations are all known; None: every one."""
        self._rows: list[Owed] = []
        self._open: list[Owed] = []
        self._in_order = False
        self.new: Sequence[Owed] | None = None
        self.gone: Sequence[Owed] = ()

    @property
    def rows(self) -> Sequence[Owed]:
        """Everything that the matter owes, in the order in which it arose, then of the articles."""
        if self._rules is not None:
            if self._rules or self._rows:
                self._ask(frozenset(range(len(self.bundle.infos))))
            else:
                self._from_the_beginning()
            self._rules = None
        if not self._in_order:
            self._rows.sort(key=place)
            self._in_order = True
        return self._rows

    def answering(self) -> Sequence[Owed]:
        """Those that may want the answer to a question first."""
        rules, needed = answered(self.bundle)
        if self._rules is not None:
            self._ask(needed)
        return [row for row in self._rows if row.info.order in rules]

    def grown(self, given: Sequence[Fact]) -> "Judged | None":
        """Judged on with these facts, as far as the new ones bear on what is owed; None where all is judged anew."""
        new = None if self._agency else self.matter.added(given)
        again = stirred(self.bundle, frozenset(fact.kind for fact in new)) if new is not None else None
        if new is None or again is None:
            return None
        if self._rules is not None:
            self._ask(again.needed)
        one = Judged(self.bundle, self.matter.grown(new))
        one._rules = self._rules
        one._judge(again, self, new)
        return one

    def _from_the_beginning(self) -> None:
        rows = Rows(self.bundle, self.matter)
        rows.begin_with_entries()
        if self._agency:
            rows.begin_with_years()
            rows.all.sort(key=place)
        worked_out(rows)
        self._rows, self._open, self._in_order = rows.all, rows.open, True

    def _ask(self, rules: frozenset[int]) -> None:
        """Judge what is owed under these rules too."""
        missing = rules - self._rules if self._rules is not None else frozenset()
        if missing:
            self._judge(Stirred(missing, self.bundle.beginning(missing)), self)
            self._rules = (self._rules or frozenset()) | missing

    def _judge(self, again: Stirred, before: "Judged", new: Sequence[Fact] | None = None) -> None:
        """Take over what was judged before, and judge anew under the rules `again`, and what the `new` entries begin.

        Without new ones, obligations whose time runs out are asked of those that begin.
        """
        rules, matter = again.rules, self.matter
        gone: list[Owed] = []
        left: list[Owed] = []
        for row in before._rows:
            (gone if row.info.order in rules else left).append(row)
        if matter is not before.matter:
            for row in left:
                row.matter = matter
        beside = [row for row in before._open if row.info.order not in rules]
        rows = Rows(self.bundle, matter, beside)
        rows.begin_again(again, new or ())
        worked_out(rows, rows.open if new is None else [*beside, *rows.open])
        self._rows, self._open, self._in_order = left + rows.all, beside + rows.open, False
        if new is not None:
            self.new, self.gone = rows.all, gone


def judge(
    bundle: Bundle, facts: Iterable[Fact], before: Judged | None = None, *, agency: bool = False
) -> Judged:
    """A matter to be judged; on from what was judged `before`, when it had fewer entries, under the same bundle.

    Obligations on which the new entries cannot bear are taken over as they are, and see the matter as it now is from
    then on. `agency`: the facts are an agency's own; its yearly duties are judged too, all of them anew.
    """
    given = list(facts)
    judged = before.grown(given) if before is not None and before.bundle is bundle and not agency else None
    return judged or Judged(bundle, Matter(given, bundle.dictionary, bundle.calendar), agency=agency)
