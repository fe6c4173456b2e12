"""原件: where each lies, who has it, what is overdue; for whoever keeps them."""

from liuhen.acts import rebuild
from liuhen.kernel.clock import MS_PER_DAY
from tests.web.conftest import SignIn
from tests.web.played import Play


def lent(play: Play) -> str:
    case = play.file_case()
    for name in ("收费台账", "进货票据"):
        play.act(
            "shelve_original", "dang", case, name=name, quantity="1册", shelf="2柜3层", from_holder="诊所"
        )
    first = play.receipts["shelve_original"].fields["original"]
    play.act("lend_original", "dang", case, original=first, borrower="李若溪", due_back="2026-08-10")
    return case


def test_what_is_lent_comes_first_and_is_overdue_after_its_day(play: Play, as_person: SignIn) -> None:
    case = lent(play)
    keeper = as_person("dang.qingxi")
    page = keeper.get("/originals/").content.decode()
    assert (
        page.index("进货票据") < page.index("收费台账") and "李若溪" in page and "逾期未还</span>" not in page
    )
    assert "逾期未还" not in keeper.get("/").content.decode()
    play.clock.advance(8 * MS_PER_DAY)
    page = keeper.get("/originals/?state=overdue").content.decode()
    assert "进货票据" in page and "收费台账" not in page and "! 逾期未还" in page
    assert "有 1 件原件逾期未还" in keeper.get("/").content.decode()
    other = as_person("zhang.qingxi")
    assert "逾期未还" not in other.get("/").content.decode()
    assert "return_original" not in other.get("/originals/").content.decode()
    assert "进货票据" not in as_person("zhang.wangdu").get("/originals/").content.decode()
    assert as_person("anquan.qingxi").get("/originals/").status_code == 403
    key = play.receipts["lend_original"].fields["original"]
    play.act("return_original", "dang", case, original=key, state="incomplete", note="缺第3页", shelf="3柜")
    page = keeper.get("/originals/?q=进货").content.decode()
    assert "缺第3页" in page and "3柜" in page and "在库</span>" in page
    assert list(rebuild.check()) == []


def test_a_correction_stands_in_the_place_of_what_it_corrects(play: Play, as_person: SignIn) -> None:
    case = lent(play)
    key = play.receipts["lend_original"].fields["original"]
    play.act("return_original", "dang", case, original=key, state="whole")
    client = as_person("dang.qingxi")
    number = int(play.receipts["lend_original"].entry.rpartition(".")[2])
    page = client.get(f"/do/lend_original/{case}/{number}/").content.decode()
    token = page.split('name="_key" value="')[1][:32]
    typed = {"original": key, "borrower": "张明远", "unit": "法规科", "reason": "核对", "approved_by": "沈正",
             "due_back": "2026-08-12", "correction": "借阅人写错", "_key": token}  # fmt: skip
    assert client.post(f"/do/lend_original/{case}/{number}/", typed).status_code == 302
    assert "张明远" not in client.get("/originals/").content.decode()
