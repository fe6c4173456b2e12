"""演示数据的移动: dates and the years of numbers go along, the years of laws stay."""

from liuhen.kernel.clock import parse_local
from liuhen.oversight.scenarios.shifting import Move


def test_a_number_of_the_steps_year_goes_along_and_a_laws_stays() -> None:
    moved = Move(days=-364)
    at_ms = parse_local("2026-03-09 10:00")
    said = {"number": "清医保当罚〔2026〕1号", "basis": "豫医保办〔2020〕69号，自2026年3月起"}
    assert moved.value(said, at_ms) == {
        "number": "清医保当罚〔2025〕1号",
        "basis": "豫医保办〔2020〕69号，自2025年3月起",
    }
    assert Move().value(said, at_ms) == said
