"""出具机关: the agency as its documents name it, with its log's head at each entry and its public site."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

from liuhen.accounts.models import Agency
from liuhen.accounts.named import named_now, named_then
from liuhen.documents.catalogue import Catalogue
from liuhen.documents.context import Issuer
from liuhen.documents.own_forms import catalogue_of
from liuhen.documents.terms import terms_at
from liuhen.ledger import LedgerError, merkle
from liuhen.ledger.tiles import StoredTree, leaf_hashes


@dataclass(frozen=True)
class Installed(Issuer):
    """An agency of this installation."""

    id: str = ""

    def forms(self) -> Catalogue:
        """The shipped forms and its own."""
        return catalogue_of(self.id)

    def person(self, officer: str, index: int) -> tuple[str, str]:
        """As the register of people stood then: a change of name or unit alters no paper that was made before."""
        return named_then(self.id, officer, index)

    def terms(self, at_ms: int) -> Mapping[str, str]:
        """What stands in its register."""
        return terms_at(self.id, at_ms)

    def head(self, index: int) -> str:
        """The short form of the log's head when the entry `index` was its last: every paper is a witness of the log."""
        size = index + 1
        try:
            root = StoredTree(self.id).subtree(0, size)
        except LedgerError:  # the newest tiles are written with the next checkpoint
            root = merkle.tree_root(leaf_hashes(self.id, 0, size))
        return root.hex()[:16]


@dataclass(frozen=True)
class Ahead(Installed):
    """The same of what is not recorded yet."""

    def head(self, index: int) -> str:
        """Nothing: no log holds it."""
        return ""

    def person(self, officer: str, index: int) -> tuple[str, str]:
        """As the register of people stands now."""
        return named_now(officer)


def issuer(agency: str) -> Installed:
    """The agency of that id."""
    name = Agency.objects.values_list("name", flat=True).get(id=agency)
    return Installed(name, site=settings.PUBLIC_URL, id=agency)


def ahead(issuing: Installed) -> Ahead:
    """The agency on a paper that is only looked at."""
    return Ahead(issuing.name, id=issuing.id)
