"""公民住址: where a natural person lives does not go out: as the record has it, and as texts say it."""

import re
from collections.abc import Iterable, Iterator

from liuhen.acts.act import Matter, fields_of

_CITIZEN = "citizen"
_FINE = r"(?:乡|镇|街|村|路|巷|弄|胡同|大道|小区|社区|花园|公寓|家属院|栋|幢|单元|\d(?:号|楼|室|组|队))"
"""What an address has that says more than the county."""
_SAID = re.compile(
    r"(?:家庭|现|户籍)?住址|家住|现住(?!院)|暂住(?:地|处)?|居住(?:地|于|在)|户籍(?:所在)?地(?:址)?|户口所在地"
    r"|住(?=[\u4e00-\u9fff]{2,10}[省市县区])"
)
"""What is said before where somebody lives."""
_BETWEEN = re.compile(r"[：:为是于在\s]{0,4}")
_PLACE = re.compile(r"[^，。；;、\n（）()：:“”]{4,60}")
_NUMBER = r"(?:\d+|[一二三四五六七八九十百]+)"
_BEFORE = r"[^\W_A-Za-z在于至到住与向从往的为是]{0,30}"
"""The streets and numbers before it, not the words of the sentence."""
_FLAT = re.compile(rf"{_BEFORE}{_NUMBER}单元(?:{_NUMBER}(?:室|号|户)?)?")
"""A flat, whoever lives there: a business has none with a number of its staircase."""
_HOME = re.compile(
    rf"{_BEFORE}(?:村|庄|屯|社区){_NUMBER}(?:组|队|号)(?:{_NUMBER}号)?"
    rf"|{_BEFORE}(?:小区|花园|家属院|新村|公寓){_NUMBER}(?:号楼|栋|幢|座|号|楼)(?:{_NUMBER}(?:室|号|户)?)?"
)
"""A house or a flat of a natural person; of a business it would be where it does business, which is public."""
_AREA = re.compile(
    r"^(?:[\u4e00-\u9fff]{2,8}?(?:省|自治区))?(?:[\u4e00-\u9fff]{2,8}?[市州盟])?(?:[\u4e00-\u9fff]{1,8}?(?:[县市旗]|(?<![小社])区))?"
)
_SHORTEST = 4


def of_citizens(matters: Iterable[Matter]) -> tuple[str, ...]:
    """The addresses of the natural persons whom these matters concern, each whole and without province and county."""
    found: dict[str, None] = {}
    for fields in _parties(matters):
        address = str(fields.get("party_address") or "").strip()
        for one in (address, _AREA.sub("", address)):
            if len(one) >= _SHORTEST and re.search(_FINE, one):
                found[one] = None
    return tuple(sorted(found, key=lambda one: -len(one)))


def concern_a_citizen(matters: Iterable[Matter]) -> bool:
    """Whether they concern a natural person."""
    return any(True for _ in _parties(matters))


def standing_in(text: str, known: Iterable[str], *, of_a_citizen: bool) -> list[str]:
    """The addresses that a text gives away: `known` ones, and what is an address by its words; none within another."""
    found = [one for one in known if one in text]
    found += _said_in(text)
    for pattern in (_FLAT, _HOME) if of_a_citizen else (_FLAT,):
        found += pattern.findall(text)
    ordered = sorted(dict.fromkeys(found), key=lambda one: -len(one))
    return [one for place, one in enumerate(ordered) if not any(one in longer for longer in ordered[:place])]


def _said_in(text: str) -> Iterator[str]:
    for said in _SAID.finditer(text):
        between = _BETWEEN.match(text, said.end())
        place = _PLACE.match(text, between.end() if between else said.end())
        if place and re.search(_FINE, place[0]):
            yield place[0].strip()


def _parties(matters: Iterable[Matter]) -> Iterator[dict[str, object]]:
    for matter in matters:
        for entry in matter.entries:
            fields = entry.parts.get("open")
            if fields and fields.get("party_kind") == _CITIZEN:
                yield dict(fields_of(entry))
