"""时间: spans from the beginning of the matter on, days that agree, signatures not ahead and not before the text."""

from typing import Any

import pytest

from liuhen.acts import registry, signing, times
from liuhen.kernel.clock import MS_PER_DAY, MS_PER_HOUR, parse_local
from liuhen.law.dictionary import Kind

NOW = parse_local("2026-03-12 12:00")
BEGAN = parse_local("2026-03-02 08:50")
SPANS = [kind for kind in registry.dictionary().kinds.values() if kind.span]


def wrong(kind: str, happened: int = NOW, **values: Any) -> dict[str, str]:
    return times.wrong(registry.dictionary().kinds[kind], values, happened, BEGAN, NOW)


@pytest.mark.parametrize("kind", SPANS, ids=lambda kind: kind.name)
def test_a_span_lies_within_the_matter(kind: Kind) -> None:
    """Its beginning too: for every kind that has one."""
    first, last = kind.span or ("", "")
    assert first in wrong(kind.name, **{first: BEGAN - MS_PER_DAY, last: NOW})
    assert not wrong(kind.name, **{first: BEGAN, last: NOW})
    assert first in wrong(kind.name, NOW - MS_PER_HOUR, **{first: NOW, last: NOW - MS_PER_HOUR})


def test_what_ended_did_not_end_tomorrow() -> None:
    assert "act_ended_on" in wrong("investigation_reported", act_ended_on="2026-03-13")
    assert not wrong("investigation_reported", act_ended_on="2026-03-12")


def test_nobody_is_called_for_yesterday() -> None:
    """Against when the act happened: a notice corrected later keeps its day."""
    told = wrong("inquiry_notified", appear_at=NOW - MS_PER_HOUR)
    assert "2026-03-12 11:00 已经过去" in told["appear_at"]
    assert not wrong("inquiry_notified", appear_at=NOW)
    assert not wrong("inquiry_notified", NOW - MS_PER_DAY, appear_at=NOW - MS_PER_HOUR)


def test_one_field_is_not_before_another() -> None:
    assert "until_on" in wrong("entrusted", from_on="2026-03-12", until_on="2026-03-11")
    assert "compared_at" in wrong("pictures_laid", compared_at=BEGAN - MS_PER_HOUR)


def signed(kind: str, at: int, happened: int, **values: Any) -> dict[str, str]:
    spec = registry.dictionary().kinds[kind]
    row = {"who": "party", "name": "贺志远", "at": at}
    return signing.wrong(spec, {}, {"signatures": [row], **values}, happened, NOW, BEGAN)


@pytest.mark.parametrize("kind", ["notice_served", "evidence_listed", "inspected", "deliberated"])
def test_no_signature_is_dated_ahead(kind: str) -> None:
    """Typed ones as well as drawn ones."""
    assert "还没有到" in signed(kind, NOW + MS_PER_DAY, NOW, started=BEGAN)["signatures"]


def test_no_signature_is_before_its_text() -> None:
    """What is reported was signed since it happened; what is entered as it happens, since the matter began."""
    assert signed("notice_served", NOW - 2 * MS_PER_HOUR, NOW - MS_PER_HOUR)
    assert not signed("notice_served", NOW - MS_PER_HOUR, NOW - MS_PER_HOUR)
    assert signed("evidence_listed", BEGAN - MS_PER_HOUR, NOW)
    assert not signed("evidence_listed", NOW - MS_PER_HOUR, NOW)
