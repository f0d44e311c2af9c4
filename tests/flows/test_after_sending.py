"""A return that is in is accepted, sent back, locked and reopened, each once and with a trace."""

from datetime import datetime, timedelta

import pytest

from flows import moving, return_history, returns_list, target_answer
from flows.accepting import accept_all
from flows.answers import status
from flows.close_window import close_window
from flows.moving import Named, ReasonMissing
from flows.report_target import Opened, Problems, open_sheet
from flows.submit_return import Submitted
from messages.notices.answers import StatusAnswer, TargetAnswer
from messages.notices.checking import (
    AllAccepted,
    ReturnHistory,
    ReturnMoved,
    ReturnMovedSince,
    ReturnsListed,
)
from messages.notices.moves import ReturnSentBack, ReturnsToAccept
from messages.notices.refusals import OutOfDate, QuarterNotOpen, Refused, ReturnStands
from messages.notices.returns import ReturnsRequested
from rules.commentary import Problem, ProblemCode
from rules.lifecycle import Move
from rules.vocabulary import ReturnState, Status
from store import returns, settings
from tests.flows.office import SECOND_DAY, Office
from tests.sample import CLOSES, OPENS, PACK, QUARTER, RUN, commentary_step, figure_step, london

REF, LEAD = "LAA2-NI154", "target-lead-19"
CHECKER, CENTRAL = "performance-lead-ede", "central-team-01"
THIRD_DAY = london(10, 3, 10)
AFTER = CLOSES + timedelta(hours=1)
WHY = "The figure is that of the last quarter."


def move(  # a press has this many sides
    office: Office,
    label: str,
    what: Move,
    why: str = "",
    *,
    ref: str = REF,
    version: int = 1,
    now: datetime = THIRD_DAY,
) -> object:
    named = Named(office.numbers[ref], QUARTER, version)
    return office.do(moving.move_on, office.slack_ids[label], what, named, why, now)


def again(office: Office, now: datetime, label: str = LEAD, why: str = "") -> object:
    """Somebody sends the return once more."""
    part = office.parts[REF]
    office.figure(label, REF, now, figure_step(part))
    answer = commentary_step(part)
    answer = type(answer)(**{**{n: getattr(answer, n) for n in answer.__slots__}, "why": why})
    return office.commentary(label, REF, now, answer, f"again {label} {now}")


def opens(office: Office, label: str, now: datetime) -> object:
    return office.do(open_sheet, office.slack_ids[label], office.numbers[REF], QUARTER, now)


@pytest.fixture
def reported(opened: Office) -> Office:
    opened.report(REF, SECOND_DAY)
    return opened


@pytest.mark.parametrize("label", [CHECKER, CENTRAL])
def test_the_performance_lead_and_the_central_team_accept_and_a_second_press_is_told_so(
    reported: Office, label: str
) -> None:
    done = move(reported, label, Move.ACCEPT)
    assert isinstance(done, ReturnMoved)
    assert reported.record(REF).state is ReturnState.ACCEPTED
    twice = move(reported, CENTRAL, Move.ACCEPT, now=THIRD_DAY + timedelta(hours=1))
    assert isinstance(twice, ReturnStands)
    assert (twice.by, twice.at) == (reported.people[label], THIRD_DAY)
    assert len(reported.audited("accept return")) == 1


@pytest.mark.parametrize(
    ("label", "what"),
    [
        (LEAD, Move.ACCEPT),
        (LEAD, Move.SEND_BACK),
        ("sponsor-09", Move.ACCEPT),
        ("performance-lead-cyp", Move.SEND_BACK),
        ("laa-manager-01", Move.ACCEPT),
        (CHECKER, Move.LOCK),
        (CHECKER, Move.REOPEN),
    ],
)
def test_whoever_may_not_is_refused_and_that_is_audited(
    reported: Office, label: str, what: Move
) -> None:
    refused = move(reported, label, what, WHY)
    assert isinstance(refused, Refused)
    assert "CENTRAL_TEAM" in refused.who_can
    assert reported.record(REF).state is ReturnState.SUBMITTED
    assert len(reported.audited("refused")) == 1


