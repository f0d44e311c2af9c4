from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.answers import ActionAnswer, CommentaryAnswer, RiskAnswer, over
from rules.commentary import (
    Commentary,
    Problem,
    ProblemCode,
    needs,
    problems,
    source_problems,
)
from rules.vocabulary import Status, StatusReason
from tests.rules.vectors import Vector, vectors

ACTION = ActionAnswer("Appoint a contractor", "Housing lead", date(2009, 1, 30))
COMPLETE = Commentary(
    Status.RED,
    cause="Late site start",
    actions=(ACTION,),
    risks_reviewed=True,
    source="Monthly completions",
    as_at=date(2008, 9, 30),
)
GREEN = replace(COMPLETE, status=Status.GREEN, cause="", actions=())


def codes(commentary: Commentary) -> list[tuple[str, str]]:
    return [(problem.code, problem.field) for problem in problems(commentary)]


@pytest.mark.parametrize("vector", vectors("commentary"), ids=str)
def test_the_worked_returns_are_refused_for_the_reason_given(vector: Vector) -> None:
    given_ = vector.given
    risks = (RiskAnswer(1, "Delay", 3, 5, given_["mitigation"]),) if "max_risk" in given_ else ()
    commentary = replace(
        COMPLETE,
        status=Status(given_["status"]),
        cause=given_.get("cause", ""),
        actions=(ACTION,) * given_.get("actions", 0),
        risks=risks,
    )
    assert [problem.code for problem in problems(commentary)] == [vector.expect["error"]]


@pytest.mark.parametrize("status", [Status.RED, Status.AMBER])
def test_a_complete_red_or_amber_return_is_taken(status: Status) -> None:
    assert problems(replace(COMPLETE, status=status)) == ()


def test_a_green_return_needs_no_cause_and_no_action() -> None:
    assert problems(GREEN) == ()


def test_a_cause_of_blanks_is_no_cause() -> None:
    assert codes(replace(COMPLETE, cause=" \n")) == [("CAUSE_REQUIRED", "cause")]


def test_an_action_without_owner_or_date_is_pointed_at_in_its_row() -> None:
    actions = (ActionAnswer(), ActionAnswer("Appoint"), ACTION)
    assert codes(replace(COMPLETE, actions=actions)) == [
        ("ACTION_REQUIRED", "action.1.owner"),
        ("ACTION_REQUIRED", "action.1.due_on"),
    ]


def test_empty_rows_do_not_count_as_actions() -> None:
    assert codes(replace(COMPLETE, actions=(ActionAnswer(),))) == [
        ("ACTION_REQUIRED", "action.0.text")
    ]


@pytest.mark.parametrize("status", [Status.RED, Status.AMBER, Status.GREEN])
def test_every_coloured_return_has_its_risks_reviewed_and_its_source(status: Status) -> None:
    bare = replace(COMPLETE, status=status, risks_reviewed=False, source=" ", as_at=None)
    assert codes(bare) == [
        ("RISKS_REQUIRED", "risks_reviewed"),
        ("SOURCE_REQUIRED", "source"),
        ("DATE_REQUIRED", "as_at"),
    ]


@pytest.mark.parametrize(("impact", "asked"), [(4, True), (3, False)])
def test_green_needs_mitigation_from_the_significant_score_on(impact: int, *, asked: bool) -> None:
    risk = RiskAnswer(None, "Contractor fails", 3, impact, "")
    expected = [("MITIGATION_REQUIRED", "risk.1.mitigation")] if asked else []
    assert codes(replace(GREEN, risks=(RiskAnswer(), risk))) == expected


def test_a_risk_once_begun_has_text_and_both_scores() -> None:
    risk = RiskAnswer(None, "", None, 6, "We watch it")
    assert codes(replace(COMPLETE, risks=(risk,))) == [
        ("RISK_INCOMPLETE", "risk.0.text"),
        ("RISK_INCOMPLETE", "risk.0.likelihood"),
        ("RISK_INCOMPLETE", "risk.0.impact"),
    ]


