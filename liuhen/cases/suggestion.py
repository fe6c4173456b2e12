"""送达 filled in from the decision: what is delivered, by the name that its paper bears."""

from liuhen.acts.act import Matter
from liuhen.acts.registry import Suggested
from liuhen.documents.catalogue import catalogue
from liuhen.documents.context import Issuer, Scope, title_of
from liuhen.kernel.clock import local_date

_FROM = "处罚决定"


def suggested_delivery(matter: Matter) -> Suggested:
    """文书名称 of the decision to be delivered; nothing before there is one."""
    decided = matter.last("decided")
    if decided is None:
        return {}
    for form in catalogue().of(decided.kind, local_date(decided.recorded_ms)):
        if form.reach == "outer" and form.number:
            title = title_of(Scope(decided, form, matter.entries, Issuer("")))
            return {"document_name": (title, _FROM)}
    return {}
