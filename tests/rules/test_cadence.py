"""Which stages of a quarter are due, and how late ones collapse."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.cadence import Due, Stage, StageKind, due, next_at, stages
from rules.calendar import CalendarSettings, QuarterCalendar, calendar_of
from rules.owed import (
    Audience,
    Owed,
    audiences,
    owed_by_lead,
    owed_by_performance_lead,
    owed_by_sponsor,
)
from rules.quarters import Quarter
from rules.vocabulary import Status
from rules.working_days import england

LONDON = ZoneInfo("Europe/London")
DAYS = england()
SETTINGS = CalendarSettings()
Q2 = Quarter(2008, 2)
CALENDAR = calendar_of(Q2, DAYS)
STAGES = stages(CALENDAR, SETTINGS, DAYS)
CHASERS = {StageKind.REMIND, StageKind.OVERDUE, StageKind.REMIND_SPONSOR}
QUARTERS = st.builds(Quarter, st.integers(2005, 2035), st.integers(1, 4))


def london(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2008, month, day, hour, minute, tzinfo=LONDON)


def of(calendar: QuarterCalendar) -> tuple[Stage, ...]:
    return stages(calendar, SETTINGS, DAYS)


def run_at(
    listed: tuple[Stage, ...], done: dict[str, datetime], now: datetime
) -> tuple[list[str], list[str]]:
    """What is said and what is passed over when everything due at an instant is done."""
    said: list[str] = []
    passed: list[str] = []
    while found := due(listed, done, now):
        for one in found:
            (passed if one.passed_over else said).append(one.stage.name)
            done[one.stage.name] = now
    return said, passed


def test_a_quarter_runs_from_its_window_to_its_digest() -> None:
    local = [f"{stage.name} {stage.at.astimezone(LONDON):%d %b %H:%M}" for stage in STAGES]
    assert local == [
        "open 01 Oct 09:00",
        "due-5 14 Oct 09:00",
        "due-2 17 Oct 09:00",
        "due 21 Oct 09:00",
        "overdue+1 22 Oct 09:00",
        "overdue+3 24 Oct 09:00",
        "overdue+5 28 Oct 09:00",
        "close 28 Oct 17:00",
        "escalate 29 Oct 09:00",
        "run+2 31 Oct 09:00",
        "run+4 04 Nov 09:00",
        "run+5 05 Nov 09:00",
        "preview 12 Nov 09:00",
        "publish 13 Nov 09:00",
    ]


@given(QUARTERS)
def test_every_stage_of_any_quarter_has_a_name_of_its_own_and_stands_in_order(
    quarter: Quarter,
) -> None:
    listed = of(calendar_of(quarter, DAYS))
    assert len({stage.name for stage in listed}) == len(listed)
    assert [stage.at for stage in listed] == sorted(stage.at for stage in listed)
    names = [stage.name for stage in listed]
    for stage in listed:
        assert stage.after is None or names.index(stage.after) < names.index(stage.name)


@given(QUARTERS)
def test_a_clock_change_moves_no_stage_from_nine_in_the_morning(quarter: Quarter) -> None:
    for stage in of(calendar_of(quarter, DAYS)):
        local = stage.at.astimezone(LONDON)
        hour = 17 if stage.kind is StageKind.CLOSE else 9
        assert (local.hour, local.minute) == (hour, 0), stage.name


@pytest.mark.parametrize(
    ("quarter", "before", "after"),
    [
        (Quarter(2008, 2), (date(2008, 10, 24), 8), (date(2008, 10, 28), 9)),
        (Quarter(2009, 4), (date(2010, 3, 26), 9), (date(2010, 4, 1), 8)),
    ],
    ids=["October", "March"],
)
def test_nine_oclock_is_another_hour_of_the_world_after_the_clocks_change(
    quarter: Quarter, before: tuple[date, int], after: tuple[date, int]
) -> None:
    calendar = calendar_of(quarter, DAYS)
    for day, hour in (before, after):
        assert calendar.at(day) == datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def test_nothing_is_due_a_moment_before_the_window_opens() -> None:
    assert due(STAGES, {}, london(10, 1) - timedelta(microseconds=1)) == ()
    assert [one.stage.name for one in due(STAGES, {}, london(10, 1))] == ["open"]


def test_run_on_time_every_stage_is_said_once() -> None:
    done: dict[str, datetime] = {}
    said = [name for stage in STAGES for name in run_at(STAGES, done, stage.at)[0]]
    assert said == [stage.name for stage in STAGES]
    assert run_at(STAGES, done, london(12, 31)) == ([], [])


def test_nothing_but_the_window_comes_before_the_window() -> None:
    found = due(STAGES, {}, london(10, 14))
    assert found == (Due(STAGES[0]),)


def test_three_days_of_silence_over_the_due_day_end_in_one_reminder() -> None:
    done = {name: london(10, 1) for name in ("open", "due-5", "due-2")}
    said, passed = run_at(STAGES, done, london(10, 23, 8))
    assert said == ["overdue+1"]
    assert passed == ["due"]


def test_silence_over_all_reminders_and_the_close_chases_nobody() -> None:
    said, passed = run_at(STAGES, {"open": london(10, 1)}, london(10, 30))
    assert said == ["close", "escalate"]
    assert passed == ["due-5", "due-2", "due", "overdue+1", "overdue+3", "overdue+5"]


def test_sponsors_missed_twice_are_reminded_once() -> None:
    done = {stage.name: stage.at for stage in STAGES if stage.at <= london(10, 29)}
    assert run_at(STAGES, done, london(11, 4)) == (["run+4"], ["run+2"])


def test_once_the_manager_is_told_sponsors_are_not_reminded_of_what_is_past() -> None:
    done = {stage.name: stage.at for stage in STAGES if stage.at <= london(10, 29)}
    said, passed = run_at(STAGES, done, london(11, 6))
    assert said == ["run+5"]
    assert passed == ["run+2", "run+4"]


def test_after_a_window_opened_late_no_earlier_reminder_is_said() -> None:
    said, passed = run_at(STAGES, {"open": london(10, 18)}, london(10, 18))
    assert (said, passed) == ([], ["due-5", "due-2"])


def test_a_late_run_gives_sponsors_their_days_from_the_run() -> None:
    late = stages(CALENDAR, SETTINGS, DAYS, escalated_on=date(2008, 11, 3))
    days = {stage.name: stage.at.astimezone(LONDON).date() for stage in late}
    assert days["run+2"] == date(2008, 11, 5)
    assert days["run+5"] == date(2008, 11, 10)
    assert days["escalate"] == date(2008, 10, 29)


def test_a_window_opened_by_hand_leaves_out_reminders_before_it_and_keeps_their_names() -> None:
    calendar = calendar_of(Q2, DAYS, opens=date(2008, 10, 16), due=date(2008, 10, 21))
    names = [stage.name for stage in of(calendar) if stage.kind is StageKind.REMIND]
    assert names == ["due-2", "due"]


@given(QUARTERS, st.data())
def test_however_long_the_silences_what_must_not_be_dropped_is_done_and_once(
    quarter: Quarter, data: st.DataObject
) -> None:
    listed = of(calendar_of(quarter, DAYS))
    span = int((listed[-1].at - listed[0].at) / timedelta(hours=1))
    looks = sorted(data.draw(st.lists(st.integers(0, span), max_size=8)))
    done: dict[str, datetime] = {}
    said: list[str] = []
    for hours in [*looks, span + 1]:
        said += run_at(listed, done, listed[0].at + timedelta(hours=hours))[0]
    assert len(said) == len(set(said))
    kept = {stage.name for stage in listed if stage.kind not in CHASERS}
    assert kept <= set(said)
    assert set(done) == {stage.name for stage in listed}


@given(st.integers(0, 24 * 60))
def test_whenever_the_bot_comes_back_at_most_one_reminder_of_a_family_is_said(hours: int) -> None:
    done = {"open": STAGES[0].at}
    now = STAGES[0].at + timedelta(hours=hours)
    said, _ = run_at(STAGES, done, now)
    kinds = {stage.name: stage.kind for stage in STAGES}
    leads = [name for name in said if kinds[name] in {StageKind.REMIND, StageKind.OVERDUE}]
    sponsors = [name for name in said if kinds[name] is StageKind.REMIND_SPONSOR]
    assert len(leads) <= 1
    assert len(sponsors) <= 1


def test_the_next_stage_is_the_first_to_come_that_is_not_done() -> None:
    assert next_at(STAGES, {}, london(9, 30)) == london(10, 1)
    assert next_at(STAGES, {"due-5": london(10, 1)}, london(10, 2)) == london(10, 17)
    assert next_at(STAGES, {}, london(11, 13)) is None


def test_each_overdue_nudge_reaches_further() -> None:
    reached = [audiences(stage) for stage in STAGES if stage.kind is StageKind.OVERDUE]
    assert reached[0] == (Audience.LEAD,)
    assert reached[1] == (Audience.LEAD, Audience.PERFORMANCE_LEAD)
    assert set(reached[2]) == set(Audience)


def test_a_nudge_beyond_those_listed_reaches_everybody() -> None:
    later = Stage(Q2, StageKind.OVERDUE, "overdue+9", london(11, 3), step=7)
    assert set(audiences(later)) == set(Audience)


def owed(target: int, **more: object) -> Owed:
    usual: dict[str, object] = {
        "lead": 1,
        "performance_lead": 2,
        "sponsor": 3,
        "block": "EDE",
        "reported": False,
    }
    return Owed(target, f"LAA1-{target:02}", **{**usual, **more})  # type: ignore[arg-type]


def test_what_is_reported_is_asked_of_nobody() -> None:
    listed = (owed(1), owed(2, reported=True))
    assert owed_by_lead(listed) == {1: (listed[0],)}
    assert owed_by_performance_lead(listed) == {2: (listed[0],)}


def test_a_target_without_a_lead_falls_to_the_performance_lead_and_without_either_to_nobody() -> (
    None
):
    orphan, lost = owed(1, lead=None), owed(2, lead=None, performance_lead=None)
    assert owed_by_lead((orphan, lost)) == {2: (orphan,)}


@pytest.mark.parametrize("last", [Status.RED, Status.AMBER])
def test_a_sponsor_hears_of_a_missing_return_that_was_red_or_amber(last: Status) -> None:
    found = owed(1, last_colour=last)
    assert owed_by_sponsor((found,)) == {3: (found,)}


@pytest.mark.parametrize("last", [Status.GREEN, None])
def test_a_sponsor_does_not_hear_of_a_missing_return_that_was_green_or_new(
    last: Status | None,
) -> None:
    assert owed_by_sponsor((owed(1, last_colour=last),)) == {}


def test_more_time_past_the_close_ends_with_a_close_of_its_own() -> None:
    until = [CALENDAR.close, london(10, 31).date(), london(11, 5).date(), london(10, 31).date()]
    listed = stages(CALENDAR, SETTINGS, DAYS, extended_until=until)
    added = [one for one in listed if one not in STAGES]
    assert [(one.name, one.at) for one in added] == [
        ("extension-over:2008-10-31", london(10, 31, 17)),
        ("extension-over:2008-11-05", london(11, 5, 17)),
    ]
    assert {one.after for one in added} == {"close"}
