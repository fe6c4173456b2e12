"""出具机关: the agency as its documents name it, with its log's head at each entry and its public site."""

from dataclasses import dataclass

from django.conf import settings

from liuhen.accounts.models import Agency
from liuhen.documents.catalogue import Catalogue
from liuhen.documents.context import Issuer
from liuhen.documents.own_forms import catalogue_of
from liuhen.ledger import LedgerError, merkle
from liuhen.ledger.tiles import StoredTree, leaf_hashes


@dataclass(frozen=True)
class Installed(Issuer):
    """An agency of this installation."""

    id: str = ""

    def forms(self) -> Catalogue:
        """The shipped forms and its own."""
        return catalogue_of(self.id)

    def head(self, index: int) -> str:
        """The short form of the log's head when the entry `index` was its last: every paper is a witness of the log."""
        size = index + 1
        try:
            root = StoredTree(self.id).subtree(0, size)
        except LedgerError:  # the newest tiles are written with the next checkpoint
            root = merkle.tree_root(leaf_hashes(self.id, 0, size))
        return root.hex()[:16]


def issuer(agency: str) -> Installed:
    """The agency of that id."""
    name = Agency.objects.values_list("name", flat=True).get(id=agency)
    return Installed(name, site=settings.PUBLIC_URL, id=agency)