def test_a_return_is_sent_back_with_a_reason_and_counts_as_missing(reported: Office) -> None:
    assert move(reported, CHECKER, Move.SEND_BACK, "  ") == ReasonMissing()
    assert reported.keys("return_sent_back") == []
    done = move(reported, CHECKER, Move.SEND_BACK, WHY)
    assert isinstance(done, ReturnMoved)
    assert done.told == (reported.people[LEAD],)
    assert reported.record(REF).state is ReturnState.SENT_BACK
    (key,) = reported.keys("return_sent_back")
    told = reported.said(key)
    assert isinstance(told, ReturnSentBack)
    assert (told.why, told.closes, told.reopened) == (WHY, CLOSES, False)
    asked = reported.said(f"request:2008/09 Q2:person {reported.people[LEAD]}")
    assert isinstance(asked, ReturnsRequested)
    assert [target.done for target in asked.targets] == [None, None]
    reported.tick(london(10, 14))
    reminded = reported.said(f"remind:2008/09 Q2:due-5:person {reported.people[LEAD]}")
    assert REF in str(reminded)


def test_the_form_opens_with_the_reason_and_with_what_was_said(reported: Office) -> None:
    move(reported, CHECKER, Move.SEND_BACK, WHY)
    found = opens(reported, LEAD, THIRD_DAY)
    assert isinstance(found, Opened)
    assert found.sheet.back is not None
    assert (found.sheet.back.why, found.sheet.back.by) == (WHY, reported.people[CHECKER])
    assert found.typed is not None
    assert found.typed.figure == "1000"


def test_sent_in_again_it_is_a_version_that_says_why(reported: Office) -> None:
    move(reported, CHECKER, Move.SEND_BACK, WHY)
    assert isinstance(again(reported, THIRD_DAY + timedelta(hours=1)), Submitted)
    kept = reported.record(REF)
    assert (kept.version, kept.state, kept.why, kept.late) == (
        2,
        ReturnState.SUBMITTED,
        WHY,
        False,
    )


def test_a_button_of_an_earlier_version_does_nothing(reported: Office) -> None:
    again(reported, THIRD_DAY)
    since = move(reported, CHECKER, Move.ACCEPT, now=THIRD_DAY + timedelta(hours=1))
    assert isinstance(since, ReturnMovedSince)
    assert (since.state, since.by) == (ReturnState.SUBMITTED, reported.people[LEAD])
    assert reported.record(REF).state is ReturnState.SUBMITTED
    assert move(reported, CHECKER, Move.ACCEPT, version=7) == OutOfDate()


def test_a_second_press_at_what_was_sent_back_says_who_and_why(reported: Office) -> None:
    move(reported, CHECKER, Move.SEND_BACK, WHY)
    twice = move(reported, CENTRAL, Move.SEND_BACK, "Mine")
    assert isinstance(twice, ReturnMovedSince)
    assert (twice.by, twice.why) == (reported.people[CHECKER], WHY)
    assert len(reported.keys("return_sent_back")) == 1


def test_what_was_accepted_is_changed_by_nobody_until_it_is_reopened(reported: Office) -> None:
    move(reported, CHECKER, Move.ACCEPT)
    for label in (LEAD, CHECKER, CENTRAL):
        assert isinstance(opens(reported, label, THIRD_DAY), ReturnStands)
        assert isinstance(again(reported, THIRD_DAY, label), ReturnStands)
    assert isinstance(move(reported, CENTRAL, Move.LOCK), ReturnMoved)
    assert reported.record(REF).state is ReturnState.LOCKED
    assert isinstance(move(reported, CENTRAL, Move.REOPEN, WHY), ReturnMoved)
    assert isinstance(opens(reported, LEAD, THIRD_DAY), Opened)
    (key,) = reported.keys("return_sent_back")
    told = reported.said(key)
    assert isinstance(told, ReturnSentBack)
    assert told.reopened


def test_a_change_by_somebody_else_needs_a_reason_and_the_leads_own_does_not(
    reported: Office,
) -> None:
    problems = again(reported, THIRD_DAY, CENTRAL)
    assert isinstance(problems, Problems)
    assert problems.problems == (Problem(ProblemCode.REASON_REQUIRED, "why"),)
    assert isinstance(again(reported, THIRD_DAY, CENTRAL, "A slip of the keyboard."), Submitted)
    kept = reported.record(REF)
    assert (kept.why, kept.on_behalf_of) == ("A slip of the keyboard.", reported.people[LEAD])
    assert isinstance(again(reported, THIRD_DAY + timedelta(hours=1)), Submitted)
    assert reported.record(REF).why == "Changed by its lead before the close"


