"""What is kept is what is shown: no hidden characters in texts or in the names of files."""

from datetime import date

import pytest

from liuhen.acts.checks import age, quantity, telephone
from liuhen.acts.payload import clean, has_control, is_blank
from liuhen.acts.uploads import NAME_MAX, receive
from liuhen.law.dictionary import standard
from liuhen.ledger import UploadRefused


@pytest.mark.parametrize("text", ["诊所\u202egpj.exe", "案由\x00", "\u2066隐"])
def test_hidden_characters_are_seen(text: str):
    assert has_control(text)


def test_ordinary_texts_pass():
    assert not has_control("第一行\n\t第二行，张堃璟、𠮷")


@pytest.mark.parametrize("name", ["a\x00.jpg", "诊所\u202egpj.jpg", "长" * NAME_MAX + ".jpg", "a\n.jpg"])
def test_a_name_that_cannot_be_kept_is_refused(name: str):
    with pytest.raises(UploadRefused, match="文件名含有不能保存的字符"):
        receive([b"\xff\xd8\xff"], owner="x", name=name, now_ms=0)


def test_what_cannot_be_seen_is_not_kept():
    kind = standard().kinds["evidence_listed"]
    given = {"items": [{"name": "张\u200b三\ufeff的处方", "quantity": "\u200b"}]}
    values, _ = clean(kind, given, frozenset(kind.fields) - {"items"})
    assert values["items"] == [{"name": "张三的处方"}]
    assert is_blank("\u200b \ufeff")


@pytest.mark.parametrize("said", ["-3页", "－3 页", "一册，-2页", "0页", "0", "0.0册", "页" * 61, "abc"])
def test_what_is_no_quantity_is_refused(said: str):
    assert quantity(said)


@pytest.mark.parametrize("said", ["3页", "1册（10页）", "1-3页", "A4纸2张", "10", "0.5千克", "一册", "若干"])
def test_a_quantity_is_taken(said: str):
    assert quantity(said) is None


def test_a_row_with_less_than_nothing_is_named():
    kind = standard().kinds["evidence_listed"]
    given = {"items": [{"name": "处方", "quantity": "3页"}, {"name": "清单", "quantity": "-3页"}]}
    _, wrong = clean(kind, given, frozenset(kind.fields) - {"items"})
    assert "第2行“数量”：数量不能是负数" in wrong["items"]


def test_a_telephone_can_be_dialled():
    assert telephone("0391-6621234 转 8") is None
    assert telephone("无")


def test_pages_that_tell_no_number_are_named_by_row():
    kind = standard().kinds["review_submitted"]
    given = {"materials": [{"title": "现场笔录", "pages": "3"}, {"title": "光盘", "pages": "无"}]}
    _, wrong = clean(kind, given, frozenset(kind.fields) - {"materials"})
    assert "materials" not in wrong
    given["materials"][1]["pages"] = "abc"
    _, wrong = clean(kind, given, frozenset(kind.fields) - {"materials"})
    assert "第2行“页数”：“abc”不是页数" in wrong["materials"]


@pytest.mark.parametrize(
    "kind", ["filing_proposed", "inquiry_notified", "delivery_confirmed", "inspection_notified"]
)
def test_every_telephone_can_be_dialled(kind: str):
    spec = standard().kinds[kind]
    (name,) = (one for one in spec.fields if one in ("phone", "party_phone"))
    _, wrong = clean(spec, {name: "abc"}, frozenset(spec.fields) - {name})
    assert "应为可以拨打的电话号码" in wrong[name]


@pytest.mark.parametrize("years", [200, 0, 39, 43])
def test_an_age_that_cannot_be_is_refused(years: int):
    assert age(years, "410101198502031232", date(2026, 3, 2))


@pytest.mark.parametrize("years", [40, 41, 42])
def test_an_age_by_either_count_is_taken(years: int):
    assert age(years, "410101198502031232", date(2026, 3, 2)) is None
    assert age(years, "", date(2026, 3, 2)) is None
