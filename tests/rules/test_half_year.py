from datetime import date
from decimal import Decimal

import pytest

from rules.half_year import HalfYear, difference
from rules.quarters import Quarter
from rules.working_days import england

DAYS = england()


def test_the_first_half_covers_two_quarters_and_is_due_at_the_end_of_november() -> None:
    half = HalfYear(2008, 1)
    assert half.quarters == (Quarter(2008, 1), Quarter(2008, 2))
    assert half.due_on(DAYS) == date(2008, 12, 1)
    assert half.remind_on(DAYS) == date(2008, 11, 17)


def test_the_year_covers_four_quarters_and_is_due_at_the_end_of_may() -> None:
    year = HalfYear(2008, 2)
    assert [quarter.number for quarter in year.quarters] == [1, 2, 3, 4]
    assert year.due_on(DAYS) == date(2009, 6, 1)


def test_a_year_has_no_third_half() -> None:
    with pytest.raises(ValueError, match="two halves"):
        HalfYear(2008, 3)


def test_spend_not_provided_is_not_nought() -> None:
    assert difference(Decimal(10), None) is None
    assert difference(None, Decimal(10)) is None
    assert difference(Decimal(10), Decimal(0)) == -10
