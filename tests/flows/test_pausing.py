"""A quarter is paused and goes on: nothing in between, everybody told once, later dates."""

from datetime import date, timedelta

import pytest

from flows import tick
from flows.board_date import set_board
from flows.extend import extend
from flows.nudging import write_to_owing
from flows.pause import pause, resume
from flows.run_quarter import Opening, open_by_hand, post, remind_now
from messages.notices.checking import ExtensionKept
from messages.notices.home import NoteSent
from messages.notices.pausing import PauseStands, QuarterResumed, ResumeStands
from messages.notices.refusals import (
    CalendarNotTaken,
    QuarterIsPaused,
    QuarterNotPaused,
    QuarterOver,
    Refused,
)
from messages.notices.returns import ReturnsRequested
from rules.leave import Leave
from store import leave, quarters, settings
from tests.flows.office import Office
from tests.flows.test_working_hours import live_in, request_key, resting
from tests.sample import (
    CLOSES,
    MANAGER_TOLD,
    OPENS,
    PACK,
    PREVIEW,
    QUARTER,
    REMINDERS,
    RUN,
    SPONSORS_REMINDED,
    london,
)

CENTRAL, LEAD = "central-team-01", "target-lead-19"
A_MINUTE = timedelta(minutes=1)
PAUSED, RESUMED = london(10, 13, 10), london(10, 20, 8)


def central(office: Office, who: str = CENTRAL) -> str:
    return office.slack_ids[who]


def paused(office: Office) -> PauseStands:
    found = office.do(pause, central(office), None, PAUSED)
    assert isinstance(found, PauseStands)
    return found


def test_while_it_is_paused_nothing_is_due_however_late(opened: Office) -> None:
    paused(opened)
    before = len(opened.ledger())
    for instant in (*REMINDERS, CLOSES, RUN, PREVIEW, PACK, london(3, 2, year=2009)):
        due = opened.do(tick.due_now, instant)
        assert not [one for one in due if one.stage.quarter == QUARTER]
        assert not [name for name in opened.tick(instant) if name.startswith(("due", "close"))]
    assert [line for line in opened.ledger()[before:] if QUARTER.label in line.key] == []


def test_what_was_found_due_just_before_the_pause_is_not_done_after_it(opened: Office) -> None:
    (found,) = opened.do(tick.due_now, REMINDERS[0])
    paused(opened)
    assert not opened.do(tick.do, found, REMINDERS[0])
    assert opened.keys("returns_still_missing") == []


def test_whoever_owes_is_told_once_of_the_pause_and_once_of_the_end(opened: Office) -> None:
    owing = opened.told("returns_requested")
    first = paused(opened)
    assert first.told == len(owing)
    assert opened.told("quarter_paused") == owing
    again = opened.do(pause, central(opened), QUARTER, PAUSED + A_MINUTE)
    assert again == PauseStands(QUARTER, PAUSED, opened.people[CENTRAL], 0, already=True)
    opened.do(resume, central(opened), None, None, RESUMED)
    assert opened.told("quarter_resumed") == owing
    twice = opened.do(resume, central(opened), QUARTER, None, RESUMED + A_MINUTE)
    assert twice == QuarterNotPaused(QUARTER)
    assert len(opened.keys("quarter_paused")) == len(opened.keys("quarter_resumed")) == len(owing)


def test_whoever_was_not_asked_yet_hears_nothing_of_the_pause_and_is_asked_after_it(
    prepared: Office,
) -> None:
    live_in(prepared, LEAD, "America/New_York")
    prepared.tick(OPENS)
    key = request_key(prepared)
    assert set(resting(prepared, OPENS)) == {key}
    before = prepared.said(key)
    stands = prepared.do(pause, central(prepared), None, OPENS + A_MINUTE)
    assert isinstance(stands, PauseStands)
    assert (stands.told, stands.unasked) == (32, 1)
    assert resting(prepared, OPENS + A_MINUTE) == {}
    assert key not in prepared.keys("returns_requested")
    assert LEAD not in prepared.told("quarter_paused")
    done = prepared.do(resume, central(prepared), None, None, RESUMED)
    assert isinstance(done, ResumeStands)
    assert (done.told, done.unasked) == (32, 1)
    assert LEAD not in prepared.told("quarter_resumed")
    asked = prepared.said(key)
    assert isinstance(asked, ReturnsRequested)
    assert isinstance(before, ReturnsRequested)
    assert asked.due == date(2008, 11, 7)
    assert asked.person == before.person == prepared.people[LEAD]


