"""当事人的一份: what was just signed by somebody leads at once to the paper that he is given."""

from django.urls import reverse
from django.utils.html import format_html

from liuhen.acts import Preview, Receipt
from liuhen.acts.matter import load_matter
from liuhen.documents.queries import documents_of
from liuhen.documents.witness import issuer
from liuhen.web.me import Me


def for_the_party(me: Me, seen: Preview, receipt: Receipt, said: str) -> str:
    """What is said once an act is recorded; with the way to the party's own copy where somebody signed."""
    told = f"{seen.title}：{said}"
    signed = any(spec.type == "signatures" for spec in seen.form.asked.values())
    if not signed or receipt.again:
        return told
    refs = documents_of(load_matter(receipt.stream).entries, issuer(me.agency))
    ref = next((one for one in refs if one.entry_id == receipt.entry and one.reach == "outer"), None)
    if ref is None:
        return told
    url = reverse("document-pdf", args=[receipt.stream, ref.id])
    link = '{}　<a href="{}" target="_blank" rel="noopener">打印或者保存《{}》，交当事人一份</a>'
    return format_html(link, told, url, ref.title)
