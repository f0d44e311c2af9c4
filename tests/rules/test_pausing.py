"""What a pause does to the dates: nobody is chased for it, and the board never moves by itself."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.cadence import Stage, StageKind, stages
from rules.calendar import CalendarSettings, calendar_of
from rules.pausing import board_fault, days_lost, moved
from rules.quarters import Quarter
from rules.working_days import england
from tests.sample import BOARD, OPENS, QUARTER, london

DAYS, SETTINGS = england(), CalendarSettings()
CALENDAR = calendar_of(QUARTER, DAYS, board=BOARD, board_confirmed=True)
BY_THE_BOARD = {StageKind.PREVIEW, StageKind.PUBLISH}
A_MINUTE = timedelta(minutes=1)
EARLIEST = datetime(2008, 9, 1, tzinfo=UTC)

pauses = st.tuples(
    st.timedeltas(timedelta(0), timedelta(days=70)).map(lambda later: EARLIEST + later),
    st.timedeltas(timedelta(0), timedelta(days=60)),
)


def ordered(quarter_after: date) -> list[Stage]:
    calendar = calendar_of(QUARTER, DAYS, due=quarter_after)
    return list(stages(calendar, SETTINGS, DAYS))


@given(pauses)
def test_what_would_have_been_due_in_a_pause_is_due_after_it(
    pause: tuple[datetime, timedelta],
) -> None:
    paused_at, length = pause
    resumed_at = paused_at + length
    opened = paused_at >= OPENS
    dates = moved(CALENDAR, DAYS, paused_at, resumed_at, opened=opened)
    after = calendar_of(QUARTER, DAYS, opens=dates.opens, due=dates.due)
    before = {one.name: one.at for one in stages(CALENDAR, SETTINGS, DAYS)}
    for stage in stages(after, SETTINGS, DAYS):
        if stage.kind not in BY_THE_BOARD and paused_at <= before[stage.name] < resumed_at:
            assert stage.at >= resumed_at, stage


@given(pauses)
def test_no_date_moves_by_more_than_the_working_days_lost_nor_back(
    pause: tuple[datetime, timedelta],
) -> None:
    paused_at, length = pause
    dates = moved(CALENDAR, DAYS, paused_at, paused_at + length, opened=paused_at >= OPENS)
    assert dates.due == DAYS.add(CALENDAR.due, dates.lost)
    assert DAYS.is_working(dates.due)
    assert 0 <= dates.lost <= length.days + 1


@given(pauses, st.timedeltas(timedelta(0), timedelta(days=30)))
def test_a_longer_pause_never_loses_fewer_days(
    pause: tuple[datetime, timedelta], longer: timedelta
) -> None:
    begun, length = pause
    short = days_lost(CALENDAR, DAYS, begun, begun + length)
    assert days_lost(CALENDAR, DAYS, begun, begun + length + longer) >= short


@pytest.mark.parametrize(
    ("paused_at", "resumed_at", "lost"),
    [
        (london(10, 8, 10), london(10, 8, 14), 0),
        (london(10, 8, 10), london(10, 8, 18), 1),
        (london(10, 8, 10), london(10, 13, 8), 3),
        (london(10, 8, 8), london(10, 13, 10), 4),
        (london(10, 11, 8), london(10, 12, 20), 0),
    ],
)
def test_a_day_is_lost_when_one_of_its_two_hours_falls_in_the_pause(
    paused_at: datetime, resumed_at: datetime, lost: int
) -> None:
    assert days_lost(CALENDAR, DAYS, paused_at, resumed_at) == lost


def test_a_pause_that_ends_before_the_opening_moves_nothing() -> None:
    dates = moved(CALENDAR, DAYS, london(8, 4), london(9, 22), opened=False)
    assert (dates.due, dates.opens, dates.lost) == (CALENDAR.due, None, 0)


def test_a_window_that_should_have_opened_in_the_pause_opens_after_it() -> None:
    dates = moved(CALENDAR, DAYS, london(9, 22), london(10, 6, 10), opened=False)
    assert dates.opens == date(2008, 10, 7)
    assert dates.due == date(2008, 10, 27)


def test_a_board_that_leaves_no_time_is_named_with_the_earliest_that_does() -> None:
    assert board_fault(CALENDAR, DAYS, london(11, 13, 8), 4) is None
    late = london(11, 13, 9) + A_MINUTE
    fault = board_fault(CALENDAR, DAYS, late, 4)
    assert fault is not None
    assert fault.field == "board"
    assert "Wednesday 19 November 2008 comes too early" in fault.words
    assert "The earliest board that fits is Thursday 20 November 2008." in fault.words
    fits = calendar_of(QUARTER, DAYS, board=date(2008, 11, 20), board_confirmed=True)
    assert board_fault(fits, DAYS, late, 4) is None


def test_every_stage_keeps_its_name_however_long_the_pause() -> None:
    names = {one.name for one in ordered(CALENDAR.due)}
    later = {one.name for one in ordered(DAYS.add(CALENDAR.due, 30))}
    assert names == later
    assert Quarter(2008, 2) == QUARTER
