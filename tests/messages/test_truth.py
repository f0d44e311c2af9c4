"""Messages say what is so: whose place one takes, what moved, what is not known yet."""

import re
from dataclasses import replace
from datetime import date

import pytest

from messages.gallery import Roles
from messages.notices import KINDS
from messages.notices.answers import (
    CalendarAnswer,
    DigestPosted,
    EscalationsAnswer,
    Help,
    Opened,
    StatusAnswer,
)
from messages.notices.digest import ActionCount, DigestEscalations, DigestFollowUp, DigestParent
from messages.notices.escalations import LeadToldOfEscalation
from messages.notices.home import Home
from messages.notices.home_parts import ToDo
from messages.notices.returns import ReturnsOverdue
from messages.notices.returns import ReturnsStillMissing as StillMissing
from messages.notices.samples import DUE, QUARTER, exams, housing
from messages.notices.window import DatesChanged, WindowOpened
from messages.values import unpack_target
from rules.vocabulary import ActionState, EscalationEvent, QuarterState, Status
from tests.messages.test_states import ESCALATED, VOICE, said


def test_whoever_answers_in_a_leads_place_is_not_told_that_they_lead() -> None:
    unled = replace(exams(), in_place=True)
    assert (
        "You get this because you lead LAA1-03. You also answer for LAA1-04 as performance lead: "
        "no lead is recorded."
    ) in said(replace(StillMissing.example(), targets=(housing(), unled)))
    overdue = said(replace(ReturnsOverdue.example(), targets=(unled,)))
    assert "You get this because you answer for LAA1-04 as performance lead" in overdue
    assert "the performance lead is told next" not in overdue


def test_the_central_team_reads_which_targets_nobody_was_asked_for() -> None:
    opened = WindowOpened.example()
    assert "has no lead, so the performance lead was asked:" in said(opened)
    assert "nobody was asked" not in said(opened)
    alone = replace(opened.without_lead[0], in_place=None)
    words = said(replace(opened, without_lead=(alone,)))
    assert "has neither a lead nor a performance lead, so nobody was asked:" in words


def test_of_new_dates_only_what_moved_is_said() -> None:
    both = DatesChanged.example()
    assert said(both).startswith("New dates for July to September 2008: returns are due Tuesday")
    due = said(replace(both, board_moved=False))
    assert "The board" not in due
    assert "Reminders follow the new date." in due
    board = said(replace(both, due_moved=False))
    assert board.startswith(
        "A new date for July to September 2008: the board meets on Wednesday 19 November\n"
        "The day returns are due has not moved."
    )
    assert "Reminders" not in board
    card = said(replace(both, due_moved=False, escalated=("LAA1-06",)))
    assert "because LAA1-06 is escalated, and the report card goes to that board." in card
    assert "a return this quarter" not in card


EARLIER = Home(
    QUARTER,
    DUE,
    left=2,
    waiting=2,
    todos=(
        ToDo(QUARTER, DUE, (housing(Status.AMBER), exams()), (ESCALATED,)),
        ToDo(QUARTER.previous, date(2008, 7, 21), (housing(),), (ESCALATED,)),
    ),
)


def test_a_list_of_two_quarters_counts_both_and_names_each() -> None:
    words = said(EARLIER)
    assert words.startswith("2 targets to report, 2 escalations to acknowledge\n")
    assert "For July to September 2008, to report by Tuesday 21 October 2008" in words
    assert "For April to June 2008, to report by Monday 21 July 2008" in words
    assert "Nothing" not in words


def test_a_button_of_an_earlier_quarter_is_for_that_quarter() -> None:
    found = [
        button["value"]
        for payload in VOICE.say(EARLIER, Roles())
        for block in payload.blocks
        for button in [block.get("accessory")]
        if button
    ]
    assert [unpack_target(value) for value in found] == [
        (3, QUARTER),
        (4, QUARTER),
        (3, QUARTER.previous),
    ]


def test_what_is_not_worked_out_yet_is_not_said_to_be_none() -> None:
    for notice in (
        EscalationsAnswer(QUARTER, (), DUE, worked_out=False, run_on=date(2008, 10, 29)),
        DigestEscalations(QUARTER, (), (), (), (), preview=True, run_on=date(2008, 10, 29)),
        replace(DigestParent.example(), escalated=0, preview=True, run_on=date(2008, 10, 29)),
    ):
        words = said(notice)
        assert "Wednesday 29 October" in words
        assert "No target" not in words
        assert "Escalations: none" not in words


