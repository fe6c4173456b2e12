"""履行: what a decision still asks of the party, and that no more is recorded than that without a reason."""

from collections.abc import Mapping

from liuhen.acts import registry
from liuhen.acts.act import Doing, Matter, fields_of
from liuhen.cases.changed import asked, decision_of, paid
from liuhen.kernel.money import format_yuan
from liuhen.ledger import Entry

CHOSEN = "what"
MONEY = {"fine": "罚款", "refund": "应当退回的基金"}
"""What is performed in money, by the choice of the form."""
ALL_PERFORMED = "performed"
"""How an execution ended: the party did all that was asked."""
_DONE_WITH = frozenset({ALL_PERFORMED, "nothing"})
ALL_ENFORCED, ENFORCED = "enforced", "court_enforcement_recorded"
"""The same: the court did; and the kind that says what the court did."""
_AT_AN_END = frozenset({"full", "ended"})
_NOT_PAID_OUT = "refuse_payment"
"""A decision whose sum is never paid out: nobody gives it back."""
_OWES = {"fine": "amount", "refund": "refund"}
"""The field of the decision that says how much."""


def wrong_amount(doing: Doing) -> Mapping[str, str]:
    """Money performed has its amount, and not more than is still due unless somebody says why."""
    what, amount = doing.payload.get(CHOSEN), doing.payload.get("amount")
    if what not in MONEY:
        return {}
    if not amount:
        return {"amount": "金额：缴纳罚款、退回基金的，须写明金额"}
    due, done = _due_and_done(doing.matter, str(what), doing.corrected)
    if due is None or amount <= due - done or str(doing.payload.get("over_reason") or "").strip():
        return {}
    left, so_far = format_yuan(max(due - done, 0)), told(str(what), due, done)
    return {
        "amount": f"金额：{format_yuan(amount)}元多于尚未履行的{left}元（{so_far}）；请核对，"
        "确实多缴的，写明“多于应当履行的数额的说明”"
    }


def all_performed(doing: Doing) -> Mapping[str, str]:
    """Nobody has performed all, and there is something to perform, while money is owed under that decision."""
    matter, key, manner = doing.matter, doing.payload.get("decision"), doing.payload.get("manner")
    decided = decision_of(matter, key)
    if matter is None or decided is None or manner not in _DONE_WITH:
        return {}
    if fields_of(decided).get("decision_kind") == _NOT_PAID_OUT:
        return {}
    left = {what: asked(matter, decided, _OWES[what]) - paid(matter, str(key), what) for what in MONEY}
    said = "、".join(f"{MONEY[what]}{format_yuan(fen)}元" for what, fen in left.items() if fen > 0)
    if not said:
        return {}
    ended = registry.kind_of(doing.act).fields["manner"].choices[str(manner)]
    return {
        "manner": f"执行情况：还有{said}没有履行的记录，不是“{ended}”；"
        "已经缴纳、退回的，先登记“履行情况”再办理"
    }


def enforced_in_full(doing: Doing) -> Mapping[str, str]:
    """The court has done all only where it is recorded that it did, or that it ended the enforcement."""
    matter, manner = doing.matter, doing.payload.get("manner")
    if matter is None or manner != ALL_ENFORCED or matter.value(ENFORCED, "result") in _AT_AN_END:
        return {}
    return {
        "manner": "执行情况：没有法院全部执行或者终结执行的记录，不是“人民法院强制执行完毕”；"
        "法院已经执行完毕的，先登记“法院强制执行结果”再办理"
    }


AS_RECORDED = (all_performed, enforced_in_full)
"""How an execution ended is what the record says of it."""


def money_of(matter: Matter, what: str, upto: int | None = None) -> tuple[int, int]:
    """In fen, what the last decision asks for, and what had come in of it (before the entry `upto`)."""
    due, done = _due_and_done(matter, what, None, upto)
    return due or 0, done


def rest_of_fine(matter: Matter, upto: int | None = None) -> int | None:
    """In fen, what is still due of the last decision's fine (as of the entry `upto`); None: there is no decision."""
    due, done = _due_and_done(matter, "fine", None, upto)
    return None if due is None else max(due - done, 0)


def told(what: str, due: int, done: int) -> str:
    """What a decision asks for and what of it came in, in words."""
    return f"决定的{MONEY[what]}{format_yuan(due)}元，已履行{format_yuan(done)}元"


def _due_and_done(
    matter: Matter | None, what: str, corrected: Entry | None, upto: int | None = None
) -> tuple[int | None, int]:
    """In fen: what the last decision asks for (None: no decision), with what was added to it; what was performed."""
    decided = (matter.last("decided") or matter.last("on_spot_decided")) if matter else None
    if matter is None or decided is None:
        return None, 0
    due = asked(matter, decided, _OWES[what], upto)
    added = matter.last("surcharge_ordered")
    if what == "fine" and added is not None and added.index > decided.index:
        due += int(fields_of(added).get("amount") or 0)
    kept = [
        fields_of(entry)
        for entry in matter.all("performed")
        if entry.index > decided.index
        and (corrected is None or entry.id != corrected.id)
        and (upto is None or entry.index < upto)
    ]
    done = sum(int(said.get("amount") or 0) for said in kept if said.get(CHOSEN) == what)
    done -= sum(
        int(said.get("amount") or 0)
        for entry in matter.all("money_returned")
        if entry.index > decided.index and (upto is None or entry.index < upto)
        if (said := fields_of(entry)).get(CHOSEN) == what
    )
    return due, done
