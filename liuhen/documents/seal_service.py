"""政务签章服务: a port. Where the installation has such a service, it seals in place of the agency's own key.

What comes back is taken only as what was sent with a signature over the whole of it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol

from liuhen.documents.seals import PADES, Sealer, SealError, apart, own_seal


class SealService(Protocol):
    """A government's service that holds the seals of agencies."""

    def sealed(self, pdf: bytes, agency: str) -> bytes:
        """The PDF with that agency's seal and signature appended. Raises `SealError`."""
        ...


_used: list[SealService | None] = [None]


def use(service: SealService | None) -> None:
    """Let this service seal; None: each agency's own key does."""
    _used[0] = service


def sealer_of(agency: str, name: str, now_ms: int) -> Sealer:
    """Who seals for an agency now: the service that is set, else its own key. Raises `SealError`."""
    service = _used[0]
    return own_seal(agency, name, now_ms) if service is None else Served(service, name)


@dataclass(frozen=True)
class Served:
    """The seal of one agency (by its name) at a service."""

    service: SealService
    agency: str

    drawn = False
    """The service puts its own picture of the seal on the page."""
    kept_as = "service"

    def seal(self, pdf: bytes) -> bytes:
        """What the service made of the document. Raises `SealError` where that is not this document, sealed."""
        found = self.service.sealed(pdf, self.agency)
        if not found.startswith(pdf):
            raise SealError("签章服务交回的不是送去的那份文书，没有采用：请系统管理员与签章服务核对")
        look: Callable[[bytes], str] = import_module(PADES).not_whole
        if reason := apart(look, found):
            raise SealError(f"签章服务交回的文书不能采用：{reason}。请系统管理员与签章服务核对")
        return found
