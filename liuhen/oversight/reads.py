"""查阅记录: once a minute, what was read is sealed into the agency's log by one entry."""

from django.db import transaction

from liuhen import ledger
from liuhen.accounts.actor import system_actor
from liuhen.acts import perform
from liuhen.acts.matter import register_of
from liuhen.kernel.clock import Clock

SEALS_A_STREAM = 500
"""Seals stand in streams of their own, not too long: a stream is read whole whenever it is written to."""


def seal_all(clock: Clock) -> int:
    """Seal the reads of every agency that are not yet sealed; how many seals were made."""
    return sum(_seal(agency, clock) for agency in ledger.agencies())


def _seal(agency: str, clock: Clock) -> bool:
    with ledger.write_turn(), transaction.atomic():
        if register_of(agency) is None or ledger.seal_reads(agency) is None:
            return False
        stream = _stream(agency)
        ledger.lock([stream])
        seal = ledger.seal_reads(agency)
        if seal is None:
            return False
        perform(
            "seal_reads", system_actor(agency), seal, f"reads-{seal['batch']}", clock=clock, stream=stream
        )
    return True


def _stream(agency: str) -> str:
    """The newest stream of seals that still has room, else a new one; the first register is the agency's own."""
    later = ledger.streams_of(agency, "register")[1:]
    if later and ledger.heads([later[-1]])[later[-1]].length < SEALS_A_STREAM:
        return later[-1]
    return ledger.create_stream(agency, "register")
