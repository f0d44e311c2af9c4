"""A return is reported: figure, then what its status needs, kept once and in versions."""

from dataclasses import replace
from datetime import timedelta

import pytest

from flows.report_target import FigureTaken, Opened, Problems, open_sheet
from flows.reshow import reshow
from flows.submit_return import Submitted
from messages.notices.refusals import OutOfDate, PersonUnknown, QuarterNotOpen, Refused
from messages.notices.returns import ReturnReceived, ReturnsRequested
from rules.answers import ActionAnswer, CommentaryAnswer, FigureAnswer
from rules.commentary import Problem, ProblemCode
from rules.vocabulary import ReturnState, Status, StatusBasis
from tests.flows.office import SECOND_DAY, Office
from tests.sample import CLOSES, QUARTER, commentary_step, figure_step, london

REF, LEAD = "LAA2-NI154", "target-lead-19"
RECEIPT = f"received:2008/09 Q2:{REF}:v1"


def figure(typed: str = "1000") -> FigureAnswer:
    return FigureAnswer(typed, source="Planning system", as_at=QUARTER.end, quality_confirmed=True)


def whole(office: Office) -> CommentaryAnswer:
    return commentary_step(office.parts[REF])


@pytest.mark.parametrize("typed", ["", "many", "1.000,5", "12%", "£3.5m", "1e3", "--4"])
def test_what_is_no_figure_is_said_at_the_figure(opened: Office, typed: str) -> None:
    found = opened.figure(LEAD, REF, SECOND_DAY, figure(typed))
    assert isinstance(found, Problems)
    assert found.problems == (Problem(ProblemCode.NOT_A_NUMBER, "figure"),)
    assert REF not in {entry.subject for entry in opened.audited("submit return")}


@pytest.mark.parametrize(("typed", "status"), [("1,200", "GREEN"), ("1,080", "AMBER")])
def test_a_figure_says_its_colour_before_anything_is_sent(
    opened: Office, typed: str, status: str
) -> None:
    taken = opened.figure(LEAD, REF, SECOND_DAY, figure(typed))
    assert isinstance(taken, FigureTaken)
    assert taken.outcome.status is Status(status)
    assert opened.keys("return_received") == []


def test_a_figure_needs_a_source_and_a_day(opened: Office) -> None:
    found = opened.figure(LEAD, REF, SECOND_DAY, replace(figure(), source=" ", as_at=None))
    assert isinstance(found, Problems)
    assert [problem.field for problem in found.problems] == ["source", "as_at"]


def test_a_red_target_without_a_cause_and_an_action_is_not_taken(opened: Office) -> None:
    opened.figure(LEAD, REF, SECOND_DAY, figure())
    answer = CommentaryAnswer(cause=" ", actions=(ActionAnswer(),), risks_reviewed=True)
    found = opened.commentary(LEAD, REF, SECOND_DAY, answer, "V1")
    assert isinstance(found, Problems)
    assert found.problems == (
        Problem(ProblemCode.CAUSE_REQUIRED, "cause"),
        Problem(ProblemCode.ACTION_REQUIRED, "action.0.text"),
    )
    assert opened.keys("return_received") == []


def test_what_was_typed_is_there_when_the_form_is_opened_again(opened: Office) -> None:
    opened.figure(LEAD, REF, SECOND_DAY, figure("1000"))
    typed = CommentaryAnswer(cause="Two sites started late.")
    opened.commentary(LEAD, REF, SECOND_DAY, typed, "V1")
    sheet = opened.do(open_sheet, opened.slack_ids[LEAD], opened.numbers[REF], QUARTER, SECOND_DAY)
    assert isinstance(sheet, Opened)
    assert sheet.typed == figure("1000")
    again = opened.figure(LEAD, REF, SECOND_DAY, figure("1000"))
    assert isinstance(again, FigureTaken)
    assert again.typed == typed


def test_a_draft_is_its_authors_alone(opened: Office) -> None:
    opened.figure(LEAD, REF, SECOND_DAY, figure("1000"))
    other = opened.slack_ids["performance-lead-ede"]
    sheet = opened.do(open_sheet, other, opened.numbers[REF], QUARTER, SECOND_DAY)
    assert isinstance(sheet, Opened)
    assert sheet.typed is None


def test_another_row_for_an_action_keeps_what_was_typed(opened: Office) -> None:
    opened.figure(LEAD, REF, SECOND_DAY, figure("1000"))
    typed = CommentaryAnswer(cause="Two sites started late.")
    who, number = opened.slack_ids[LEAD], opened.numbers[REF]
    shown = opened.do(reshow, who, number, QUARTER, typed, SECOND_DAY)
    assert isinstance(shown, FigureTaken)
    assert (shown.typed, shown.outcome.status) == (typed, Status.RED)


def test_a_whole_return_is_kept_with_what_it_was_judged_by(opened: Office) -> None:
    sent = opened.report(REF, SECOND_DAY)
    assert sent.status is Status.RED
    kept = opened.record(REF)
    assert (kept.state, kept.status, kept.basis) == (
        ReturnState.SUBMITTED,
        Status.RED,
        StatusBasis.MEASURE,
    )
    assert (str(kept.actual), str(kept.profile.value)) == ("1000", "1200")
    assert kept.submitted_by == opened.people[LEAD]
    assert kept.on_behalf_of is None
    (entry,) = opened.audited("submit return")
    assert entry.subject == f"{REF}:2008/09 Q2:v1"