def test_sent_back_and_left_it_has_lapsed_at_the_close_with_what_was_said_kept(
    reported: Office,
) -> None:
    move(reported, CHECKER, Move.SEND_BACK, WHY)
    reported.tick(CLOSES)
    kept = reported.record(REF)
    assert (kept.version, kept.state, kept.status) == (2, ReturnState.LAPSED, Status.NOT_SUBMITTED)
    first, _ = reported.do(returns.versions, reported.numbers[REF], QUARTER)
    assert (first.state, str(first.actual)) == (ReturnState.SENT_BACK, "1000")
    found = opens(reported, CENTRAL, AFTER)
    assert isinstance(found, Opened)
    assert found.typed is not None
    assert found.typed.figure == "1000"


def test_after_the_close_only_the_central_team_lets_a_return_be_changed(reported: Office) -> None:
    reported.tick(CLOSES)
    assert isinstance(move(reported, CHECKER, Move.SEND_BACK, WHY, now=AFTER), Refused)
    assert isinstance(opens(reported, LEAD, AFTER), ReturnStands)
    done = move(reported, CENTRAL, Move.SEND_BACK, WHY, now=AFTER)
    assert isinstance(done, ReturnMoved)
    assert done.move is Move.REOPEN
    assert isinstance(again(reported, AFTER), Submitted)
    kept = reported.record(REF)
    assert (kept.version, kept.late, kept.why) == (2, False, WHY)


def test_what_was_reopened_and_left_stands_at_the_freeze(escalated: Office) -> None:
    move(escalated, CENTRAL, Move.REOPEN, WHY, now=RUN)
    escalated.tick(PACK)
    assert escalated.record(REF).state is ReturnState.LOCKED
    late = move(escalated, CENTRAL, Move.REOPEN, WHY, now=PACK + timedelta(hours=1))
    assert late == QuarterNotOpen(QUARTER, closed=CLOSES, frozen=PACK.date())
    assert opens(escalated, LEAD, PACK + timedelta(hours=1)) == late


def test_at_the_freeze_everything_is_locked_or_lapsed(escalated: Office) -> None:
    escalated.tick(PACK)
    states = {one.state for one in escalated.do(returns.in_quarter, QUARTER).values()}
    assert states <= {ReturnState.LOCKED, ReturnState.LAPSED}


def test_where_people_accept_by_hand_the_central_team_gets_the_list_and_accepts_it(
    almost_in: Office,
) -> None:
    almost_in.do(settings.change, "accept_by_hand", "yes", None, OPENS)
    almost_in.tick(CLOSES)
    told = almost_in.said("to-accept:2008/09 Q2")
    assert isinstance(told, ReturnsToAccept)
    assert len(told.waiting) == 37
    move(almost_in, CENTRAL, Move.ACCEPT, ref="LAA1-06", now=AFTER)
    told = almost_in.said("to-accept:2008/09 Q2")
    assert isinstance(told, ReturnsToAccept)
    assert "LAA1-06" not in {line.ref for line in told.waiting}
    who = almost_in.slack_ids[CENTRAL]
    done = almost_in.do(accept_all, who, QUARTER, AFTER)
    assert isinstance(done, AllAccepted)
    assert done.number == 36
    twice = almost_in.do(accept_all, almost_in.slack_ids["central-team-02"], QUARTER, RUN)
    assert twice == AllAccepted(QUARTER, 0, almost_in.people[CENTRAL], AFTER)
    refused = almost_in.do(accept_all, almost_in.slack_ids[LEAD], QUARTER, AFTER)
    assert isinstance(refused, Refused)


def test_a_performance_lead_accepts_all_of_their_own_block_and_no_more(almost_in: Office) -> None:
    done = almost_in.do(accept_all, almost_in.slack_ids[CHECKER], QUARTER, THIRD_DAY)
    assert isinstance(done, AllAccepted)
    kept = almost_in.do(returns.in_quarter, QUARTER).values()
    accepted = [one for one in kept if one.state is ReturnState.ACCEPTED and one.submitted_by]
    assert len(accepted) == done.number
    assert almost_in.record("LAA2-NI155").state is ReturnState.ACCEPTED
    assert almost_in.record("LAA1-06").state is ReturnState.SUBMITTED


