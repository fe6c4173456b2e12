"""What the public sees is exactly what was put up, once, until it is taken down."""

import pytest

from liuhen.portal import models, queries, store
from liuhen.portal.snapshot import Snapshot, SnapshotError, from_content

NOON = 1_790_000_000_000


def snapshot(**changes: object) -> Snapshot:
    base = {
        "posting": "0190aa", "agency": "wd", "agency_name": "望都县医疗保障局", "category": "after",
        "kind": "行政处罚", "title": "某诊所违规使用医疗保障基金案", "number": "望医保罚〔2026〕1号",
        "decided_on": "2026-09-21", "fields": (("处罚内容", "罚款12000元"),),
    }  # fmt: skip
    return Snapshot(**{**base, **changes})  # type: ignore[arg-type]


def test_put_twice_is_one_row_and_the_first_answer(database: str) -> None:
    first = store.put(snapshot(), NOON)
    again = store.put(snapshot(), NOON + 5_000)
    assert again == first
    assert models.Snapshot.objects.count() == 1


def test_a_newer_content_takes_the_place_of_the_older(database: str) -> None:
    store.put(snapshot(), NOON)
    newer = store.put(snapshot(fields=(("处罚内容", "罚款10000元"),)), NOON + 1)
    assert store.digests() == {"0190aa": newer.digest}
    assert queries.find(queries.Wanted(), 1).count == 1


def test_withdrawn_is_shown_as_withdrawn_and_can_be_put_up_again(database: str) -> None:
    store.put(snapshot(), NOON)
    assert store.withdraw("0190aa", "决定被撤销", NOON + 1)
    assert not store.withdraw("0190aa", "再撤一次", NOON + 2)
    gone = queries.posting("0190aa")
    assert gone is not None
    assert gone.withdrawn_reason == "决定被撤销"
    store.put(snapshot(), NOON + 3)
    assert list(store.digests()) == ["0190aa"]


def test_what_replaced_another_and_is_undone_leaves_the_other_shown(database: str) -> None:
    first = store.put(snapshot(), NOON)
    newer = store.put(snapshot(fields=(("处罚内容", "罚款10000元"),)), NOON + 1)
    store.date("0190aa", newer.digest, NOON + 5)
    assert models.Snapshot.objects.get(digest=first.digest).withdrawn_ms == NOON + 5
    store.undo("0190aa", newer.digest)
    assert store.digests() == {"0190aa": first.digest}
    assert models.Snapshot.objects.get().withdrawn_reason == ""


def test_the_same_snapshot_gives_the_same_bytes_and_reads_back() -> None:
    one = snapshot(extra={"统一社会信用代码": "无"})
    assert one.content() == snapshot(extra={"统一社会信用代码": "无"}).content()
    assert from_content(one.content()) == one


@pytest.mark.parametrize("changes", [{"title": " "}, {"category": "never"}, {"fields": ()}])
def test_an_empty_publication_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(SnapshotError):
        snapshot(**changes)


def test_one_content_is_bounded() -> None:
    with pytest.raises(SnapshotError, match="2MB"):
        snapshot(fields=(("全文", "长" * 1_000_000),)).content()
