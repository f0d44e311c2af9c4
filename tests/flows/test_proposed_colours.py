"""Another colour than the computed one: worse holds at once, better waits for the central team."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from flows.board_date import set_board
from flows.decide_colour import Decided, agree, keep_computed, may_decide
from flows.propose import proposed_key
from flows.report_target import FigureTaken, Problems
from flows.submit_return import Submitted
from messages.notices.proposals import ColourDecided, ColourProposed
from messages.notices.refusals import (
    ColourAlreadyDecided,
    ColourTooLate,
    OutOfDate,
    PersonUnknown,
    Refused,
)
from messages.notices.returns import ReturnReceived, ReturnsRequested
from rules.answers import ActionAnswer, CommentaryAnswer, FigureAnswer
from rules.quarters import Quarter
from rules.vocabulary import ProposalState, ReturnState, Status, StatusBasis, StatusReason
from store import proposals
from store.proposals import ProposalRecord
from tests.flows.office import SECOND_DAY, Office
from tests.sample import CLOSES, PACK, QUARTER, RUN, commentary_step

REF, LEAD, CENTRAL = "LAA2-NI154", "target-lead-19", "central-team-01"
LATER = SECOND_DAY + timedelta(hours=3)
WHY = "They count next quarter."
Decide = Callable[[Session, str, int, Quarter, datetime], object]
REASON = "Twelve homes were finished on the last day."


def report(office: Office, figure: str, answer: CommentaryAnswer, form: str = "V1") -> object:
    first = FigureAnswer(figure, source="Register", as_at=QUARTER.end, quality_confirmed=True)
    office.figure(LEAD, REF, SECOND_DAY, first)
    return office.commentary(LEAD, REF, SECOND_DAY, answer, form)


def amber_as(office: Office, proposed: Status, reason: str = REASON) -> CommentaryAnswer:
    whole = commentary_step(office.parts[REF])
    return replace(whole, proposed=proposed, proposed_reason=reason)


def waiting(office: Office) -> ProposalRecord:
    (found,) = office.do(proposals.waiting, office.numbers[REF], QUARTER)
    return found


def decline(
    session: Session, slack_id: str, number: int, quarter: Quarter, now: datetime
) -> object:
    return keep_computed(session, slack_id, number, quarter, WHY, now)


def decide(office: Office, flow: Decide, label: str, now: datetime) -> object:
    return office.do(flow, office.slack_ids[label], waiting(office).number, QUARTER, now)


@pytest.fixture
def proposed(opened: Office) -> Office:
    """An amber target for which green is proposed."""
    assert isinstance(report(opened, "1100", amber_as(opened, Status.GREEN)), Submitted)
    return opened


def test_a_worse_colour_holds_at_once_beside_the_computed_one(opened: Office) -> None:
    sent = report(opened, "1100", amber_as(opened, Status.RED))
    assert isinstance(sent, Submitted)
    assert sent.status is Status.RED
    kept = opened.record(REF)
    assert (kept.status, kept.computed_status) == (Status.RED, Status.AMBER)
    assert kept.basis is StatusBasis.OVERRIDE
    made = opened.do(proposals.of_version, opened.numbers[REF], QUARTER, 1)
    assert made is not None
    assert (made.state, made.reason) == (ProposalState.TAKEN, REASON)
    assert opened.keys("colour_proposed") == []


def test_a_worse_colour_for_a_green_target_needs_what_red_needs(opened: Office) -> None:
    bare = CommentaryAnswer(
        risks_reviewed=True, proposed=Status.RED, proposed_reason="The count is of plans."
    )
    found = report(opened, "1200", bare)
    assert isinstance(found, Problems)
    assert [problem.field for problem in found.problems] == ["cause", "action.0.text"]
    assert found.step is not None
    assert found.step.needs.cause
    assert found.step.outcome.status is Status.GREEN
    assert found.step.outcome.standing is Status.RED
    whole = replace(
        bare, cause="Late.", actions=(ActionAnswer("Count anew", "lead", CLOSES.date()),)
    )
    assert isinstance(opened.commentary(LEAD, REF, SECOND_DAY, whole, "V1"), Submitted)
    assert opened.record(REF).cause == "Late."


def test_in_doubt_by_judgement_needs_why_and_its_reason_says_what(opened: Office) -> None:
    doubt = CommentaryAnswer(proposed=Status.UNCERTAIN, proposed_reason="Two counts differ.")
    found = report(opened, "1100", doubt)
    assert isinstance(found, Problems)
    assert [problem.field for problem in found.problems] == ["reason"]
    whole = replace(doubt, reason=StatusReason.BASE_DATA_DOUBT)
    assert isinstance(opened.commentary(LEAD, REF, SECOND_DAY, whole, "V1"), Submitted)
    kept = opened.record(REF)
    assert (kept.status, kept.computed_status) == (Status.UNCERTAIN, Status.AMBER)
    assert (kept.reason, kept.reason_text) == (StatusReason.BASE_DATA_DOUBT, "Two counts differ.")


def test_while_a_better_colour_waits_what_was_computed_stands_and_is_asked_for(
    opened: Office,
) -> None:
    bare = CommentaryAnswer(risks_reviewed=True, proposed=Status.GREEN, proposed_reason=REASON)
    found = report(opened, "1100", bare)
    assert isinstance(found, Problems)
    assert [problem.field for problem in found.problems] == ["cause", "action.0.text"]


def test_another_colour_without_a_reason_is_said_at_its_reason(opened: Office) -> None:
    found = report(opened, "1100", amber_as(opened, Status.GREEN, " "))
    assert isinstance(found, Problems)
    assert [problem.field for problem in found.problems] == ["proposed_reason"]


def test_what_is_not_on_offer_is_passed_over(opened: Office) -> None:
    sent = report(opened, "1100", amber_as(opened, Status.NOT_REQUIRED))
    assert isinstance(sent, Submitted)
    assert opened.record(REF).status is Status.AMBER
    assert opened.do(proposals.of_version, opened.numbers[REF], QUARTER, 1) is None


def test_the_central_channel_is_asked_and_the_lead_told_that_it_waits(proposed: Office) -> None:
    kept = proposed.record(REF)
    assert (kept.status, kept.basis) == (Status.AMBER, StatusBasis.MEASURE)
    said = proposed.said(proposed_key(QUARTER, waiting(proposed).number))
    assert isinstance(said, ColourProposed)
    assert (said.computed, said.proposed, said.reason) == (Status.AMBER, Status.GREEN, REASON)
    assert said.by == proposed.people[LEAD]
    receipt = proposed.said(f"received:2008/09 Q2:{REF}:v1:person {proposed.people[LEAD]}")
    assert isinstance(receipt, ReturnReceived)
    assert (receipt.status, receipt.waiting) == (Status.AMBER, Status.GREEN)


def test_agreed_to_the_colour_stands_in_a_version_that_says_why(proposed: Office) -> None:
    number = waiting(proposed).number
    done = decide(proposed, agree, CENTRAL, LATER)
    assert done == Decided(QUARTER, REF, "Net additional homes provided", Status.GREEN, agreed=True)
    kept = proposed.record(REF)
    assert (kept.version, kept.status, kept.computed_status) == (2, Status.GREEN, Status.AMBER)
    assert kept.basis is StatusBasis.OVERRIDE
    assert REASON in kept.why
    assert (kept.submitted_at, kept.submitted_by) == (LATER, proposed.people[LEAD])
    said = proposed.said(proposed_key(QUARTER, number))
    assert isinstance(said, ColourProposed)
    assert (said.state, said.decided_by) == (ProposalState.AGREED, proposed.people[CENTRAL])
    told = proposed.said(f"colour:2008/09 Q2:{number}:person {proposed.people[LEAD]}")
    assert isinstance(told, ColourDecided)
    assert told.agreed
    asked = proposed.said(f"request:2008/09 Q2:person {proposed.people[LEAD]}")
    assert isinstance(asked, ReturnsRequested)
    assert asked.targets[0].done is Status.GREEN
    (entry,) = proposed.audited("agree colour")
    assert entry.actor == proposed.people[CENTRAL]
    assert '"status":"AMBER"' in entry.before
    assert '"status":"GREEN"' in entry.after


def test_kept_as_computed_the_lead_hears_why_and_nothing_else_changes(proposed: Office) -> None:
    number = waiting(proposed).number
    done = decide(proposed, decline, CENTRAL, LATER)
    assert isinstance(done, Decided)
    assert proposed.record(REF).version == 1
    told = proposed.said(f"colour:2008/09 Q2:{number}:person {proposed.people[LEAD]}")
    assert isinstance(told, ColourDecided)
    assert (told.agreed, told.decision) == (False, WHY)
    said = proposed.said(proposed_key(QUARTER, number))
    assert isinstance(said, ColourProposed)
    assert said.state is ProposalState.DECLINED


@pytest.mark.parametrize("second", [agree, decline])
def test_a_second_press_says_who_decided_and_when(proposed: Office, second: Decide) -> None:
    number = waiting(proposed).number
    decide(proposed, agree, CENTRAL, LATER)
    other = proposed.slack_ids["central-team-02"]
    again = proposed.do(second, other, number, QUARTER, LATER + timedelta(hours=1))
    assert isinstance(again, ColourAlreadyDecided)
    assert (again.state, again.at) == (ProposalState.AGREED, LATER)
    assert again.by == proposed.people[CENTRAL]
    assert proposed.record(REF).version == 2
    assert len(proposed.keys("colour_decided")) == 1


def test_a_later_version_overtakes_what_waits(proposed: Office) -> None:
    number = waiting(proposed).number
    report(proposed, "1150", commentary_step(proposed.parts[REF]), "V2")
    said = proposed.said(proposed_key(QUARTER, number))
    assert isinstance(said, ColourProposed)
    assert said.state is ProposalState.OVERTAKEN
    late = proposed.do(agree, proposed.slack_ids[CENTRAL], number, QUARTER, LATER)
    assert isinstance(late, ColourAlreadyDecided)
    assert late.state is ProposalState.OVERTAKEN
    assert proposed.record(REF).version == 2


def test_a_change_of_the_return_starts_from_the_colour_proposed_before(proposed: Office) -> None:
    first = FigureAnswer("1110", source="Register", as_at=QUARTER.end, quality_confirmed=True)
    taken = proposed.figure(LEAD, REF, LATER, first)
    assert isinstance(taken, FigureTaken)
    assert taken.typed is not None
    assert (taken.typed.proposed, taken.typed.proposed_reason) == (Status.GREEN, REASON)
    assert taken.outcome.waiting is Status.GREEN
    assert taken.outcome.standing is Status.AMBER


def test_what_was_not_agreed_to_is_not_proposed_again_by_itself(proposed: Office) -> None:
    decide(proposed, decline, CENTRAL, LATER)
    first = FigureAnswer("1110", source="Register", as_at=QUARTER.end, quality_confirmed=True)
    taken = proposed.figure(LEAD, REF, LATER, first)
    assert isinstance(taken, FigureTaken)
    assert taken.outcome.waiting is None


@pytest.mark.parametrize("label", [LEAD, "performance-lead-ede", "laa-manager-01", "sponsor-09"])
@pytest.mark.parametrize("flow", [agree, may_decide])
def test_nobody_else_decides_and_who_tried_is_audited(
    proposed: Office, label: str, flow: Decide
) -> None:
    found = decide(proposed, flow, label, LATER)
    assert isinstance(found, Refused)
    (entry,) = proposed.audited("refused")
    assert entry.subject == f"AGREE_BETTER_COLOUR:{REF}"
    assert proposed.record(REF).version == 1


def test_after_the_close_it_is_still_decided(proposed: Office) -> None:
    proposed.tick(CLOSES)
    assert isinstance(decide(proposed, agree, CENTRAL, CLOSES), Decided)
    kept = proposed.record(REF)
    assert (kept.state, kept.status) == (ReturnState.ACCEPTED, Status.GREEN)


def test_once_the_pack_is_frozen_what_the_board_reads_stays(proposed: Office) -> None:
    proposed.do(set_board, proposed.slack_ids[CENTRAL], QUARTER, None, SECOND_DAY)
    for now in (CLOSES, RUN, PACK):
        proposed.tick(now)
    number = waiting(proposed).number
    late_presses: tuple[Decide, ...] = (agree, decline)
    for flow in late_presses:
        late = proposed.do(flow, proposed.slack_ids[CENTRAL], number, QUARTER, PACK)
        assert late == ColourTooLate(QUARTER, REF, "Net additional homes provided", Status.AMBER)
    assert proposed.record(REF).version == 1


def test_a_strange_number_or_person_gets_an_answer(proposed: Office) -> None:
    central = proposed.slack_ids[CENTRAL]
    assert proposed.do(agree, central, 9_999, QUARTER, LATER) == OutOfDate()
    number = waiting(proposed).number
    assert proposed.do(agree, central, number, QUARTER.previous, LATER) == OutOfDate()
    assert isinstance(proposed.do(agree, "UNOBODY", number, QUARTER, LATER), PersonUnknown)