def test_where_nobody_was_asked_yet_the_central_team_reads_how_many_are_asked_later(
    prepared: Office,
) -> None:
    prepared.do(settings.change, "day_starts", "10:00", None, OPENS)
    prepared.tick(OPENS)
    first = prepared.do(pause, central(prepared), None, OPENS + A_MINUTE)
    assert isinstance(first, PauseStands)
    assert (first.told, first.unasked) == (0, 33)
    done = prepared.do(resume, central(prepared), None, None, RESUMED)
    assert isinstance(done, ResumeStands)
    assert (done.told, done.unasked) == (0, 33)
    assert len(prepared.keys("returns_requested")) == 33


def test_whoever_has_more_time_is_asked_after_the_pause_for_their_own_day(
    prepared: Office,
) -> None:
    live_in(prepared, LEAD, "America/New_York")
    prepared.tick(OPENS)
    who, until = prepared.people[LEAD], date(2008, 11, 12)
    given = prepared.do(
        extend, central(prepared), who, QUARTER, until, "The survey is late.", OPENS
    )
    assert isinstance(given, ExtensionKept)
    prepared.do(pause, central(prepared), None, OPENS + A_MINUTE)
    prepared.do(resume, central(prepared), None, None, RESUMED)
    asked = prepared.said(request_key(prepared))
    assert isinstance(asked, ReturnsRequested)
    assert asked.due == until


def test_a_request_that_rests_past_the_close_is_not_lost_to_a_pause(prepared: Office) -> None:
    away = Leave(prepared.people[LEAD], OPENS.date(), RUN.date())
    prepared.do(leave.keep, away.person, away, OPENS.date())
    prepared.tick(OPENS)
    prepared.tick(CLOSES)
    prepared.do(pause, central(prepared), None, CLOSES + A_MINUTE)
    assert request_key(prepared) in resting(prepared, CLOSES + A_MINUTE)


def test_a_note_that_rests_is_not_sent_in_a_pause_and_the_central_team_reads_that(
    opened: Office,
) -> None:
    live_in(opened, LEAD, "America/New_York")
    text = "Please report by Friday."
    for form in ("one", "another"):
        sent = opened.do(write_to_owing, central(opened), text, form, PAUSED - A_MINUTE)
        assert isinstance(sent, NoteSent)
    assert LEAD in opened.told("note_to_owing")
    stands = paused(opened)
    assert (stands.unasked, stands.notes) == (0, 1)
    assert LEAD not in opened.told("note_to_owing")
    assert len(opened.told("note_to_owing")) == stands.told - 1


def test_what_is_put_to_a_sponsor_for_the_first_time_is_not_lost_to_a_pause(
    almost_in: Office,
) -> None:
    almost_in.tick(CLOSES)
    almost_in.do(settings.change, "day_starts", "10:00", None, CLOSES)
    almost_in.tick(RUN)
    put = almost_in.keys("sponsor_told_of_escalation")
    assert put
    assert set(put) <= set(resting(almost_in, RUN))
    almost_in.do(pause, central(almost_in), None, RUN + A_MINUTE)
    assert almost_in.keys("sponsor_told_of_escalation") == put


def test_whoever_has_reported_everything_hears_nothing_of_a_pause(opened: Office) -> None:
    opened.report("LAA1-03", london(10, 2, 10))
    lead = opened.parts["LAA1-03"].lead or ""
    paused(opened)
    assert lead not in opened.told("quarter_paused")


def test_the_due_day_moves_by_the_working_days_lost_and_all_else_follows(opened: Office) -> None:
    paused(opened)
    done = opened.do(resume, central(opened), None, None, RESUMED)
    assert isinstance(done, ResumeStands)
    assert (done.lost, done.due) == (5, date(2008, 10, 28))
    record = opened.do(quarters.find, QUARTER)
    assert record is not None
    assert (record.due, record.paused_at, record.paused_by) == (done.due, None, None)
    asked = opened.said(opened.keys("returns_requested")[0])
    assert isinstance(asked, ReturnsRequested)
    assert (asked.due, asked.next_reminder) == (done.due, date(2008, 10, 21))
    told = opened.said(opened.keys("quarter_resumed")[0])
    assert isinstance(told, QuarterResumed)
    assert told.due == done.due