def test_an_escalation_that_is_over_does_not_wait_for_anybody() -> None:
    over = replace(ESCALATED, event=EscalationEvent.RESOLVED, status=Status.GREEN)
    words = said(EscalationsAnswer(QUARTER, (ESCALATED, over), DUE))
    assert words.startswith("1 target escalated for July to September 2008; 1 to acknowledge")
    assert "; over, the target is green again." in words
    alone = said(EscalationsAnswer(QUARTER, (over,), DUE))
    assert alone.startswith("No target escalated for July to September 2008\n")
    assert "Report cards" not in alone


def test_the_board_reads_whether_an_escalation_was_resolved_or_withdrawn() -> None:
    withdrawn = replace(ESCALATED, event=EscalationEvent.WITHDRAWN)
    words = said(DigestEscalations(QUARTER, (), (), (withdrawn,), ()))
    assert "Escalations, Q2 2008/09: 1 over\n" in words
    assert "withdrawn" in words
    assert "Resolved" not in words


def test_the_status_of_a_window_that_is_not_open_names_no_debtors() -> None:
    shut = replace(StatusAnswer.example(), opened=False, outstanding=(), colours=())
    coming = said(replace(shut, opens=date(2008, 10, 1)))
    assert coming.startswith("The window for July to September 2008 opens on Wednesday 1 October")
    never = said(shut)
    assert never.startswith("The window for July to September 2008 has not been opened")
    for words in (coming, never):
        assert "outstanding" not in words
        assert "reported" not in words


def test_a_status_of_one_partnership_says_so() -> None:
    one = replace(StatusAnswer.example(), partnerships=("Children's Trust",))
    assert "This is of Children's Trust only." in said(one)
    assert "still owes 3 returns" in said(one)
    assert "did not send 3 returns" in said(replace(one, state=QuarterState.CLOSED))


def test_dates_that_went_by_are_not_said_to_come() -> None:
    words = said(replace(CalendarAnswer.example(), gone_by=True))
    assert "No window was opened here, and these dates are past." in words
    assert "suggestion" not in words


def test_actions_that_were_dropped_are_not_said_to_be_done() -> None:
    counted = replace(DigestParent.example(), actions=ActionCount(4, 2, 1, 0, dropped=3))
    assert "4 done, 3 dropped, 2 overdue" in said(counted)


def test_who_follows_a_quarter_is_not_offered_what_only_the_central_team_may() -> None:
    manager = said(Help("/laa", can_run_cycle=True, can_open=False))
    assert "/laa digest preview" in manager
    for word in ("/laa open", "/laa digest post"):
        assert word not in manager
        assert word in said(Help("/laa", can_run_cycle=True))


def test_a_window_that_was_opened_before_is_not_said_to_take_returns() -> None:
    already = replace(Opened.example(), already=True)
    assert said(already).startswith("The window for July to September 2008 is open already\n")
    over = said(replace(already, state=QuarterState.PUBLISHED))
    assert over.startswith(
        "The window for July to September 2008 was opened before, and the quarter is published\n"
    )
    assert "Returns are due" not in over


def test_a_digest_posted_before_counts_no_parts() -> None:
    words = said(DigestPosted(QUARTER, 0, already=True))
    assert "Nothing was sent again." in words
    assert "0 parts" not in words


def test_a_third_poor_quarter_is_not_called_the_second() -> None:
    third = replace(ESCALATED, event=EscalationEvent.CONTINUING, streak=3)
    words = said(replace(LeadToldOfEscalation.example(), targets=(third,)))
    assert "in two reported quarters running, or more" in words


def test_a_dropped_action_is_not_chased_for_news() -> None:
    dropped = replace(DigestFollowUp.example().actions[1], state=ActionState.DROPPED)
    assert "No update" not in said(DigestFollowUp(QUARTER, (dropped,)))
    open_still = replace(dropped, state=ActionState.OPEN)
    assert "No update." in said(DigestFollowUp(QUARTER, (open_still,)))


@pytest.mark.parametrize("kind", KINDS)
def test_sentences_stand_apart(kind: str) -> None:
    assert not re.search(r"[a-z0-9][.;][A-Z]", said(KINDS[kind].example()))
