"""Clocks: the real one, one moved by hand, and one that two processes read."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.clock import HandClock, SharedClock, WallClock
from tests.sample import OPENS

INSTANTS = st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def test_a_hand_clock_stands_still_until_it_is_moved() -> None:
    clock = HandClock(OPENS)
    assert clock.now() == clock.now() == OPENS
    clock.move_by(timedelta(hours=72))
    assert clock.now() == OPENS + timedelta(hours=72)
    clock.move_to(OPENS)
    assert clock.now() == OPENS
    assert clock.now().tzinfo is UTC


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(INSTANTS)
def test_two_readers_of_a_shared_clock_see_the_very_same_instant(
    tmp_path: Path, instant: datetime
) -> None:
    moved = SharedClock.create(tmp_path / "clock", OPENS)
    read = SharedClock(tmp_path / "clock")
    moved.move_to(instant)
    assert read.now() == moved.now() == instant
    moved.move_by(timedelta(microseconds=-1))
    assert read.now() == instant - timedelta(microseconds=1)


def test_a_running_clock_goes_on_from_where_it_was_moved(tmp_path: Path) -> None:
    clock = SharedClock.create(tmp_path / "clock", OPENS, running=True)
    first = clock.now()
    assert first >= OPENS
    clock.move_to(OPENS + timedelta(days=7))
    later = SharedClock(tmp_path / "clock", running=True).now()
    assert OPENS + timedelta(days=7) <= later < OPENS + timedelta(days=7, minutes=5)


def test_the_wall_clock_is_aware_and_goes_forward() -> None:
    clock = WallClock()
    first = clock.now()
    assert first.tzinfo is UTC
    assert clock.now() >= first
