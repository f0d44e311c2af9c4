"""What became of what was due: one fate a message, and a count that adds up."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.certificate import AMISS, Fate, Progress, Tally, fate, last_night, tally

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize("progress", Progress)
def test_what_stands_in_slack_goes_before_the_records(progress: Progress) -> None:
    for readable in (True, False):
        assert fate(progress, 1, readable=readable) is Fate.POSTED
        assert fate(progress, 2, readable=readable) is Fate.TWICE
        assert fate(progress, 3, readable=readable) is Fate.TWICE


def test_what_waits_or_is_parked_is_not_lost() -> None:
    for readable in (True, False):
        assert fate(Progress.WAITING, 0, readable=readable) is Fate.ON_ITS_WAY
        assert fate(Progress.PARKED, 0, readable=readable) is Fate.PARKED


def test_what_was_sent_and_stands_nowhere_is_missing() -> None:
    assert fate(Progress.SENT, 0, readable=True) is Fate.MISSING


def test_nothing_is_called_missing_where_nobody_could_look() -> None:
    assert fate(Progress.SENT, 0, readable=False) is Fate.UNCHECKED


@given(st.lists(st.sampled_from(Fate)))
def test_the_fates_add_up_to_what_was_due(fates: list[Fate]) -> None:
    found = tally(fates)
    parts = (found.posted, found.missing, found.twice)
    others = (found.on_their_way, found.parked, found.unchecked)
    assert found.due == len(fates) == sum(parts) + sum(others)
    assert found.is_whole == (not AMISS.intersection(fates))


def test_each_fate_is_counted_under_its_own_name() -> None:
    assert tally(Fate) == Tally(6, 1, 1, 1, 1, 1, 1)


def at(day: int, hour: int, minute: int = 0, *, month: int = 10) -> datetime:
    return datetime(2008, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "night"),
    [
        (at(7, 0, 59), at(6, 1)),  # 1.59am in summer time
        (at(7, 1), at(7, 1)),
        (at(7, 23), at(7, 1)),
        (at(25, 23, 30), at(25, 1)),  # already Sunday in London, before two
        (at(26, 1, 30), at(25, 1)),  # 1.30am for the second time: the clocks have gone back
        (at(26, 2), at(26, 2)),
        (at(30, 0, 30, month=3), at(29, 2, month=3)),
        (at(30, 1, month=3), at(30, 1, month=3)),  # the clocks have gone forward: it is two
    ],
)
def test_the_night_is_two_oclock_by_local_clocks(now: datetime, night: datetime) -> None:
    assert last_night(now, LONDON) == night


@given(st.integers(0, 4 * 366 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes)))
def test_the_last_night_is_past_and_not_longer_ago_than_the_longest_day(since: timedelta) -> None:
    now = at(1, 0, month=1) + since
    assert timedelta(0) <= now - last_night(now, LONDON) < timedelta(hours=25)
