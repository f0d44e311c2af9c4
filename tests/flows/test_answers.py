"""Private answers: how a quarter stands, one target, the dates, escalations."""

from datetime import timedelta

import pytest

from flows import answers, target_answer
from messages.notices.answers import EscalationsAnswer, StatusAnswer, TargetAnswer
from messages.notices.refusals import OutOfDate, Refused, TargetUnknown
from rules.vocabulary import EscalationEvent, QuarterState, Status
from tests.flows.office import SECOND_DAY, SILENT, Office
from tests.sample import BOARD, CLOSES, QUARTER, RUN, london

CENTRAL = "central-team-01"


def standing(office: Office, partnership: str = "") -> StatusAnswer:
    slack_id = office.slack_ids[CENTRAL]
    found = office.do(answers.status, slack_id, None, partnership, SECOND_DAY)
    assert isinstance(found, StatusAnswer)
    return found


def test_the_status_says_who_still_owes_by_partnership(almost_in: Office) -> None:
    found = standing(almost_in)
    assert dict(found.counts) == {"reported": 37, "missing": 3}
    owed = {line.ref for partnership in found.outstanding for line in partnership.targets}
    assert owed == set(SILENT)
    assert found.state is QuarterState.OPEN


@pytest.mark.parametrize("words", ["spatial", "Spatial Planning"])
def test_the_status_can_be_of_one_partnership(almost_in: Office, words: str) -> None:
    found = standing(almost_in, words)
    assert {line.ref for one in found.outstanding for line in one.targets} == set(SILENT[1:])


def test_a_lead_may_not_ask_for_the_status(opened: Office) -> None:
    slack_id = opened.slack_ids["target-lead-03"]
    refused = opened.do(answers.status, slack_id, None, "", SECOND_DAY)
    assert isinstance(refused, Refused)
    assert len(opened.audited("refused")) == 1


def target(office: Office, label: str, ref: str) -> object:
    return office.do(target_answer.target, office.slack_ids[label], ref, None, SECOND_DAY)


def test_a_target_can_be_reported_from_its_answer_by_who_may(opened: Office) -> None:
    for label, may in (("target-lead-19", True), ("performance-lead-ede", True), ("sponsor-09", 0)):
        found = target(opened, label, "laa2-ni154")
        assert isinstance(found, TargetAnswer)
        assert found.can_report is bool(may)


def test_until_the_close_only_those_involved_see_what_was_reported(almost_in: Office) -> None:
    lead = target(almost_in, "target-lead-06", "LAA1-06")
    board = target(almost_in, "psb-chair-01", "LAA1-06")
    assert isinstance(lead, TargetAnswer)
    assert isinstance(board, TargetAnswer)
    assert [line.quarter for line in lead.quarters] == [QUARTER, QUARTER.previous]
    assert [line.quarter for line in board.quarters] == [QUARTER.previous]
    assert (lead.cause, board.cause) == ("Illustrative cause for LAA1-06", "")
    assert (len(lead.actions), len(board.actions)) == (1, 0)


def test_after_the_close_everyone_sees_it(escalated: Office) -> None:
    found = target(escalated, "psb-chair-01", "LAA1-06")
    assert isinstance(found, TargetAnswer)
    assert found.quarters[0].status is Status.RED
    assert found.can_report is False


def test_a_government_officer_does_not_see_a_target(escalated: Office) -> None:
    assert isinstance(target(escalated, "go-contact-01", "LAA1-06"), Refused)


def test_a_slip_of_the_finger_is_answered_with_what_is_near(opened: Office) -> None:
    found = target(opened, "target-lead-19", "LAA2-N154")
    assert isinstance(found, TargetUnknown)
    assert "LAA2-NI154" in found.near
    nothing = target(opened, "target-lead-19", "£$%")
    assert nothing == TargetUnknown("£$%")


def test_a_sponsor_opens_the_target_of_an_escalation(escalated: Office) -> None:
    number = escalated.numbers["LAA2-NI154"]
    slack_id = escalated.slack_ids["sponsor-09"]
    found = escalated.do(target_answer.target_numbered, slack_id, number, QUARTER, RUN)
    assert isinstance(found, TargetAnswer)
    assert (found.ref, found.escalation) == ("LAA2-NI154", EscalationEvent.NEW)
    gone = escalated.do(target_answer.target_numbered, slack_id, 9_999, QUARTER, RUN)
    assert gone == OutOfDate()


def test_the_calendar_is_for_everybody_and_says_what_is_only_suggested(opened: Office) -> None:
    found = opened.do(answers.calendar, None, SECOND_DAY)
    assert found.quarter == QUARTER
    assert found.rows[0][1] == QUARTER.next.start
    assert found.rows[-1][1] == BOARD
    assert not found.board_confirmed


def test_the_escalations_are_listed_once_the_run_is_made(opened: Office, escalated: Office) -> None:
    for office, count in ((opened, 0), (escalated, 12)):
        slack_id = office.slack_ids["laa-manager-01"]
        found = office.do(answers.escalations, slack_id, QUARTER, RUN)
        assert isinstance(found, EscalationsAnswer)
        assert len(found.targets) == count


def test_without_a_quarter_the_latest_opened_is_meant(prepared: Office, opened: Office) -> None:
    assert prepared.do(answers.current_quarter, london(9, 30)) == QUARTER.previous
    later = CLOSES + timedelta(days=100)
    assert opened.do(answers.current_quarter, later) == QUARTER


def test_help_shows_each_what_they_may(opened: Office) -> None:
    for label, runs in ((CENTRAL, True), ("laa-manager-01", True), ("target-lead-03", False)):
        found = opened.do(answers.help_, opened.slack_ids[label], "/laa", "remindme", SECOND_DAY)
        assert (found.can_run_cycle, found.topic) == (runs, "remindme")
