"""不得办理的: what the law or the table of roles refused is noted among the reads, whichever way it was tried."""

from collections.abc import Sequence

from liuhen import ledger
from liuhen.acts import Actor, Reason
from liuhen.acts.cited import citation
from liuhen.oversight.below import REFUSED

_REASON_MAX = 500


def note_refused(actor: Actor, act: str, stream: str | None, reasons: Sequence[Reason], now_ms: int) -> None:
    """Note what was tried at `now_ms` (milliseconds UTC), and the articles that did not let it in."""
    why = "；".join(dict.fromkeys(citation(one.article) if one.article else one.text for one in reasons))
    what = f"{stream or ''}:{act}"
    ledger.record_read(actor.agency, actor.id, what, REFUSED, now_ms, granted=False, reason=why[:_REASON_MAX])
