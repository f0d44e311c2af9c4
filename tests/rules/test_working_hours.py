"""People are written to in their own working hours, on working days, or their stand-in is."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.leave import Leave
from rules.working_days import england
from rules.working_hours import Reader, WorkingHours, hours_of, next_moment, reach

DAYS = england()
LONDON, NEW_YORK = "Europe/London", "America/New_York"
ZONES = (LONDON, NEW_YORK, "Asia/Tokyo", "Asia/Kolkata", "Australia/Sydney", "Pacific/Honolulu")
USUAL = WorkingHours(LONDON)
OPENS = datetime(2008, 10, 1, 9, tzinfo=ZoneInfo(LONDON))

SLOW_AT_FIRST = settings(deadline=None)
"""A year's bank holidays are worked out when they are first asked for."""

instants = st.integers(0, 4 * 366 * 24 * 60).map(lambda minutes: OPENS + timedelta(minutes=minutes))
hours = st.builds(
    WorkingHours,
    st.sampled_from(ZONES),
    st.integers(6, 11).map(time),
    st.integers(13, 22).map(time),
)


def is_off(day: date) -> bool:
    return not DAYS.is_working(day)


def local(at: datetime, zone: str) -> datetime:
    return at.astimezone(ZoneInfo(zone))


@given(wanted=instants, theirs=hours)
@SLOW_AT_FIRST
def test_nobody_is_written_to_outside_their_hours_or_on_a_day_off(
    wanted: datetime, theirs: WorkingHours
) -> None:
    at = local(next_moment(wanted, theirs, is_off), theirs.zone)
    assert at >= wanted
    assert theirs.starts <= at.time() < theirs.ends
    assert DAYS.is_working(at.date())


@given(wanted=instants, theirs=hours)
@SLOW_AT_FIRST
def test_there_is_no_earlier_moment_and_asking_again_gives_the_same(
    wanted: datetime, theirs: WorkingHours
) -> None:
    at = next_moment(wanted, theirs, is_off)
    assert next_moment(at, theirs, is_off) == at
    if at != wanted:
        assert local(at, theirs.zone).time() == theirs.starts
        before = at - timedelta(minutes=1)
        assert before < wanted or next_moment(before, theirs, is_off) == at


@given(wanted=instants, theirs=hours, later=st.integers(0, 10_000))
@SLOW_AT_FIRST
def test_what_is_wanted_later_never_comes_earlier(
    wanted: datetime, theirs: WorkingHours, later: int
) -> None:
    after = wanted + timedelta(minutes=later)
    assert next_moment(wanted, theirs, is_off) <= next_moment(after, theirs, is_off)


def test_at_nine_by_the_programmes_own_clocks_nothing_waits() -> None:
    assert next_moment(OPENS, USUAL, is_off) == OPENS


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (NEW_YORK, "2008-10-01T09:00:00-04:00"),
        ("Europe/Paris", "2008-10-01T10:00:00+02:00"),
        ("Asia/Tokyo", "2008-10-02T09:00:00+09:00"),
    ],
)
def test_elsewhere_it_is_nine_there_or_the_hour_it_already_is(zone: str, expected: str) -> None:
    found = next_moment(OPENS, WorkingHours(zone), is_off)
    assert found == datetime.fromisoformat(expected)


def test_after_hours_on_the_eve_of_easter_it_is_the_tuesday() -> None:
    evening = datetime(2009, 4, 9, 18, tzinfo=ZoneInfo(LONDON))
    assert next_moment(evening, USUAL, is_off).date() == date(2009, 4, 14)


def test_hours_that_cannot_be_are_as_usual() -> None:
    assert hours_of("", None, None, USUAL) == USUAL
    assert hours_of("Nowhere/Atall", time(17), time(9), USUAL) == USUAL
    assert hours_of(NEW_YORK, time(8), None, USUAL) == WorkingHours(NEW_YORK)
    assert hours_of("", time(10), time(16), USUAL) == WorkingHours(LONDON, time(10), time(16))


def away(delegate: int | None = None, days: int = 5) -> Leave:
    starts = date(2008, 10, 1)
    return Leave(17, starts, starts + timedelta(days), delegate)


def test_without_a_stand_in_it_waits_until_the_person_is_back() -> None:
    found = reach(Reader(17, USUAL, (away(),)), {}, OPENS, DAYS)
    assert (found.person, found.leave) == (17, None)
    assert found.at == datetime(2008, 10, 7, 9, tzinfo=ZoneInfo(LONDON))


def test_a_stand_in_hears_it_in_their_own_hours() -> None:
    asked = Reader(17, USUAL, (away(21),))
    found = reach(asked, {21: Reader(21, WorkingHours(NEW_YORK))}, OPENS, DAYS)
    assert (found.person, found.leave) == (21, away(21))
    assert found.at == datetime(2008, 10, 1, 9, tzinfo=ZoneInfo(NEW_YORK))


def test_a_stand_in_who_is_away_too_is_passed_over_until_one_of_them_is_back() -> None:
    asked = Reader(17, USUAL, (away(21, days=13),))
    stand_in = Reader(21, USUAL, (Leave(21, date(2008, 10, 1), date(2008, 10, 7)),))
    found = reach(asked, {21: stand_in}, OPENS, DAYS)
    assert (found.person, found.at.date()) == (21, date(2008, 10, 8))
    longer = Reader(21, USUAL, (Leave(21, date(2008, 10, 1), date(2008, 10, 31)),))
    found = reach(asked, {21: longer}, OPENS, DAYS)
    assert (found.person, found.at.date()) == (17, date(2008, 10, 15))


def test_before_a_leave_begins_the_person_hears_it_themselves() -> None:
    later = Leave(17, date(2008, 10, 2), date(2008, 10, 10), 21)
    found = reach(Reader(17, USUAL, (later,)), {21: Reader(21, USUAL)}, OPENS, DAYS)
    assert (found.person, found.at) == (17, OPENS)


def test_on_the_evening_before_a_leave_the_stand_in_hears_it_next_morning() -> None:
    later = Leave(17, date(2008, 10, 2), date(2008, 10, 10), 21)
    evening = OPENS + timedelta(hours=10)
    found = reach(Reader(17, USUAL, (later,)), {21: Reader(21, USUAL)}, evening, DAYS)
    assert (found.person, found.at) == (21, OPENS + timedelta(days=1))


@given(wanted=instants, theirs=hours, others=hours, length=st.integers(0, 40))
@SLOW_AT_FIRST
def test_whoever_hears_it_is_at_work_and_in_their_hours(
    wanted: datetime, theirs: WorkingHours, others: WorkingHours, length: int
) -> None:
    starts = wanted.date() - timedelta(3)
    leave = Leave(17, starts, starts + timedelta(length), 21)
    asked, stand_in = Reader(17, theirs, (leave,)), Reader(21, others)
    found = reach(asked, {21: stand_in}, wanted, DAYS)
    reader = {17: asked, 21: stand_in}[found.person]
    at = local(found.at, reader.hours.zone)
    assert found.at >= wanted
    assert reader.hours.starts <= at.time() < reader.hours.ends
    assert DAYS.is_working(at.date())
    assert not reader.is_away(at.date())
    assert (found.leave is not None) == (found.person == 21)
    assert found.leave is None or found.leave.covers(at.date())
