"""A process that serves for long."""

import gc


def settled() -> None:
    """Take what stands for good out of the garbage collector's rounds, once all is loaded (a fifth faster)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)  # an act makes thousands of objects and hardly a cycle
