"""The return form: two steps, only what the status needs, and nothing typed is lost."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from sqlalchemy import inspect

from messages.cleaning import cleaned
from messages.forms.return_form import (
    FormContext,
    commentary_view,
    errors,
    figure_view,
    parse_commentary,
    parse_context,
    parse_figure,
    typed_field,
)
from messages.forms.risk_rows import LONGEST_OWNER
from messages.ids import Action
from messages.notices.common import Figure
from messages.notices.samples import homes
from messages.notices.sheets import OpenRisk, Outcome, ReturnSheet
from rules.answers import ActionAnswer, CommentaryAnswer, FigureAnswer, RiskAnswer
from rules.commentary import Needs, Problem, ProblemCode, needs
from rules.vocabulary import Direction, GrantExpectation, Status, StatusBasis, StatusReason
from store.tables import ActionRow
from tests.messages.filling import blocks, sent, words
from tests.messages.judges import judge_view
from tests.messages.nasty import NASTY, spoiled
from tests.messages.nasty import texts as any_text

SHEET = ReturnSheet.example()
EVERYTHING = Needs(*[True] * 9)


def second(status: Status, **more: Any) -> dict[str, Any]:
    outcome = Outcome(status, StatusBasis.MEASURE, homes(280), direction=Direction.WORSENING)
    return commentary_view(SHEET, outcome, needs(status, carries_grant=True), **more)


def test_the_first_step_says_what_is_expected_and_what_was_last_time() -> None:
    said = words(figure_view(SHEET))
    assert "Expected: 300 homes. Green from 300 homes, amber from 270 homes." in said
    assert "Last time, in April to June 2008: ▲ AMBER, 280 homes, expected 300." in said


def test_the_first_step_is_prefilled_with_the_last_source_and_the_quarters_end() -> None:
    answer = parse_figure(sent(figure_view(SHEET)))
    assert answer == FigureAnswer(source="Housing register", as_at=date(2008, 9, 30))


def test_what_was_typed_in_the_first_step_comes_back_and_stays_when_shown_again() -> None:
    typed = sent(
        figure_view(SHEET),
        figure=" 1,200 ",
        figure_doubts=["no_figure", "disputed"],
        source="Register",
        as_at="2008-09-29",
        quality_confirmed=["confirmed"],
    )
    answer = parse_figure(typed)
    wanted = FigureAnswer("1,200", True, True, "Register", date(2008, 9, 29), True)
    assert answer == wanted
    assert parse_figure(sent(figure_view(SHEET, answer))) == answer


@pytest.mark.parametrize(
    ("status", "asked"),
    [
        (Status.RED, {"cause", "action.0.text", "risks_reviewed"}),
        (Status.AMBER, {"cause", "action.0.text", "risks_reviewed", "significant_concern"}),
        (Status.GREEN, {"risks_reviewed"}),
        (Status.UNCERTAIN, {"reason", "reason_text"}),
        (Status.NO_DATA, {"reason", "expected_on"}),
    ],
)
def test_the_second_step_asks_only_what_the_status_needs(status: Status, asked: set[str]) -> None:
    marks = {
        "cause",
        "action.0.text",
        "risks_reviewed",
        "significant_concern",
        "reason",
        "reason_text",
        "expected_on",
    }
    assert marks & set(blocks(second(status))) == asked


def test_the_second_step_starts_with_the_colour_and_its_criteria() -> None:
    said = words(second(Status.AMBER))
    assert said.startswith("LAA1-03 is ▲ AMBER\n")
    assert "280 homes, expected 300. Green from 300 homes, amber from 270 homes." in said
    assert "Direction of travel: ▼ worsening." in said


def test_a_shortfall_is_shown_beside_the_figure() -> None:
    outcome = Outcome(Status.AMBER, None, homes(280), Figure(Decimal("6.7"), "%", 1))
    said = words(commentary_view(SHEET, outcome, needs(Status.AMBER)))
    assert "6.7% short." in said


@pytest.mark.parametrize(
    ("status", "offer"),
    [
        (Status.GREEN, GrantExpectation.FULL),
        (Status.AMBER, GrantExpectation.PARTIAL),
        (Status.RED, GrantExpectation.NONE),
        (Status.NO_DATA, None),
    ],
)
def test_the_grant_offered_goes_with_the_colour(
    status: Status, offer: GrantExpectation | None
) -> None:
    assert parse_commentary(sent(second(status))).grant == offer


def test_of_an_owner_no_more_can_be_typed_than_is_kept() -> None:
    assert str(inspect(ActionRow).columns["owner"].type) == f"VARCHAR({LONGEST_OWNER})"
    typed = CommentaryAnswer(actions=(ActionAnswer("Hire", "x" * (LONGEST_OWNER + 1)),))
    view = second(Status.RED, typed=typed)
    (owner,) = (block for block in view["blocks"] if block.get("block_id") == "action.0.owner")
    assert owner["element"]["max_length"] == LONGEST_OWNER
    assert len(owner["element"]["initial_value"]) == LONGEST_OWNER
    assert "300 characters" in owner["hint"]["text"]


def test_another_action_adds_a_row_and_keeps_what_was_typed() -> None:
    typed = parse_commentary(
        sent(
            second(Status.RED),
            cause="Late start",
            action__0__text="Tutor",
            action__0__owner="Education lead",
            action__0__due_on="2009-01-30",
        )
    )
    view = second(Status.RED, typed=typed, actions_shown=2)
    again = parse_commentary(sent(view))
    assert again.cause == "Late start"
    assert again.actions == (
        ActionAnswer("Tutor", "Education lead", date(2009, 1, 30)),
        ActionAnswer(),
    )


def test_after_five_rows_no_more_are_offered() -> None:
    def buttons(view: dict[str, Any]) -> list[str]:
        return [block["block_id"] for block in view["blocks"] if block["type"] == "actions"]

    assert "add_action" not in buttons(second(Status.RED, actions_shown=9))
    assert "add_action" in buttons(second(Status.RED, actions_shown=4))


def test_open_risks_are_prefilled_and_a_new_one_can_be_added() -> None:
    typed = sent(
        second(Status.GREEN),
        risk__0__likelihood="2",
        risk__1__text="Flood",
        risk__1__impact="5",
        risks_reviewed=["yes"],
    )
    answer = parse_commentary(typed)
    assert answer.risks_reviewed
    assert answer.risks == (
        RiskAnswer(4, "A developer withdraws", 2, 5, "Two more sites are in reserve"),
        RiskAnswer(None, "Flood", None, 5, ""),
    )


def test_the_highest_of_many_risks_are_shown_and_the_rest_are_counted() -> None:
    risks = tuple(OpenRisk(n, f"risk {n}", 1 + n % 5, 5, "") for n in range(1, 31))
    view = commentary_view(
        replace(SHEET, open_risks=risks), Outcome(Status.AMBER), EVERYTHING, actions_shown=5
    )
    judge_view(view)
    assert "23 more in the register" in words(view)
    context = parse_context(view)
    assert context is not None
    assert context.risks[:2] == (4, 9)


def test_both_steps_say_which_target_and_quarter_they_are_for() -> None:
    assert parse_context(figure_view(SHEET)) == FormContext(3, SHEET.quarter)
    wanted = FormContext(3, SHEET.quarter, 2, (4,))
    assert parse_context(second(Status.RED, actions_shown=2)) == wanted


@pytest.mark.parametrize(
    "kept",
    [
        None,
        "",
        "{",
        "[]",
        "null",
        "[" * 100_000,
        '{"target": 7}',
        '{"target": "x@2008q1"}',
        '{"target": ["3@2008q2"]}',
    ],
)
def test_edited_metadata_names_no_target(kept: str | None) -> None:
    assert parse_context({"private_metadata": kept}) is None


def test_edited_rows_in_metadata_read_as_the_least() -> None:
    kept = {"target": "3@2008q2", "actions": 99, "risks": [1, "2", -3, True, None, 4]}
    context = parse_context({"private_metadata": json.dumps(kept)})
    assert context == FormContext(3, SHEET.quarter, 1, (1, 4))


@pytest.mark.parametrize(
    "state",
    [
        None,
        7,
        {"values": None},
        {"values": {"figure": None, "as_at": {"as_at": {"selected_date": "2008-13-45"}}}},
        {"values": {"cause": {"cause": {"value": 7}}, "reason": {"reason": {}}}},
        {"values": {"risks_reviewed": {"risks_reviewed": {"selected_options": "yes"}}}},
        {"values": {"figure_doubts": {"figure_doubts": {"selected_options": [None, {}]}}}},
    ],
)
def test_missing_or_edited_state_reads_as_empty(state: object) -> None:
    assert parse_figure({"state": state}) == FigureAnswer()
    answer = parse_commentary({"state": state})
    assert replace(answer, risks=()) == CommentaryAnswer(actions=(ActionAnswer(),))


def test_a_figure_that_is_no_number_is_said_at_the_figure_and_nothing_is_lost() -> None:
    found = errors([Problem(ProblemCode.NOT_A_NUMBER, "figure")], sent(figure_view(SHEET)))
    assert found == {
        "figure": "Enter a number, such as 1200 or 1,200, without a % or £ sign, or tick that you "
        "have no figure. Your other answers are kept."
    }


def test_an_empty_cause_is_said_at_the_cause() -> None:
    found = errors([Problem(ProblemCode.CAUSE_REQUIRED, "cause")], sent(second(Status.RED)))
    assert found == {
        "cause": "Enter the cause. The board asks for one when a target is red or amber. "
        "Your other answers are kept."
    }


def test_a_problem_of_a_whole_row_stands_at_its_first_field() -> None:
    found = errors([Problem(ProblemCode.ACTION_REQUIRED, "action.0")], sent(second(Status.RED)))
    assert list(found) == ["action.0.text"]


def test_a_problem_that_is_not_on_the_form_stands_first_and_says_where_to_mend_it() -> None:
    problems = [
        Problem(ProblemCode.SOURCE_REQUIRED, "source"),
        Problem(ProblemCode.CAUSE_REQUIRED, "cause"),
    ]
    found = errors(problems, sent(second(Status.RED)))
    assert list(found) == ["cause"]
    assert (
        "Say where the figure comes from. Press Back to mend it. Enter the cause." in found["cause"]
    )
    assert found["cause"].count("Your other answers are kept.") == 1


@pytest.mark.parametrize("code", ProblemCode)
@pytest.mark.parametrize("field", ["figure", "cause", "action.0.owner", "risk.0.text", "zzz"])
def test_every_problem_has_words(code: ProblemCode, field: str) -> None:
    (said,) = errors([Problem(code, field)], sent(second(Status.RED))).values()
    assert len(said) > 40


@pytest.mark.parametrize("status", [s for s in Status if s.is_colour] + [Status.UNCERTAIN])
@pytest.mark.parametrize("sheet", [SHEET, ReturnSheet.range_example()])
def test_both_steps_keep_within_slacks_limits(status: Status, sheet: ReturnSheet) -> None:
    judge_view(figure_view(sheet))
    judge_view(commentary_view(sheet, Outcome(status), needs(status), actions_shown=5))


def check_any(sheet: ReturnSheet, text: str) -> None:
    judge_view(figure_view(sheet, FigureAnswer(text, source=text)))
    answer = CommentaryAnswer(
        text, (ActionAnswer(text, text),), (RiskAnswer(4, text), RiskAnswer(None, text)),
        reason=StatusReason.OTHER, reason_text=text,
    )  # fmt: skip
    view = commentary_view(sheet, Outcome(Status.UNCERTAIN), EVERYTHING, answer)
    judge_view(view)
    kept = parse_commentary(sent(view))
    assert kept.cause == cleaned(text) or len(text) > 1_000


@pytest.mark.parametrize("text", NASTY)
def test_nasty_texts_fit_both_steps(text: str) -> None:
    check_any(spoiled(SHEET, text), text)


@given(text=any_text)
@settings(max_examples=100, deadline=None)
def test_any_text_fits_both_steps_and_comes_back(text: str) -> None:
    check_any(spoiled(SHEET, text), text)


@pytest.mark.parametrize("status", list(Status))
def test_whatever_is_typed_in_either_step_has_somebody_to_keep_it(status: Status) -> None:
    sheet = replace(SHEET, changes=True, why_needed=True)
    outcome = Outcome(status, StatusBasis.MEASURE, homes(280), direction=Direction.WORSENING)
    for view in (figure_view(sheet), commentary_view(sheet, outcome, EVERYTHING)):
        dispatched = [block for block in view["blocks"] if block.get("dispatch_action")]
        ids = [block["element"]["action_id"] for block in dispatched]
        assert ids
        known = {action.value for action in Action}
        assert [one for one in ids if not typed_field().fullmatch(one) and one not in known] == []
