"""The dates of quarters and their blocks in focus are seen and changed."""

from dataclasses import replace
from datetime import date

from flows import cycle
from flows.pause import pause
from flows.setup.dates import change_the_dates, dates_listed, dates_sheet
from messages.notices.organising import DatesListed
from messages.notices.organising_sheets import DatesAnswer, DatesSheet
from messages.notices.refusals import OutOfDate, Refused
from rules.organising import Amiss, Faults
from rules.quarters import Quarter
from store import organisation
from tests.flows.office import Office
from tests.sample import CLOSES, MANAGER_TOLD, PACK, PREVIEW, QUARTER, SPONSORS_REMINDED, london

CENTRAL, LEAD = "central-team-01", "target-lead-19"
TEN = london(10, 10, 10)
NEXT = QUARTER.next


def sheet(office: Office, quarter: Quarter) -> DatesSheet:
    found = office.do(dates_sheet, office.slack_ids[CENTRAL], quarter, TEN)
    assert isinstance(found, DatesSheet)
    return found


def answer(found: DatesSheet) -> DatesAnswer:
    return DatesAnswer(found.quarter, found.opens, found.due, found.board, found.focus, found.seen)


def send(office: Office, sent: DatesAnswer) -> object:
    return office.do(change_the_dates, office.slack_ids[CENTRAL], sent, TEN)


def said(found: object) -> dict[str, str]:
    assert isinstance(found, Faults), found
    return {one.field: one.named for one in found.faults}


def test_the_open_quarter_and_the_next_four_are_listed(opened: Office) -> None:
    listed = opened.do(dates_listed, opened.slack_ids[CENTRAL], TEN)
    assert isinstance(listed, DatesListed)
    assert [row.quarter for row in listed.rows] == [QUARTER.shifted(by) for by in range(5)]
    assert listed.rows[0].due == date(2008, 10, 21)
    assert not listed.rows[1].board_confirmed


def test_a_paused_quarter_says_so(opened: Office) -> None:
    opened.do(pause, opened.slack_ids[CENTRAL], QUARTER, TEN)
    listed = opened.do(dates_listed, opened.slack_ids[CENTRAL], TEN)
    assert isinstance(listed, DatesListed)
    assert listed.rows[0].paused_at == TEN


def test_dates_of_a_quarter_to_come_are_entered_and_left_to_the_settings_again(
    opened: Office,
) -> None:
    entered = replace(
        answer(sheet(opened, NEXT)),
        opens=date(2009, 1, 5),
        due=date(2009, 1, 26),
        board=date(2009, 2, 25),
    )
    assert isinstance(send(opened, entered), DatesListed)
    calendar = opened.do(cycle.of, NEXT).calendar
    assert (calendar.opens, calendar.due, calendar.board) == (
        entered.opens,
        entered.due,
        entered.board,
    )
    assert calendar.board_confirmed
    cleared = replace(answer(sheet(opened, NEXT)), opens=None, due=None, board=None)
    send(opened, cleared)
    calendar = opened.do(cycle.of, NEXT).calendar
    assert (calendar.due, calendar.board_confirmed) == (date(2009, 1, 21), False)
    assert len(opened.audited("set dates")) == 2


def test_dates_that_cannot_work_are_said_each_at_its_field(opened: Office) -> None:
    sent = replace(
        answer(sheet(opened, NEXT)),
        opens=date(2008, 12, 30),
        due=date(2009, 1, 24),
        board=date(2009, 1, 28),
    )
    found = said(send(opened, sent))
    assert "Open its window on Thursday 1 January 2009 or later" in found["opens"]
    assert "not a working day" in found["due"]
    assert "comes too early" in found["board"]
    assert opened.audited("set dates") == []


def test_changing_the_due_day_of_an_open_window_does_not_confirm_its_board(opened: Office) -> None:
    sent = replace(answer(sheet(opened, QUARTER)), due=date(2008, 10, 24))
    assert isinstance(send(opened, sent), DatesListed)
    calendar = opened.do(cycle.of, QUARTER).calendar
    assert (calendar.due, calendar.board_confirmed) == (date(2008, 10, 24), False)
    assert opened.told("dates_changed") == opened.told("returns_requested")


def test_the_board_of_a_closed_window_can_still_move(opened: Office) -> None:
    opened.tick(CLOSES)
    found = sheet(opened, QUARTER)
    assert (found.opened, found.closed) == (True, True)
    send(opened, replace(answer(found), due=None, board=date(2008, 11, 26)))
    assert opened.do(cycle.of, QUARTER).calendar.board == date(2008, 11, 26)


def test_one_block_is_in_focus_in_a_quarter(opened: Office) -> None:
    first, second, *_ = (one.number for one in opened.do(organisation.blocks))
    send(opened, replace(answer(sheet(opened, NEXT)), focus=first))
    send(opened, replace(answer(sheet(opened, NEXT)), focus=second))
    assert opened.do(organisation.focus)[NEXT] == second
    send(opened, replace(answer(sheet(opened, NEXT)), focus=None))
    assert NEXT not in opened.do(organisation.focus)
    gone = send(opened, replace(answer(sheet(opened, NEXT)), focus=9_999))
    assert isinstance(gone, Faults)
    assert [(one.field, one.code) for one in gone.faults] == [("focus", Amiss.GONE)]
    assert len(opened.audited("set block in focus")) == 3


def test_dates_changed_meanwhile_are_not_written_over(opened: Office) -> None:
    early = answer(sheet(opened, NEXT))
    send(opened, replace(early, board=date(2009, 2, 25)))
    late = send(opened, replace(early, board=date(2009, 3, 4)))
    assert isinstance(late, Faults)
    assert late.faults[0].code is Amiss.CHANGED_MEANWHILE


def test_a_published_quarter_is_past_changing(escalated: Office) -> None:
    for instant in (*SPONSORS_REMINDED, MANAGER_TOLD, PREVIEW, PACK):
        escalated.tick(instant)
    central = escalated.slack_ids[CENTRAL]
    assert escalated.do(dates_sheet, central, QUARTER, PACK) == OutOfDate()
    sent = DatesAnswer(QUARTER, None, None, date(2008, 12, 3), None, "")
    assert escalated.do(change_the_dates, central, sent, PACK) == OutOfDate()


def test_only_the_central_team_sees_and_changes_dates(opened: Office) -> None:
    lead = opened.slack_ids[LEAD]
    assert isinstance(opened.do(dates_listed, lead, TEN), Refused)
    assert isinstance(opened.do(dates_sheet, lead, NEXT, TEN), Refused)
    sent = DatesAnswer(NEXT, None, None, None, None, "")
    assert isinstance(opened.do(change_the_dates, lead, sent, TEN), Refused)
