"""What the public site shows is what entries published, byte for byte; anything else is named."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F

from liuhen.disclosure import publishing
from liuhen.disclosure.models import PostingRow
from liuhen.disclosure.publishing import publish_due
from liuhen.disclosure.verify import check_portal
from liuhen.oversight.scenarios import FILES, Pace, read_scenario
from liuhen.oversight.scenarios.player import Playing, played
from liuhen.portal import store
from liuhen.portal.models import Snapshot

pytestmark = pytest.mark.usefixtures("stage")
CHANGED = {
    "content": "{}", "title": "别的标题", "number": "别的文号", "text": "别的文字", "posted_ms": 1,
    "agency_name": "别的机关", "withdrawn_ms": 5, "withdrawn_reason": "无", "digest": "0" * 64, "posting": "0" * 32,
}  # fmt: skip


def after(file: str, **pace: Any) -> Playing:
    playing = played(read_scenario(FILES / file), Pace(acting_only=True, **pace))
    assert not playing.outcome.failures
    return playing


def columns() -> set[str]:
    return {finding.column for finding in check_portal()}


def test_an_honest_site_has_no_findings() -> None:
    after("henan-whole.yaml")
    assert Snapshot.objects.filter(withdrawn_ms=None).exists()
    assert list(check_portal()) == []


@contextmanager
def undone() -> Iterator[None]:
    """Undo on leaving what is done to the public site."""
    with transaction.atomic(using="portal"):
        yield
        transaction.set_rollback(True, using="portal")


def test_whatever_is_changed_is_named() -> None:
    after("henan-whole.yaml")
    row = Snapshot.objects.get()
    for column, value in CHANGED.items():
        with undone():
            Snapshot.objects.filter(id=row.id).update(**{column: value})
            found = list(check_portal())
        assert found and all(finding.what == "public" for finding in found), column
        assert {finding.stream for finding in found} <= {row.posting, value}, column
    with undone():
        Snapshot.objects.update(content=row.content.replace("罚", "奖", 1))
        assert columns() == {"content"}, "one letter"
    assert list(check_portal()) == []


def test_a_row_that_nobody_published_is_named_and_a_second_content_under_a_known_name() -> None:
    after("henan-whole.yaml")
    row = Snapshot.objects.get()
    with undone():
        Snapshot.objects.create(**{**_values(row), "posting": "f" * 32})
        (found,) = check_portal()
    assert (found.stream, "没有任何条目发布过" in found.text) == ("f" * 32, True)
    Snapshot.objects.create(**{**_values(row), "digest": "f" * 64, "withdrawn_ms": row.posted_ms + 1})
    assert columns() == {"digest"}


@pytest.mark.parametrize("file", ["posting-renewed.yaml", "beforehand.yaml"])
def test_what_was_renewed_stands_there_as_entries_say(file: str) -> None:
    after(file)
    assert Snapshot.objects.filter(withdrawn_reason=store.RENEWED).exists()
    assert list(check_portal()) == []
    row = Snapshot.objects.filter(withdrawn_reason=store.RENEWED)[0]
    Snapshot.objects.filter(id=row.id).update(withdrawn_ms=F("withdrawn_ms") + 1)
    assert columns() == {"withdrawn_ms"}


def test_a_row_that_is_gone_is_named() -> None:
    after("henan-whole.yaml")
    Snapshot.objects.all().delete()
    (found,) = check_portal()
    assert "不在公示网站" in found.text


def test_what_was_taken_down_is_not_shown_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "POSTINGS_A_QUERY", 1)
    playing = after("publication-henan.yaml")
    gone = Snapshot.objects.exclude(withdrawn_ms=None)
    assert gone.exists() and list(check_portal()) == []
    Snapshot.objects.filter(id=gone[0].id).update(withdrawn_ms=None, withdrawn_reason="")
    assert columns() == {"withdrawn_ms"}
    publishing._down.clear()
    assert publish_due(playing.clock) == 1
    assert list(check_portal()) == []


def test_taking_down_asks_for_so_many_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def none_shown(postings: Sequence[str]) -> list[str]:
        asked.append(len(postings))
        return []

    monkeypatch.setattr(store, "shown_among", none_shown)
    monkeypatch.setattr(publishing, "_down", set())
    names = [f"{number:032x}" for number in range(1201)]

    class Rows:
        def filter(self, **_: object) -> "Rows":
            return self

        def order_by(self, *_: str) -> "Rows":
            return self

        def values_list(self, *_: str, flat: bool) -> "Rows":
            return self

        def iterator(self) -> list[str]:
            return names

    monkeypatch.setattr(PostingRow, "objects", Rows())
    assert publishing._take_down() == 0
    assert asked == [500, 500, 201]


def _values(row: Snapshot) -> dict[str, Any]:
    values = {field.name: getattr(row, field.name) for field in Snapshot._meta.fields}
    values.pop("id")
    return values
