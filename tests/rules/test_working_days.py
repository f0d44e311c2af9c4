from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.working_days import WorkingDays, england
from tests.rules.vectors import rows

DAYS = england()
SOME_DAY = st.dates(date(1990, 1, 1), date(2060, 12, 31))
YEARS = sorted({row["date"][:4] for row in rows("bank_holidays_england.csv")})


@pytest.mark.parametrize("year", YEARS)
def test_englands_weekdays_off_are_the_published_bank_holidays(year: str) -> None:
    published = {
        row["date"] for row in rows("bank_holidays_england.csv") if row["date"][:4] == year
    }
    first = date(int(year), 1, 1)
    weekdays = [day for n in range(366) if (day := first + timedelta(n)).weekday() < 5]
    off = {
        day.isoformat() for day in weekdays if day.year == first.year and not DAYS.is_working(day)
    }
    assert off == {day for day in published if date.fromisoformat(day).weekday() < 5}


def test_a_saturday_and_a_sunday_are_no_working_days() -> None:
    assert not DAYS.is_working(date(2008, 10, 18))
    assert not DAYS.is_working(date(2008, 10, 19))


def test_five_working_days_on_from_maundy_thursday_passes_over_easter() -> None:
    assert DAYS.add(date(2009, 4, 9), 5) == date(2009, 4, 20)


def test_four_working_days_back_from_the_board_of_november_2008() -> None:
    assert DAYS.add(date(2008, 11, 19), -4) == date(2008, 11, 13)


def test_from_a_saturday_the_count_starts_at_the_next_or_the_last_working_day() -> None:
    saturday = date(2008, 10, 18)
    assert DAYS.add(saturday, 1) == date(2008, 10, 21)
    assert DAYS.add(saturday, -1) == date(2008, 10, 16)
    assert DAYS.add(saturday, 0) == date(2008, 10, 20)


def test_an_organisations_own_days_off_are_no_working_days() -> None:
    assert england([date(2008, 12, 24)]).on_or_after(date(2008, 12, 24)) == date(2008, 12, 29)


@given(SOME_DAY, st.integers(-30, 30))
def test_counting_always_ends_on_a_working_day(day: date, count: int) -> None:
    assert DAYS.is_working(DAYS.add(day, count))


@given(SOME_DAY, st.integers(0, 30))
def test_counting_on_and_back_returns_to_the_working_day_it_started_from(
    day: date, count: int
) -> None:
    start = DAYS.on_or_after(day)
    assert DAYS.add(DAYS.add(start, count), -count) == start


@given(SOME_DAY)
def test_no_working_day_lies_between_a_day_and_the_next_one_found(day: date) -> None:
    found = DAYS.on_or_after(day)
    between = [day + timedelta(n) for n in range((found - day).days)]
    assert not any(DAYS.is_working(other) for other in between)
    assert DAYS.on_or_before(found) == found


def test_another_calendar_is_another_value() -> None:
    no_holidays = WorkingDays(lambda _: False)
    assert no_holidays.is_working(date(2008, 12, 25))
