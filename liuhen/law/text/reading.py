"""An official text, read: bytes in, regulations out, with everything that looks wrong."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from liuhen.law.text.blocks import Block, Scanner
from liuhen.law.text.checking import check
from liuhen.law.text.contents import without_contents
from liuhen.law.text.decoding import REMEDY, NotAText
from liuhen.law.text.grouping import articles_of, paragraphs_of, sections_of
from liuhen.law.text.identity import Identity, identify, title_at
from liuhen.law.text.labels import ends_sentence
from liuhen.law.text.markup import Line
from liuhen.law.text.model import Finding, Reading, Regulation
from liuhen.law.text.source import page_of


def read(data: bytes, name: str) -> Reading:
    """Read a docx, pdf, txt, md or html file, told by its content. Never raises: what is wrong is in `findings`.

    One file may hold several measures; each is a regulation with its own numbering. `name` is the
    file's name, kept for the reader's orientation and not otherwise used.
    """
    digest = hashlib.sha256(data).hexdigest()
    try:
        page, encoding = page_of(data)
    except NotAText as error:
        return Reading(name, digest, None, (), (Finding(0, "not_a_text", str(error), error.remedy),), ())
    lines, contents = without_contents(page.lines)
    scanner = Scanner(lines)
    cited = "".join(line.text for line in lines)
    parts = _measures(scanner.blocks, cited)
    about = page.about if len(parts) == 1 else {}
    found = [identify(part.preface, part.closing, cited, about) for part in parts]
    regulations = tuple(
        _regulation(part, who.under(found[0])) for part, who in zip(parts, found, strict=True)
    )
    nothing = [] if parts else [Finding(0, "structure", "除网页标记以外没有任何正文", REMEDY)]
    findings = [
        *nothing,
        *scanner.findings,
        *page.findings,
        *_garbled(page.lines),
        *(fault for one in regulations for fault in check(one)),
    ]
    aside = sorted((*page.set_aside, *contents), key=lambda piece: piece.line)
    findings.sort(key=lambda fault: fault.line)
    return Reading(name, digest, encoding, regulations, tuple(findings), tuple(aside), page.starts)


def _garbled(lines: Sequence[Line]) -> list[Finding]:
    said, remedy = "此行有无法识别的字符（�）", "请从原始来源重新取得文本"
    return [Finding(line.number, "garbled", said, remedy) for line in lines if "\ufffd" in line.text]


@dataclass
class _Measure:
    preface: list[Block] = field(default_factory=list)
    body: list[Block] = field(default_factory=list)
    closing: list[Block] = field(default_factory=list)


def _measures(blocks: Sequence[Block], cited: str) -> list[_Measure]:
    """One measure begins where the articles begin again at 1; its letterhead is cut from the tail before."""
    parts: list[_Measure] = []
    for group in _runs(blocks):
        part = _Measure()
        first = next((at for at, block in enumerate(group) if block.kind != "text"), len(group))
        part.preface, part.body = list(group[:first]), list(group[first:])
        if parts:
            before = parts[-1]
            start, _ = title_at(before.closing, cited)
            part.preface[:0] = before.closing[start:]
            del before.closing[start:]
        end = _tail(part.body)
        part.closing = part.body[end:]
        del part.body[end:]
        parts.append(part)
    return parts


def _runs(blocks: Sequence[Block]) -> list[Sequence[Block]]:
    cuts, last = [0], 0
    for at, block in enumerate(blocks):
        if block.kind != "article" or not block.label:
            continue
        if block.number == 1 and not block.label.sub and (last > 1 or (last == 1 and blocks[at - 1].loose)):
            while blocks[at - 1].kind == "section":
                at -= 1
            cuts.append(at)
        last = block.number
    return (
        [blocks[start:end] for start, end in zip(cuts, [*cuts[1:], len(blocks)], strict=True)]
        if blocks
        else []
    )


def _tail(body: Sequence[Block]) -> int:
    """Where signature, date and annexes begin, after the last labelled block."""
    last = max((at for at, block in enumerate(body) if block.kind != "text"), default=-1)
    for at in range(last + 1, len(body)):
        if body[at].loose or not ends_sentence(body[at].text):
            return at
    return len(body)


def _regulation(part: _Measure, who: Identity) -> Regulation:
    return Regulation(
        who.title,
        who.issuer,
        who.number,
        who.issued,
        who.revised,
        preface=paragraphs_of(part.preface),
        sections=sections_of(part.body),
        articles=articles_of(part.body),
        closing=paragraphs_of(part.closing),
    )
