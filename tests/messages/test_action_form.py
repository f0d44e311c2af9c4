"""Saying how an action stands: the form, what comes back, and what is said at its fields."""

from dataclasses import replace

import pytest

from messages.forms.action_form import ActionAnswer, action_errors, action_view, parse_action
from messages.notices.actions import ActionSheet, samples_overdue
from rules.actions import UpdateFault
from rules.vocabulary import ActionState
from tests.messages.filling import blocks, sent, words
from tests.messages.judges import judge_view
from tests.messages.nasty import NASTY, spoiled

SHEET = ActionSheet(samples_overdue(), ActionState.IN_PROGRESS)


def test_the_form_shows_the_action_and_how_it_stands() -> None:
    view = action_view(SHEET)
    judge_view(view)
    assert "Tutor for every pupil in care, Education lead" in words(view)
    assert "21 days overdue" in words(view)
    assert "Six of eight have one." in words(view)
    assert parse_action(sent(view)) == ActionAnswer(11, ActionState.IN_PROGRESS, "")


def test_what_was_typed_comes_back_with_its_action() -> None:
    changed = sent(action_view(SHEET), action_state="DROPPED", note=" No money. ")
    assert parse_action(changed) == ActionAnswer(11, ActionState.DROPPED, "No money.")


def test_an_edited_form_is_no_answer_and_an_unknown_state_none() -> None:
    assert parse_action({"private_metadata": '{"action": "eleven"}'}) is None
    kept = action_view(SHEET)["private_metadata"]
    option = {"selected_option": {"value": "ABANDONED"}}
    state = {"values": {"action_state": {"action_state": option}}}
    edited = parse_action({"private_metadata": kept, "state": state})
    assert edited == ActionAnswer(11, None, "")


@pytest.mark.parametrize("fault", list(UpdateFault))
def test_a_fault_is_said_at_its_field_with_how_to_mend_it(fault: UpdateFault) -> None:
    (block, said), *others = action_errors((fault,)).items()
    assert not others
    assert block in blocks(action_view(SHEET))
    assert said.endswith("Your other answers are kept.")


@pytest.mark.parametrize("text", NASTY)
def test_any_action_fits_the_form(text: str) -> None:
    judge_view(action_view(replace(SHEET, action=spoiled(SHEET.action, text))))