def test_nobody_is_reminded_of_days_in_the_pause(opened: Office) -> None:
    paused(opened)
    opened.do(resume, central(opened), None, None, RESUMED)
    assert opened.tick(RESUMED + A_MINUTE) == []
    assert opened.tick(london(10, 20, 12)) == []
    assert opened.tick(london(10, 21)) == ["due-5"]
    assert opened.tick(london(11, 4, 17)) == [
        "due-2",
        "due",
        "overdue+1",
        "overdue+3",
        "overdue+5",
        "close",
    ]


def test_returns_can_be_sent_in_while_it_is_paused(opened: Office) -> None:
    paused(opened)
    opened.report("LAA1-03", PAUSED + A_MINUTE)
    assert opened.record("LAA1-03").submitted_at == PAUSED + A_MINUTE


def test_a_board_too_early_for_what_is_left_is_refused_until_another_is_given(
    opened: Office,
) -> None:
    opened.do(set_board, central(opened), QUARTER, None, london(10, 2))
    paused(opened)
    refused = opened.do(resume, central(opened), None, None, london(10, 27, 8))
    assert isinstance(refused, CalendarNotTaken)
    (words,) = refused.problems
    assert "Wednesday 19 November 2008 comes too early" in words
    assert "Thursday 27 November 2008" in words
    assert isinstance(
        opened.do(resume, central(opened), None, date(2008, 11, 26), london(10, 27, 8)),
        CalendarNotTaken,
    )
    record = opened.do(quarters.find, QUARTER)
    assert record is not None
    assert record.paused_at == PAUSED
    done = opened.do(resume, central(opened), None, date(2008, 11, 27), london(10, 27, 8))
    assert isinstance(done, ResumeStands)
    assert (done.board, done.board_confirmed) == (date(2008, 11, 27), True)


def test_a_pause_after_the_run_gives_sponsors_their_days_back(escalated: Office) -> None:
    escalated.do(pause, central(escalated), None, RUN + A_MINUTE)
    assert escalated.told("quarter_paused") >= escalated.told("sponsor_told_of_escalation")
    assert escalated.tick(SPONSORS_REMINDED[0]) == []
    done = escalated.do(resume, central(escalated), None, None, london(11, 3, 8))
    assert isinstance(done, ResumeStands)
    assert done.lost == 3
    assert escalated.tick(london(11, 3)) == []
    assert escalated.tick(MANAGER_TOLD) == ["run+2"]


def test_by_hand_too_nothing_is_asked_or_published_in_a_pause(opened: Office) -> None:
    stands = paused(opened)
    refusal = QuarterIsPaused(QUARTER, stands.at, stands.by)
    assert opened.do(remind_now, central(opened), "all", "one", PAUSED) == refusal
    assert opened.do(post, central(opened), QUARTER, PAUSED) == refusal
    assert opened.do(open_by_hand, central(opened), Opening(QUARTER), PAUSED) == refusal


def test_a_window_paused_before_its_day_opens_after_the_pause(prepared: Office) -> None:
    prepared.do(pause, central(prepared), QUARTER, OPENS - A_MINUTE)
    assert prepared.tick(OPENS) == []
    done = prepared.do(resume, central(prepared), QUARTER, None, london(10, 2, 10))
    assert isinstance(done, ResumeStands)
    assert (done.opens, done.due) == (date(2008, 10, 3), date(2008, 10, 23))
    assert prepared.tick(london(10, 2, 12)) == []
    assert prepared.tick(london(10, 3)) == ["open"]


def test_a_published_quarter_has_nothing_to_pause(escalated: Office) -> None:
    for instant in (*SPONSORS_REMINDED, MANAGER_TOLD, PREVIEW, PACK):
        escalated.tick(instant)
    assert escalated.do(pause, central(escalated), QUARTER, PACK) == QuarterOver(QUARTER)


@pytest.mark.parametrize("label", [LEAD, "laa-manager-01", "sponsor-09"])
def test_only_the_central_team_pauses_and_a_refusal_is_audited(opened: Office, label: str) -> None:
    assert isinstance(opened.do(pause, central(opened, label), QUARTER, PAUSED), Refused)
    assert isinstance(opened.do(resume, central(opened, label), QUARTER, None, PAUSED), Refused)
    assert opened.audit()[-2:] == [("refused", "RUN_QUARTER:programme")] * 2


def test_both_are_audited_with_how_it_stood_before_and_after(opened: Office) -> None:
    paused(opened)
    opened.do(resume, central(opened), None, None, RESUMED)
    (begun,), (ended,) = opened.audited("pause quarter"), opened.audited("resume quarter")
    assert '"paused_at":null' in begun.before
    assert '"paused_at":"2008-10-13' in begun.after
    assert '"due":"2008-10-28"' in ended.after
