from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rules.calendar import (
    CalendarRefusedError,
    CalendarSettings,
    QuarterCalendar,
    calendar_of,
    suggested_board,
)
from rules.quarters import Quarter
from rules.working_days import england
from tests.rules.vectors import Vector, rows, vectors

DAYS = england()
Q2 = Quarter(2008, 2)
QUARTERS = st.builds(Quarter, st.integers(2005, 2040), st.integers(1, 4))


def day(text: str) -> date:
    return date.fromisoformat(text)


def columns(calendar: QuarterCalendar) -> dict[str, date]:
    return {
        "window_opens": calendar.opens,
        "opens": calendar.opens,
        "reminder_1": calendar.reminders[0],
        "reminder_2": calendar.reminders[1],
        "due": calendar.due,
        "overdue_1": calendar.overdue[0],
        "overdue_2": calendar.overdue[1],
        "overdue_3_and_close": calendar.close,
        "close": calendar.close,
        "escalation_run": calendar.escalation_run,
        "report_card_due": calendar.card_due,
        "pack_published": calendar.pack,
        "pack": calendar.pack,
        "board_meeting": calendar.board,
    }


@pytest.mark.parametrize("vector", vectors("calendar"), ids=str)
def test_the_worked_calendars_come_out(vector: Vector) -> None:
    calendar = calendar_of(
        Quarter.parse(vector.given["quarter"]), DAYS, board=day(vector.given["board"])
    )
    found = {name: columns(calendar)[name].isoformat() for name in vector.expect}
    assert found == vector.expect


@pytest.mark.parametrize("row", rows("calendar_examples.csv"), ids=lambda row: str(row["quarter"]))
def test_every_date_of_the_example_calendars_comes_out(row: dict[str, str]) -> None:
    entered = day(row["board_meeting"]) if row["board_date_source"] == "published" else None
    calendar = calendar_of(Quarter.parse(row["quarter"]), DAYS, board=entered)
    wanted = {name: value for name, value in row.items() if name in columns(calendar)}
    assert {name: columns(calendar)[name].isoformat() for name in wanted} == wanted
    assert calendar.reminders[-1] == calendar.due
    assert calendar.overdue[-1] == calendar.close


def test_acknowledgements_are_chased_two_four_and_five_working_days_after_the_run() -> None:
    calendar = calendar_of(Q2, DAYS)
    assert calendar.ack_reminders == (day("2008-10-31"), day("2008-11-04"))
    assert calendar.ack_escalated == day("2008-11-05")


def test_messages_go_at_nine_local_time_on_both_sides_of_the_clock_change() -> None:
    calendar = calendar_of(Q2, DAYS)
    assert calendar.at(day("2008-10-24")) == datetime(2008, 10, 24, 8, tzinfo=UTC)
    assert calendar.at(day("2008-10-27")) == datetime(2008, 10, 27, 9, tzinfo=UTC)
    assert calendar.closes_at == datetime(2008, 10, 28, 17, tzinfo=UTC)


def test_a_suggested_board_is_never_confirmed() -> None:
    assert not calendar_of(Q2, DAYS, board_confirmed=True).board_confirmed
    entered = calendar_of(Q2, DAYS, board=day("2008-11-19"), board_confirmed=True)
    assert entered.board_confirmed


def test_a_window_opened_by_hand_gives_leads_the_usual_number_of_days() -> None:
    calendar = calendar_of(Q2, DAYS, opens=day("2026-11-23"))
    assert calendar.due == day("2026-12-14")
    assert calendar.card_due <= calendar.pack
    assert calendar.board.weekday() == 2


def test_the_suggested_board_moves_past_a_bank_holiday() -> None:
    christmas = day("2013-12-25")
    found = suggested_board(Quarter(2013, 2), day("2013-12-18"), DAYS)
    assert found > christmas
    assert DAYS.is_working(found)


def test_reminders_on_or_before_the_opening_are_left_out() -> None:
    calendar = calendar_of(Q2, DAYS, opens=day("2008-10-17"), due=day("2008-10-21"))
    assert calendar.reminders == (day("2008-10-21"),)


def test_a_window_open_and_due_on_one_day_sends_no_reminder() -> None:
    calendar = calendar_of(Q2, DAYS, opens=day("2008-10-21"), due=day("2008-10-21"))
    assert calendar.reminders == ()


