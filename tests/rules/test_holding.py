"""When a clock has jumped: only what parts from the time that truly ran."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.holding import MOST_APART, in_days, jump

NOW = datetime(2008, 10, 1, 9, tzinfo=UTC)
SPANS = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=400))


@given(SPANS)
def test_time_that_truly_passed_is_no_jump(ran: timedelta) -> None:
    assert jump(NOW, NOW + ran, ran) is None


@given(SPANS, st.timedeltas(min_value=-MOST_APART, max_value=MOST_APART))
def test_within_a_day_nothing_is_made_of_it(ran: timedelta, drift: timedelta) -> None:
    assert jump(NOW, NOW + ran + drift, ran) is None


@given(SPANS, st.timedeltas(min_value=timedelta(microseconds=1), max_value=timedelta(days=4_000)))
def test_past_a_day_it_is_a_jump_either_way(ran: timedelta, more: timedelta) -> None:
    far = MOST_APART + more
    assert jump(NOW, NOW + ran + far, ran) == far
    assert jump(NOW, NOW + ran - far, ran) == -far


@pytest.mark.parametrize(
    ("apart", "days"),
    [
        (timedelta(days=1, seconds=1), 1),
        (timedelta(days=1, hours=13), 2),
        (timedelta(days=-10), -10),
        (timedelta(hours=-25), -1),
    ],
)
def test_a_jump_is_told_in_whole_days_with_its_direction(apart: timedelta, days: int) -> None:
    assert in_days(apart) == days
