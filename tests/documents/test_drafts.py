"""草稿: nothing typed is lost."""

from typing import Any

import pytest

from liuhen.documents import drafts

BASE: dict[str, Any] = {"act": "serve_notice", "stream": "s1"}
pytestmark = pytest.mark.usefixtures("database")


def begin(text: str = "一") -> drafts.Draft:
    return drafts.save("a", **BASE, owner="张", content={"facts": text}, now_ms=1)


def again(draft: drafts.Draft, owner: str, text: str, expected: int, now: int = 2) -> drafts.Draft:
    return drafts.save(
        "a",
        **BASE,
        owner=owner,
        content={"facts": text},
        now_ms=now,
        draft_id=draft.id,
        expected_version=expected,
    )


def test_kept_as_typed():
    typed = {"facts": " 第一行\r\n  第二行 ", "amount": "1.2.3万", "empty": ""}
    draft = drafts.save("a", **BASE, owner="张", content=typed, now_ms=5)
    assert drafts.get("a", draft.id).content == typed
    assert drafts.get("a", draft.id).updated_ms == 5


def test_each_save_is_a_version():
    draft = begin()
    second = again(draft, "张", "二", 1)
    assert second.version == 2
    assert [each.content["facts"] for each in drafts.versions("a", draft.id)] == ["二", "一"]


def test_two_editors_keep_both_texts():
    draft = begin()
    again(draft, "张", "张写的", 1)
    with pytest.raises(drafts.DraftConflict) as caught:
        again(draft, "李", "李写的", 1, now=3)
    assert caught.value.current.content["facts"] == "张写的"
    assert caught.value.mine.content["facts"] == "李写的"
    assert drafts.get("a", draft.id).content["facts"] == "张写的"
    kept = [(each.author, each.content["facts"]) for each in drafts.versions("a", draft.id)]
    assert kept == [("李", "李写的"), ("张", "张写的"), ("张", "一")]
    assert "第2版" in str(caught.value)


def test_saving_goes_on_after_a_conflict():
    draft = begin()
    again(draft, "张", "张写的", 1)
    with pytest.raises(drafts.DraftConflict):
        again(draft, "李", "李写的", 1)
    assert again(draft, "李", "合并", 2).version == 4


def test_an_earlier_version_comes_back():
    draft = begin()
    again(draft, "张", "二", 1)
    restored = drafts.restore("a", draft.id, 1, owner="张", expected_version=2, now_ms=9)
    assert (restored.version, restored.content["facts"]) == (3, "一")


def test_another_agency_does_not_see_it():
    draft = begin()
    with pytest.raises(drafts.NoSuchDraft):
        drafts.get("b", draft.id)
    with pytest.raises(drafts.NoSuchDraft):
        drafts.delete("b", draft.id)


def test_gone_after_the_act():
    draft = begin()
    drafts.delete("a", draft.id)
    assert drafts.of_stream("a", "s1") == []
    with pytest.raises(drafts.NoSuchDraft):
        drafts.versions("a", draft.id)


def test_lists_by_stream_and_owner():
    one = begin()
    two = drafts.save("a", act="decide", stream="s1", owner="李", content={}, now_ms=2)
    assert [each.id for each in drafts.of_stream("a", "s1")] == [two.id, one.id]
    assert [each.id for each in drafts.of_stream("a", "s1", "decide")] == [two.id]
    assert [each.id for each in drafts.of_owner("a", "张")] == [one.id]
