"""Verification of the issued documents that the public site knows: each as its entry has it, none beside them."""

from collections.abc import Iterator, Sequence

from liuhen import ledger
from liuhen.acts import Matter
from liuhen.acts.matter import load_matter
from liuhen.acts.rebuild import all_streams
from liuhen.disclosure.papers import done as looked_at
from liuhen.disclosure.papers import issued
from liuhen.documents.codes import code_of
from liuhen.documents.context import Issuer
from liuhen.documents.voids import voided
from liuhen.documents.witness import issuer
from liuhen.kernel.papers import paper_digest
from liuhen.ledger import Entry, Finding
from liuhen.ledger.verify_damage import DAMAGE, unreadable
from liuhen.portal import papers

Known = dict[str, papers.Known]


def check_papers() -> Iterator[Finding]:
    """Documents missing, altered or added on the public site. All agencies together: the site does not know whose."""
    expected = 0
    for stream in all_streams():
        try:
            wanted = _expected(stream)
            expected += len(wanted)
            yield from _compare(stream, wanted, papers.known(wanted))
        except DAMAGE as error:
            yield unreadable("paper", f"卷流 {stream} 的文书登记", error)
    if expected != papers.count():
        yield from _extra()


def _compare(stream: str, wanted: Known, standing: Known) -> Iterator[Finding]:
    for code, paper in wanted.items():
        where = f"公示网站的文书登记 {code[:16]}（卷流 {stream}）"
        if code not in standing:
            yield Finding("paper", where, "code", "登记缺失：被删除或改动", stream=stream)
        elif standing[code] != paper:
            yield Finding("paper", where, "number", "登记被改动，与条目不符", stream=stream)


def _extra() -> Iterator[Finding]:
    # first: what is issued meanwhile has an entry by the time that entries are read
    standing = list(papers.codes())
    wanted = {code for stream in all_streams() for code in _expected(stream)}
    for code in standing:
        if code not in wanted:
            yield Finding(
                "paper", f"公示网站的文书登记 {code[:16]}", "code", "没有任何条目制发过这份文书：被添加"
            )


def _expected(stream: str) -> Known:
    """What the site should know of the documents of a stream's own entries, by the digests of their codes."""
    matter = load_matter(stream)
    upto = looked_at(matter.agency)
    looked = [one for one in matter.entries if one.stream == stream and one.index < upto]
    if not looked:
        return {}
    own = issuer(matter.agency)
    found: Known = {}
    for entry in looked:
        if entry.supersedes:
            _end(found, own, _of(looked, entry.supersedes), papers.REPLACED, entry.recorded_ms)
        if any(form.reach == "outer" for form in own.forms().made_of(entry)):
            for one in issued(entry, matter.entries, own):
                code, known = papers.digested(one)
                found.setdefault(code, known)
    if found:
        for named, entry in _voids(stream, matter):
            if entry.index < upto:
                _end(found, own, _of(looked, named), papers.VOID, entry.recorded_ms)
    return found


def _voids(stream: str, matter: Matter) -> Iterator[tuple[str, Entry]]:
    """What was declared void, with the entry that says so: in the matter itself, or in a case that took it up."""
    yield from voided(matter.entries).items()
    for other in sorted(ledger.adopters({stream}) - {stream}):
        yield from voided(load_matter(other).entries).items()


def _of(entries: Sequence[Entry], entry_id: str) -> Entry | None:
    return next((one for one in entries if one.id == entry_id), None)


def _end(found: Known, agency: Issuer, entry: Entry | None, why: str, at_ms: int) -> None:
    """As the site itself does: the first replacement counts, a void is the last word."""
    if entry is None:
        return
    for form in agency.forms().made_of(entry):
        code = paper_digest(code_of(entry.leaf_hash, form.id, form.version))
        if code in found and found[code].ended not in (why, papers.VOID):
            found[code] = found[code]._replace(ended=why, ended_ms=at_ms)
