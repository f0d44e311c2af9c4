"""The return's form with more in it: another colour, drafts, the coach, and fields filled anew."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from messages.forms.context import MOST_RISKS
from messages.forms.keep_colour_form import (
    KeepColourAnswer,
    keep_colour_errors,
    keep_colour_view,
    parse_keep_colour,
)
from messages.forms.return_form import (
    are_elsewhere,
    commentary_view,
    errors,
    figure_view,
    parse_commentary,
    parse_context,
    parse_figure,
    shown_fields,
    typed_field,
)
from messages.ids import Action
from messages.notices.common import ActionLine
from messages.notices.samples import QUARTER, homes
from messages.notices.sheets import (
    LastWords,
    OpenRisk,
    OthersDraft,
    Outcome,
    ReturnSheet,
    Sitting,
)
from rules.answers import CommentaryAnswer, FigureAnswer, RiskAnswer
from rules.coach import Advice
from rules.commentary import Needs, Problem, ProblemCode, needs
from rules.figures import Unit
from rules.vocabulary import Status, StatusBasis
from tests.messages.filling import blocks, sent, words
from tests.messages.judges import judge_view
from tests.messages.nasty import NASTY

SHEET = ReturnSheet.example()
OFFERED = (Status.GREEN, Status.RED, Status.UNCERTAIN)
AMBER = Outcome(Status.AMBER, StatusBasis.MEASURE, homes(280), offered=OFFERED)
SAVED = datetime(2008, 10, 14, 9, 32, tzinfo=UTC)
EVERYTHING = Needs(*[True] * 9)


def second(outcome: Outcome = AMBER, **more: Any) -> dict[str, Any]:
    wanted = needs(outcome.standing, carries_grant=True, judged=outcome.stands is not None)
    return commentary_view(SHEET, outcome, wanted, **more)


def test_every_field_of_both_steps_is_saved_as_it_is_typed() -> None:
    for view in (figure_view(SHEET), second(typed=CommentaryAnswer(proposed_reason="So."))):
        for block in view["blocks"]:
            if block["type"] != "input":
                continue
            assert block["dispatch_action"] is True, block["block_id"]
            name = block["element"]["action_id"]
            assert typed_field().fullmatch(name) or name == Action.PROPOSE, name
            if block["element"]["type"] == "plain_text_input":
                config = block["element"]["dispatch_action_config"]
                assert config == {"trigger_actions_on": ["on_character_entered"]}


@pytest.mark.parametrize("name", ["report", "add_action", "proposed", "cause2", "xcause", "cause~"])
def test_what_is_no_field_is_not_taken_for_typing(name: str) -> None:
    assert not typed_field().fullmatch(name)


def test_a_draft_says_when_it_was_saved() -> None:
    said = "Saved on Tuesday 14 October at 10.32am, and not sent yet."
    for view in (figure_view(SHEET, None, Sitting(SAVED)), second(sitting=Sitting(SAVED))):
        assert said in json.dumps(view, ensure_ascii=False)
        judge_view(view)
    assert "Saved on" not in json.dumps(figure_view(SHEET))


def test_somebody_elses_draft_is_named_with_a_button_that_asks_before_it_takes_over() -> None:
    view = figure_view(SHEET, None, Sitting(others=OthersDraft(17, "housing lead", SAVED)))
    judge_view(view)
    assert "housing lead has a draft of this return from Tuesday 14 October at 10.32am." in words(
        view
    )
    (button,) = [b["elements"][0] for b in view["blocks"] if b["type"] == "actions"]
    assert (button["action_id"], button["value"]) == (Action.TAKE_DRAFT, "17")
    assert button["confirm"]["confirm"]["text"] == "Take it over"


def test_fields_that_are_filled_for_the_person_have_new_ids_and_read_the_same() -> None:
    answer = FigureAnswer("1,000", source="Register", quality_confirmed=True)
    view = figure_view(SHEET, answer, Sitting(turn=2))
    assert set(blocks(view)) == {f"{name}~2" for name in blocks(figure_view(SHEET))}
    assert parse_figure(sent(view)) == answer
    found = errors([Problem(ProblemCode.NOT_A_NUMBER, "figure")], sent(view))
    assert list(found) == ["figure~2"]
    context = parse_context(view)
    assert context is not None
    assert context.turn == 2


def test_last_times_words_fill_the_words_alone() -> None:
    view = second(typed=CommentaryAnswer(cause="Late."), sitting=Sitting(turn=1))
    assert {"cause~1", "risk.0.mitigation~1", "action.0.text", "risk.0.text"} <= set(blocks(view))
    assert parse_commentary(sent(view)).cause == "Late."
    assert "cause" in shown_fields(sent(view))


def test_last_times_words_are_offered_where_there_are_any() -> None:
    def buttons(sheet: ReturnSheet, status: Status) -> list[str]:
        view = commentary_view(sheet, Outcome(status), needs(status))
        return [b["block_id"] for b in view["blocks"] if b["type"] == "actions"]

    assert "last_words" in buttons(SHEET, Status.RED)
    assert "last_words" not in buttons(SHEET, Status.GREEN)
    assert "last_words" not in buttons(replace(SHEET, last_words=LastWords()), Status.RED)
    doubted = replace(SHEET, last_words=LastWords(reason_text="Two counts differ."))
    assert "last_words" in buttons(doubted, Status.UNCERTAIN)
    assert "last_words" not in buttons(doubted, Status.RED)


def test_the_computed_colour_stays_in_view_whatever_is_proposed() -> None:
    worse = replace(AMBER, stands=Status.RED)
    said = words(second(worse))
    assert said.startswith("LAA1-03 is ● RED\n")
    assert "You set ● RED in place of ▲ AMBER, which was computed." in said
    better = words(second(replace(AMBER, waiting=Status.GREEN)))
    assert better.startswith("LAA1-03 is ▲ AMBER\n")
    assert "▲ AMBER stands until the central team has agreed" in better


def test_another_colour_is_chosen_among_those_on_offer_and_can_be_taken_back() -> None:
    view = second(typed=CommentaryAnswer(proposed=Status.GREEN, proposed_reason="So."))
    (choice,) = [b for b in view["blocks"] if b.get("block_id") == "proposed"]
    shown = {o["value"]: o["text"]["text"] for o in choice["element"]["options"]}
    assert set(shown) == {"GREEN", "RED", "UNCERTAIN", "AMBER"}
    assert shown["AMBER"] == "▲ AMBER, as computed"
    answer = parse_commentary(sent(view))
    assert (answer.proposed, answer.proposed_reason) == (Status.GREEN, "So.")
    assert "proposed" not in blocks(second(replace(AMBER, offered=())))


def test_in_doubt_by_judgement_asks_what_is_in_doubt_once() -> None:
    doubt = replace(AMBER, stands=Status.UNCERTAIN)
    view = second(doubt, typed=CommentaryAnswer(proposed=Status.UNCERTAIN))
    assert "reason" in blocks(view)
    assert "reason_text" not in blocks(view)
    assert "proposed_reason" in blocks(view)


def test_a_missing_field_is_elsewhere_only_if_the_second_step_lacks_it() -> None:
    view = sent(second(Outcome(Status.GREEN, offered=OFFERED)))
    cause = Problem(ProblemCode.CAUSE_REQUIRED, "cause")
    assert are_elsewhere([cause], view)
    assert not are_elsewhere([Problem(ProblemCode.RISKS_REQUIRED, "risks_reviewed")], view)
    assert not are_elsewhere([Problem(ProblemCode.SOURCE_REQUIRED, "source")], view)


def test_a_figure_from_a_sheet_says_where_it_came_in() -> None:
    view = figure_view(replace(SHEET, gathered_from="Block sheet"), FigureAnswer("290"))
    (figure,) = [b for b in view["blocks"] if b.get("block_id") == "figure"]
    assert figure["hint"]["text"] == "Came in Block sheet; please check."


def test_the_wrong_unit_is_answered_in_the_targets_own() -> None:
    problem = Problem(ProblemCode.NOT_A_NUMBER, "figure")
    for unit, said in (
        ("homes", "Enter a number in homes, such as 1200 or 1,200, without a % or £ sign"),
        ("%", "Enter a number in per cent, such as 47 or 47%"),
        ("£", "Enter an amount in pounds, such as 1,200 or £3.5m"),
    ):
        (found,) = errors([problem], sent(figure_view(SHEET)), Unit(unit)).values()
        assert found.startswith(f"{said}, or tick that you have no figure.")


@pytest.mark.parametrize("advice", Advice)
def test_every_piece_of_advice_has_words_and_once_it_stopped_says_that_it_is_advice(
    advice: Advice,
) -> None:
    shown = second(sitting=Sitting(advice=(advice,)))
    assert "Worth a second look" in words(shown)
    assert shown["submit"]["text"] == "Send this return"
    stopped = second(sitting=Sitting(advice=(advice,), advised=True))
    assert stopped["submit"]["text"] == "Send it as it is"
    assert "Nothing is sent yet." in words(stopped)
    context = parse_context(stopped)
    assert context is not None
    assert context.advised
    judge_view(stopped)


def test_without_advice_a_form_looks_the_same_after_a_stop() -> None:
    view = second(sitting=Sitting(advised=True))
    assert view["submit"]["text"] == "Send this return"
    assert "Worth" not in words(view)


def test_a_risk_has_an_owner_and_a_day_and_is_closed_by_a_tick() -> None:
    view = sent(
        second(),
        risk__0__owner="housing lead",
        risk__0__review_on="2008-12-01",
        risk__0__closed=["over"],
    )
    known, new = parse_commentary(view).risks
    assert (known.owner, str(known.review_on), known.closed) == (
        "housing lead",
        "2008-12-01",
        True,
    )
    assert new == RiskAnswer()
    assert "risk.1.closed" not in blocks(view), "a new risk is not over"


def test_risks_typed_before_are_found_again_by_their_numbers() -> None:
    typed = CommentaryAnswer(risks=(RiskAnswer(4, "Typed", 1, 1, ""), RiskAnswer(None, "New")))
    risks = (*SHEET.open_risks, OpenRisk(9, "Since then", 5, 5, ""))
    view = commentary_view(replace(SHEET, open_risks=risks), AMBER, needs(Status.AMBER), typed)
    first, second_, new = parse_commentary(sent(view)).risks
    assert (first.number, first.text) == (9, "Since then")
    assert (second_.number, second_.text) == (4, "Typed")
    assert new.text == "New"


@pytest.mark.parametrize("text", ["x" * 3_000, *NASTY])
def test_the_fullest_form_fits(text: str) -> None:
    risks = tuple(OpenRisk(n, text, 5, 5, text, text[:300]) for n in range(1, 3 * MOST_RISKS))
    actions = tuple(ActionLine(text, text[:300], None) for _ in range(60))
    sheet = replace(SHEET, open_risks=risks, open_actions=actions, last_words=LastWords(text, text))
    outcome = replace(AMBER, stands=Status.RED)
    typed = CommentaryAnswer(text, proposed=Status.RED, proposed_reason=text, evidence=text)
    sitting = Sitting(SAVED, advice=tuple(Advice), advised=True, turn=999)
    view = commentary_view(sheet, outcome, EVERYTHING, typed, 5, sitting)
    judge_view(view)
    first = Sitting(SAVED, OthersDraft(1, text, SAVED), turn=7)
    judge_view(figure_view(replace(sheet, gathered_from=text), None, first))


@pytest.mark.parametrize("text", ["Late homes", *NASTY])
def test_keeping_the_computed_colour_asks_why_and_shows_the_reason_given(text: str) -> None:
    view = keep_colour_view(5, QUARTER, "LAA1-03", text, Status.AMBER, Status.GREEN, text)
    judge_view(view)
    assert view["submit"]["text"] == "Keep ▲ AMBER"
    assert parse_keep_colour(sent(view, decision=" No. ")) == KeepColourAnswer(5, QUARTER, "No.")
    assert parse_keep_colour({"private_metadata": '{"proposal": "x"}'}) is None
    assert list(keep_colour_errors()) == ["decision"]
