"""作废: the paper is chosen, never typed; whoever looks at a paper declares that very one void."""

import re
from html import unescape

from liuhen.acts.matter import load_matter
from liuhen.kernel.ids import new_id
from tests.web.conftest import SignIn
from tests.web.played import Play


def test_a_paper_is_declared_void_from_its_own_page(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    play.act("inspect", "zhang", case, place="清溪县城关镇解放路7号")
    client = as_person("ju.qingxi")
    listed = client.get(f"/cases/{case}/?tab=documents").content.decode()
    for title in ("立案审批表", "现场笔录"):
        (paper,) = re.findall(rf'href="(/documents/[^"]+)">{title}', listed)
        (address,) = re.findall(r'href="([^"]+)">作废</a>', client.get(paper).content.decode())
        page = client.get(unescape(address)).content.decode()
        (chosen,) = re.findall(r'value="([^"]+)" (?:checked|selected)', page)
        assert f'value="{title}"' in page, "its title is filled in"
        filled = dict(re.findall(r'name="(title|number)"[^>]*? value="([^"]*)"', page))
        sent = {"document": unescape(chosen), "reason": "打印有误", **filled, "_key": new_id()}
        assert client.post(unescape(address), sent).status_code == 302
        assert "已作废：打印有误" in client.get(paper).content.decode()
        assert ">作废</a>" not in client.get(paper).content.decode()
        again = client.post(unescape(address), {**sent, "_key": new_id()})
        assert "已经作废" in again.content.decode() and again.status_code == 422
    void = load_matter(case).all("document_voided")[0]
    assert void.open["number"] == void.open["document"] == load_matter(case).value("filed", "number")


def test_only_whoever_may_is_offered_it(play: Play, as_person: SignIn) -> None:
    case = play.file_case()
    client = as_person("zhang.qingxi")
    listed = client.get(f"/cases/{case}/?tab=documents").content.decode()
    (paper,) = re.findall(r'href="(/documents/[^"]+)">立案审批表', listed)
    assert ">作废</a>" not in client.get(paper).content.decode()