def test_a_board_that_fits_exactly_is_taken_and_one_a_day_earlier_is_refused() -> None:
    assert calendar_of(Q2, DAYS, board=day("2008-11-13")).pack == day("2008-11-07")
    with pytest.raises(CalendarRefusedError) as refused:
        calendar_of(Q2, DAYS, board=day("2008-11-12"))
    assert [fault.field for fault in refused.value.faults] == ["board"]
    assert "The earliest board that fits is Thursday 13 November 2008." in str(refused.value)


def test_returns_due_before_the_window_opens_are_refused() -> None:
    with pytest.raises(CalendarRefusedError, match="before the window opens") as refused:
        calendar_of(Q2, DAYS, opens=day("2008-10-10"), due=day("2008-10-09"))
    assert refused.value.faults[0].field == "due"


def test_a_due_date_on_a_weekend_is_refused_and_the_next_working_day_is_named() -> None:
    with pytest.raises(CalendarRefusedError, match="The next one is Monday 20 October 2008"):
        calendar_of(Q2, DAYS, due=day("2008-10-18"))


def test_a_window_opened_before_the_quarter_has_ended_is_refused() -> None:
    with pytest.raises(CalendarRefusedError, match="Wednesday 1 October 2008 or later") as refused:
        calendar_of(Q2, DAYS, opens=day("2008-09-30"))
    assert refused.value.faults[0].field == "opens"


def test_every_fault_is_named_at_once() -> None:
    with pytest.raises(CalendarRefusedError) as refused:
        calendar_of(Q2, DAYS, due=day("2008-10-18"), board=day("2008-10-20"))
    assert [fault.field for fault in refused.value.faults] == ["due", "board"]


@pytest.mark.parametrize(
    "settings",
    [
        {"run_after": 5},
        {"window_after": 0},
        {"due_after": 0},
        {"close_after": -1},
        {"pack_before": 0},
        {"card_after": -1},
    ],
)
def test_settings_that_break_the_order_of_the_cycle_are_refused(settings: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="runs in order"):
        CalendarSettings(**settings)  # type: ignore[arg-type]  # whole numbers only


@pytest.mark.parametrize(
    "settings",
    [
        {"window_after": 21},
        {"close_after": 0, "run_after": 1},
        {"card_after": 0},
        {"pack_before": 1},
    ],
)
def test_settings_at_the_edge_of_the_order_are_taken(settings: dict[str, int]) -> None:
    made = calendar_of(Q2, DAYS, CalendarSettings(**settings))  # type: ignore[arg-type]  # whole
    assert made.opens <= made.due <= made.close < made.escalation_run
    assert made.escalation_run <= made.card_due <= made.pack < made.board


def test_a_pack_frozen_the_day_before_the_board_is_told_in_the_singular() -> None:
    with pytest.raises(CalendarRefusedError, match="frozen 1 working day before"):
        calendar_of(Q2, DAYS, CalendarSettings(pack_before=1), board=day("2008-11-07"))


def test_the_suggested_board_stays_where_cards_come_in_on_the_day_the_pack_is_frozen() -> None:
    assert suggested_board(Q2, day("2008-11-13"), DAYS) == day("2008-11-19")
    assert suggested_board(Q2, day("2008-11-14"), DAYS) == day("2008-11-26")


@given(QUARTERS)
def test_the_dates_of_any_quarter_stand_in_order(quarter: Quarter) -> None:
    made = calendar_of(quarter, DAYS)
    assert quarter.end < made.opens <= made.due <= made.close < made.escalation_run
    assert made.escalation_run <= made.card_due <= made.pack < made.board


@given(QUARTERS, st.integers(1, 900), st.integers(0, 60))
def test_dates_entered_late_still_make_an_ordered_calendar(
    quarter: Quarter, late: int, allowed: int
) -> None:
    opens = quarter.end + timedelta(late)
    due = opens + timedelta(allowed)
    assume(DAYS.is_working(due))
    made = calendar_of(quarter, DAYS, opens=opens, due=due)
    assert all(opens < reminder <= due for reminder in made.reminders)
    assert made.card_due <= made.pack < made.board
