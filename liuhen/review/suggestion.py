"""送审 filled in from the draft that is submitted: the proposal in words, with the draft named as its source."""

from liuhen.acts import registry
from liuhen.acts.act import Matter, fields_of
from liuhen.acts.registry import Suggested
from liuhen.kernel.clock import format_local
from liuhen.kernel.money import format_yuan
from liuhen.review.remarks import replies_asked


def suggested_submission(matter: Matter) -> Suggested:
    """决定建议 as the latest draft has it; nothing before there is one."""
    drafted = matter.last("decision_drafted")
    if drafted is None:
        return {}
    replies = replies_asked(matter)
    fields, kind = fields_of(drafted), registry.dictionary().kinds["decision_drafted"]
    parts = [kind.fields["decision_kind"].choices.get(fields["decision_kind"], "")]
    parts += [
        f"{label}{format_yuan(fields[name])}元"
        for name, label in (("refund", "责令退回医疗保障基金"), ("amount", "罚款"))
        if fields.get(name)
    ]
    proposal = f"{'；'.join(parts)}。依据：{fields['basis']}"
    told = {"proposal": (proposal, f"{kind.title}（{format_local(drafted.recorded_ms)}）")}
    return told | ({"replies": replies} if replies else {})
