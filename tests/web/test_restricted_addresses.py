"""公民住址: found in a text about a party however it is said; a place of business, a hospital, a road are none."""

import pytest

from liuhen.acts import registry
from liuhen.acts.matter import load_matter
from liuhen.disclosure.full_text import OMITTED, whole_text
from liuhen.disclosure.restricted import Homes, given_away, homes_of
from tests.factories.matters import play_case
from tests.web.played import Play

RECORDED = "城关镇建设路3号院2单元301室"


@pytest.mark.parametrize(
    ("said", "citizen", "found"),
    [
        ("贺某某，住址：清溪县城关镇李庄村三组，冒名就医。", False, "公民住址（清*********组）"),
        ("家住建设路3号，", False, "建***号"),
        ("现住清溪县和平街道幸福里", False, "公民住址"),
        ("户籍所在地为河南省清溪县柳林乡", False, "公民住址"),
        ("住河南省清溪县柳林乡王屯村12号。", False, "公民住址"),
        ("患者在2单元301室取药", False, "公民住址（2*****室）"),
        ("送至柳林乡王屯村12号", True, "公民住址"),
        ("幸福小区5号楼内", True, "公民住址"),
        (f"他在{RECORDED}", True, "公民住址（城"),
        ("清溪县仁和诊所（柳林乡王屯村12号）", False, ""),
        ("患者住院12天，现住院治疗，住院号3号", True, ""),
        ("由户籍所在地的医疗保障局处理", True, ""),
        ("位于清溪县建设路3号的诊所", True, ""),
        ("向清溪县人民政府（建设路8号）申请行政复议", True, ""),
    ],
)
def test_an_address_is_found_and_nothing_that_is_none(said: str, citizen: bool, found: str) -> None:
    kind = registry.dictionary().kinds["disclosure_prepared"]
    told = given_away(kind, {"facts": said}, (), Homes((RECORDED,) if citizen else (), citizen))
    assert found in told.get("facts", "") and bool(found) == bool(told), told
    ours = registry.dictionary().kinds["agency_info_prepared"]
    assert given_away(ours, {"address": said}, (), Homes((), citizen)) == {}, "the agency's own is public"


def test_the_text_of_a_citizens_decision_does_not_say_where_he_lives(play: Play) -> None:
    matter = load_matter(play_case("named", "publication-withheld.yaml").case)
    text = whole_text(matter)
    assert RECORDED in homes_of(matter).known
    assert RECORDED not in text and f"住所（地址）：{OMITTED}" in text