def test_the_lead_gets_a_receipt_that_says_what_is_left_and_what_comes(opened: Office) -> None:
    opened.report(REF, SECOND_DAY)
    said = opened.said(f"{RECEIPT}:person {opened.people[LEAD]}")
    assert isinstance(said, ReturnReceived)
    assert said.left == ("LAA2-NI155",)
    assert said.card_will_be_asked
    assert said.can_change_until == CLOSES


def test_the_leads_one_message_is_updated_in_place(opened: Office) -> None:
    opened.report(REF, SECOND_DAY)
    asked = opened.said(f"request:2008/09 Q2:person {opened.people[LEAD]}")
    assert isinstance(asked, ReturnsRequested)
    assert [target.done for target in asked.targets] == [Status.RED, None]
    assert len(opened.keys("returns_requested")) == 33


def test_the_same_form_sent_twice_has_one_effect(opened: Office) -> None:
    opened.figure(LEAD, REF, SECOND_DAY, figure())
    first = opened.commentary(LEAD, REF, SECOND_DAY, whole(opened), "V1")
    again = opened.commentary(LEAD, REF, SECOND_DAY, whole(opened), "V1")
    assert isinstance(first, Submitted)
    assert isinstance(again, Submitted)
    assert (first.again, again.again) == (False, True)
    assert opened.record(REF).version == 1
    assert len(opened.audited("submit return")) == 1
    assert len(opened.keys("return_received")) == 1


def test_a_correction_is_a_second_version_and_the_first_is_kept(opened: Office) -> None:
    opened.report(REF, SECOND_DAY)
    later = SECOND_DAY + timedelta(days=1)
    opened.figure(LEAD, REF, later, figure("1200"))
    opened.commentary(LEAD, REF, later, CommentaryAnswer(risks_reviewed=True), "V2")
    kept = opened.record(REF)
    assert (kept.version, kept.status) == (2, Status.GREEN)
    assert [entry.subject[-2:] for entry in opened.audited("submit return")] == ["v1", "v2"]
    assert '"status":"RED"' in opened.audited("submit return")[1].before


def test_the_performance_lead_reports_on_behalf_and_both_get_a_receipt(opened: Office) -> None:
    opened.report(REF, SECOND_DAY, "performance-lead-ede")
    kept = opened.record(REF)
    assert kept.submitted_by == opened.people["performance-lead-ede"]
    assert kept.on_behalf_of == opened.people[LEAD]
    assert opened.told("return_received") == {LEAD, "performance-lead-ede"}
    asked = opened.said(f"request:2008/09 Q2:person {opened.people[LEAD]}")
    assert isinstance(asked, ReturnsRequested)
    assert asked.targets[0].done is Status.RED


@pytest.mark.parametrize(
    "label", ["target-lead-03", "sponsor-09", "performance-lead-cyp", "laa-manager-01"]
)
def test_someone_elses_target_is_refused_with_who_can_and_audited(
    opened: Office, label: str
) -> None:
    refused = opened.figure(label, REF, SECOND_DAY, figure())
    assert isinstance(refused, Refused)
    assert refused.people == (opened.people[LEAD], opened.people["performance-lead-ede"])
    (entry,) = opened.audited("refused")
    assert (entry.actor, entry.subject) == (opened.people[label], f"SUBMIT_RETURN:{REF}")
    assert isinstance(opened.commentary(label, REF, SECOND_DAY, whole(opened), "V1"), Refused)


def test_a_closed_window_takes_nothing(opened: Office) -> None:
    opened.figure(LEAD, REF, SECOND_DAY, figure())
    late = opened.commentary(LEAD, REF, CLOSES, whole(opened), "V1")
    last_day = london(11, 12).date()
    assert late == QuarterNotOpen(QUARTER, closed=CLOSES, late_until=last_day)
    assert opened.keys("return_received") == []
    just = CLOSES - timedelta(seconds=1)
    assert isinstance(opened.commentary(LEAD, REF, just, whole(opened), "V1"), Submitted)


def test_before_the_window_one_is_told_when_it_opens(prepared: Office) -> None:
    early = prepared.figure(LEAD, REF, SECOND_DAY - timedelta(days=2), figure())
    assert early == QuarterNotOpen(QUARTER, QUARTER.next.start)


def test_a_stranger_and_an_unknown_target_get_answers(opened: Office) -> None:
    number = opened.numbers[REF]
    central = {opened.people["central-team-01"], opened.people["central-team-02"]}
    stranger = opened.do(open_sheet, "UNOBODY", number, QUARTER, SECOND_DAY)
    assert isinstance(stranger, PersonUnknown)
    assert set(stranger.central_team) == central
    nothing = opened.do(open_sheet, opened.slack_ids[LEAD], 9_999, QUARTER, SECOND_DAY)
    assert isinstance(nothing, OutOfDate)


def test_every_status_and_basis_of_the_sample_comes_out_as_in_the_data(escalated: Office) -> None:
    for part in escalated.parts.values():
        kept = escalated.record(part.ref)
        assert kept.status is part.wanted, part.ref
        if part.basis is not None:
            assert kept.basis is part.basis, part.ref


def test_the_second_step_needs_the_first(opened: Office) -> None:
    found = opened.commentary(LEAD, REF, SECOND_DAY, whole(opened), "V1")
    assert isinstance(found, Problems)
    assert found.problems[0].field == "figure"


def test_a_disputed_figure_is_uncertain_whatever_it_says(opened: Office) -> None:
    sent = opened.report("LAA1-07", SECOND_DAY)
    assert sent.status is Status.UNCERTAIN
    assert figure_step(opened.parts["LAA1-07"]).disputed
    kept = opened.record("LAA1-07")
    assert kept.disputed
    assert kept.reason is not None
