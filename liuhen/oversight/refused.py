"""不得办理的: what the law or the table of roles refused is noted among the reads, whichever way it was tried."""

from liuhen import ledger
from liuhen.acts import ActError, Actor, Invalid, Refused
from liuhen.acts.cited import citation
from liuhen.oversight.below import REFUSED

_REASON_MAX = 500


def note_refused(actor: Actor, act: str, stream: str | None, error: ActError, now_ms: int) -> None:
    """Note what was tried at `now_ms` (milliseconds UTC), and the articles that did not let it in.

    Also where something was wrong with the form besides. What only the form was wrong about is no refusal.
    """
    reasons = error.reasons if isinstance(error, Invalid | Refused) else ()
    if not reasons:
        return
    why = "；".join(dict.fromkeys(citation(one.article) if one.article else one.text for one in reasons))
    what = f"{stream or ''}:{act}"
    ledger.record_read(actor.agency, actor.id, what, REFUSED, now_ms, granted=False, reason=why[:_REASON_MAX])
