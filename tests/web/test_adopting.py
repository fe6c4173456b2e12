"""适用办法: the head chooses among the measures that the program holds; nothing else can be adopted."""

from html import unescape

import pytest

from liuhen.acts import Invalid
from liuhen.acts.matter import law_of, load_matter, packs, register_of
from liuhen.kernel.ids import new_id
from tests.web.conftest import SignIn
from tests.web.played import Play

GUANGDONG = "GD-G"


@pytest.mark.article("GD-G-6")
def test_a_measure_that_the_agency_has_not_is_adopted_on_the_screen(play: Play, as_person: SignIn) -> None:
    register, head = register_of(play.agency_id), as_person("ju.qingxi")
    assert GUANGDONG not in law_of(play.agency_id).bundle.adopted
    form = f"/do/adopt_measure/{register}/"
    page = unescape(head.get(form).content.decode())
    assert f'value="{GUANGDONG}"' in page and "本机关还没有适用" in page
    assert page.index(f'value="{GUANGDONG}"') < page.index('value="HN-G"'), (
        "what is not adopted yet comes first"
    )
    assert 'name="digest"' not in page, "nobody copies a digest by hand"
    sent = head.post(form, {"_key": new_id(), "measure": GUANGDONG, "from_on": "2026-09-01"}, follow=True)
    assert sent.status_code == 200
    assert GUANGDONG in law_of(play.agency_id).bundle.adopted
    adopted = load_matter(str(register)).last("measure_adopted")
    assert adopted is not None and adopted.open["digest"] == packs()[GUANGDONG].digest


def test_a_measure_that_the_program_does_not_hold_is_not_adopted(play: Play) -> None:
    """It would leave the agency without any law: whatever is judged asks for the rules of each measure adopted."""
    register = register_of(play.agency_id)
    with pytest.raises(Invalid) as refused:
        play.act("adopt_measure", "ju", register, measure="ZZ-9", from_on="2026-09-01")
    assert "没有前缀是“ZZ-9”的规则包" in refused.value.errors["measure"]
    assert "GD-G" in refused.value.errors["measure"]