def test_uncertain_needs_a_reason_and_words() -> None:
    assert codes(Commentary(Status.UNCERTAIN)) == [
        ("REASON_REQUIRED", "reason"),
        ("REASON_REQUIRED", "reason_text"),
    ]
    said = Commentary(
        Status.UNCERTAIN, reason=StatusReason.DEFINITION_DISPUTED, reason_text="Baseline disputed"
    )
    assert problems(said) == ()


def test_no_data_needs_a_reason_and_the_date_it_is_expected() -> None:
    assert codes(Commentary(Status.NO_DATA)) == [
        ("REASON_REQUIRED", "reason"),
        ("DATE_REQUIRED", "expected_on"),
    ]


@pytest.mark.parametrize(
    "status", [Status.NOT_REQUIRED, Status.NOT_SUBMITTED, Status.TARGET_TO_BE_SET]
)
def test_nothing_is_asked_of_a_target_not_required_or_to_be_set(status: Status) -> None:
    assert problems(Commentary(status)) == ()


def test_an_unconfirmed_quality_is_taken() -> None:
    assert problems(replace(COMPLETE, quality_confirmed=False)) == ()


def test_the_first_step_asks_for_the_source_of_a_coloured_figure_only() -> None:
    assert source_problems(Status.GREEN, "", None) == (
        Problem(ProblemCode.SOURCE_REQUIRED, "source"),
        Problem(ProblemCode.DATE_REQUIRED, "as_at"),
    )
    assert source_problems(Status.NO_DATA, "", None) == ()


def test_a_significant_concern_is_asked_of_amber_alone() -> None:
    assert [status for status in Status if needs(status).concern] == [Status.AMBER]


@given(st.sampled_from(Status), st.booleans())
def test_a_form_shows_every_field_a_bare_return_is_refused_for(
    status: Status,
    carries_grant: bool,  # noqa: FBT001  # drawn
) -> None:
    shown = needs(status, carries_grant=carries_grant)
    fields = {
        "cause": shown.cause,
        "action.0.text": shown.actions,
        "risks_reviewed": shown.risks,
        "reason": shown.reason,
        "reason_text": shown.reason_text,
        "expected_on": shown.expected_on,
        "source": shown.source,
        "as_at": shown.source,
    }
    refused = {problem.field for problem in problems(Commentary(status))}
    assert refused == {name for name, is_shown in fields.items() if is_shown}
    assert shown.grant is carries_grant


@pytest.mark.parametrize("status", [Status.RED, Status.GREEN, Status.NO_DATA])
def test_another_colour_needs_its_reason_and_evidence_a_web_address(status: Status) -> None:
    typed = replace(
        COMPLETE,
        status=status,
        proposed=Status.AMBER,
        evidence="our files",
        reason=StatusReason.OTHER,
        expected_on=date(2009, 1, 30),
    )
    assert codes(typed) == [("REASON_REQUIRED", "proposed_reason"), ("NOT_A_LINK", "evidence")]
    whole = replace(typed, proposed_reason="A late claim", evidence="https://example.org")
    assert codes(whole) == []


def test_uncertain_by_proposal_asks_for_the_doubt_once() -> None:
    typed = replace(COMPLETE, status=Status.UNCERTAIN, proposed=Status.UNCERTAIN)
    assert codes(typed) == [("REASON_REQUIRED", "reason"), ("REASON_REQUIRED", "proposed_reason")]
    assert needs(Status.UNCERTAIN).reason_text
    assert not needs(Status.UNCERTAIN, judged=True).reason_text


def test_a_risk_that_is_closed_needs_nothing_more() -> None:
    over = RiskAnswer(4, "Delay", 5, 5, "", closed=True)
    assert codes(replace(GREEN, risks=(over,))) == []
    assert codes(replace(GREEN, risks=(replace(over, closed=False),))) == [
        ("MITIGATION_REQUIRED", "risk.0.mitigation")
    ]


def test_what_is_away_from_the_form_stays_as_it_was_typed() -> None:
    before = CommentaryAnswer(cause="Late", reason_text="In doubt", evidence="https://a.example")
    now = CommentaryAnswer(reason_text="Counted twice")
    assert over(before, now, {"reason_text", "evidence"}) == CommentaryAnswer(
        cause="Late", reason_text="Counted twice"
    )
    assert over(None, now, ()) == now
