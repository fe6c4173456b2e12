"""Prepared databases with the demonstration's people, by what the tests that use them are about."""

from liuhen.oversight.scenarios.stage import FOUNDED
from tests.databases import People

PASSWORD = "a long word for tests"
STAGE = People(FOUNDED)
"""What every scenario begins with (`prepare`)."""
IN_MARCH = People("2026-03-02 09:00", PASSWORD)
"""Before the first act of a test that has a clock of its own."""
AT_WORK = People("2026-08-03 09:00", PASSWORD)
"""What `tests.web.played.begin` finds ready."""