def test_closed_by_rule_there_is_no_list(almost_in: Office) -> None:
    almost_in.do(close_window, QUARTER, CLOSES, due_at=CLOSES)
    assert almost_in.keys("returns_to_accept") == []


def test_the_history_shows_every_version_with_who_when_and_why(reported: Office) -> None:
    move(reported, CHECKER, Move.SEND_BACK, WHY)
    again(reported, THIRD_DAY + timedelta(hours=1))
    now = THIRD_DAY + timedelta(hours=2)
    found = reported.do(return_history.history, reported.slack_ids[LEAD], REF, None, now)
    assert isinstance(found, ReturnHistory)
    first, second = found.versions
    assert (first.by, first.state, second.why, second.counts) == (
        reported.people[LEAD],
        ReturnState.SENT_BACK,
        WHY,
        True,
    )
    (back,) = first.moves
    assert (back.by, back.at, back.why) == (reported.people[CHECKER], THIRD_DAY, WHY)


def test_of_the_history_others_see_what_is_accepted_alone(reported: Office) -> None:
    member = reported.slack_ids["psb-member-01"]
    found = reported.do(return_history.history, member, REF, None, THIRD_DAY)
    assert isinstance(found, ReturnHistory)
    assert (found.versions, found.whole) == ((), False)
    move(reported, CHECKER, Move.ACCEPT)
    found = reported.do(return_history.history, member, REF, None, THIRD_DAY)
    assert isinstance(found, ReturnHistory)
    assert [one.version for one in found.versions] == [1]
    stranger = reported.slack_ids["go-contact-01"]
    refused = reported.do(return_history.history, stranger, REF, None, THIRD_DAY)
    assert isinstance(refused, Refused)


def test_the_target_shows_each_reader_what_they_may_do(reported: Office) -> None:
    def buttons(label: str, now: datetime = THIRD_DAY) -> tuple[Move, ...]:
        who = reported.slack_ids[label]
        found = reported.do(target_answer.target, who, REF, None, now)
        assert isinstance(found, TargetAnswer)
        return found.moves

    assert buttons(LEAD) == ()
    assert buttons(CHECKER) == (Move.ACCEPT, Move.SEND_BACK)
    reported.tick(CLOSES)
    assert buttons(CHECKER, AFTER) == ()
    assert buttons(CENTRAL, AFTER) == (Move.LOCK, Move.REOPEN)


def test_the_list_shows_what_waits_in_ones_own_block(almost_in: Office) -> None:
    move(almost_in, CENTRAL, Move.SEND_BACK, WHY, ref="LAA2-NI155")
    mine = almost_in.do(returns_list.listed, almost_in.slack_ids[CHECKER], None, THIRD_DAY)
    assert isinstance(mine, ReturnsListed)
    assert [line.ref for line in mine.sent_back] == ["LAA2-NI155"]
    assert mine.blocks == ("Economic Development and Enterprise",)
    whole = almost_in.do(returns_list.listed, almost_in.slack_ids[CENTRAL], None, THIRD_DAY)
    assert isinstance(whole, ReturnsListed)
    assert len(whole.waiting) + whole.more == 36
    lead = almost_in.do(returns_list.listed, almost_in.slack_ids[LEAD], None, THIRD_DAY)
    assert isinstance(lead, Refused)


def test_the_status_counts_by_state(reported: Office) -> None:
    reported.report("LAA2-NI155", SECOND_DAY)
    reported.report("LAA1-06", SECOND_DAY)
    move(reported, CHECKER, Move.SEND_BACK, WHY)
    move(reported, CHECKER, Move.ACCEPT, ref="LAA2-NI155")
    never = reported.parts["LAA1-03"]
    reported.figure(never.lead or "", "LAA1-03", SECOND_DAY, figure_step(never))
    found = reported.do(status, reported.slack_ids[CENTRAL], None, "", THIRD_DAY)
    assert isinstance(found, StatusAnswer)
    assert dict(found.counts) == {"reported": 2, "missing": 38}
    assert dict(found.among) == {"accepted": 1, "sent_back": 1, "drafts": 1}
