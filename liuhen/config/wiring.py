"""What a lower room needs from a higher one, handed down once when a process starts.

Acts, projections and periodic work are registered here and nowhere else; no room reaches up.
"""

from liuhen.config.worker import Periodic


def wire() -> None:
    """Register every room's acts and projections. Called once in each process, before anything else."""


def periodic() -> list[Periodic]:
    """The work that `liuhen worker` does."""
    return []
