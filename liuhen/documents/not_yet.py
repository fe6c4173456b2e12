"""尚未登记的文书: the paper of what is typed, before the record holds it; what somebody signs is what will be kept."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from liuhen.acts import registry
from liuhen.acts.act import Doing
from liuhen.acts.drafting import payload_of
from liuhen.documents.context import EntryLike, Scope, context
from liuhen.documents.forms import Form
from liuhen.documents.installed import fonts
from liuhen.documents.render import render_svg
from liuhen.documents.samples import SampleEntry
from liuhen.documents.witness import Installed, ahead, issuer
from liuhen.kernel.clock import local_date
from liuhen.law.dictionary import Kind

_INDEX = 1 << 40
"""Of an entry that is not there yet: after all that are."""


@dataclass(frozen=True)
class Paper:
    """A form and what stands in it."""

    form: Form
    content: Mapping[str, Any]


def entry_of(
    kind: Kind,
    values: Mapping[str, Any],
    *,
    happened_ms: int,
    now_ms: int,
    actor: str,
    supersedes: str | None = None,
) -> SampleEntry:
    """What would be recorded of these values."""
    return SampleEntry(
        kind.name,
        {**payload_of(kind, dict(values))},
        index=_INDEX,
        happened_ms=happened_ms,
        recorded_ms=now_ms,
        actor=actor,
        supersedes=supersedes,
    )


def paper_of(
    entry: SampleEntry,
    earlier: Sequence[EntryLike],
    agency: Installed,
    *,
    reads: Callable[[str], bool] | None = None,
    withhold: Collection[str] = (),
) -> Paper | None:
    """The first paper of it, for somebody the first that he `reads`; None where it is not printed."""
    for form in agency.forms().of(entry.kind, local_date(entry.recorded_ms)):
        if (reads is None or reads(form.id)) and Scope(entry, form, earlier, agency).wanted():
            content = context(entry, form, [*earlier, entry], ahead(agency), withhold=withhold)
            return Paper(form, content | {"code": ["预览，尚未提交"], "check": {}})
    return None


def signed_pages_stand(doing: Doing) -> dict[str, str]:
    """逐页签名: whoever signed under each page was shown as many pages as there are."""
    kind = registry.kind_of(doing.act)
    signed = {
        name: [row for row in doing.payload.get(name) or () if row.get("pages")]
        for name, field in kind.fields.items()
        if field.type == "signatures"
    }
    if not any(signed.values()):
        return {}
    entry = entry_of(
        kind,
        doing.payload,
        happened_ms=doing.happened_ms,
        now_ms=doing.now_ms,
        actor=doing.actor.id,
        supersedes=doing.corrected.id if doing.corrected else None,
    )
    paper = paper_of(entry, doing.matter.entries if doing.matter else (), issuer(doing.actor.agency))
    if paper is None or paper.form.footer_sign is None:
        return {}
    count = len(render_svg(paper.form, paper.content, fonts()))
    others = {
        name: [row["name"] for row in rows if len(row["pages"]) != count] for name, rows in signed.items()
    }
    return {
        name: f"{kind.fields[name].label}：{'、'.join(names)}签名时全文不是现在的{count}页，签名以后又增加了签名的人、"
        "注明或者附件；请看过现在的各页重新签名（先把签名的人和附件列齐，再请人签名）"
        for name, names in others.items()
        if names
    }
