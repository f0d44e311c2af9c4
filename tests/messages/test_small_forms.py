"""The small forms: a note with an acknowledgement, the board's date, a modal that tells."""

from datetime import date

import pytest

from messages.forms.acknowledge_form import (
    AcknowledgeAnswer,
    acknowledge_view,
    parse_acknowledgement,
)
from messages.forms.answer_view import answer_view, home_view
from messages.forms.board_date_form import (
    BoardDateAnswer,
    board_date_errors,
    board_date_view,
    parse_board_date,
)
from messages.forms.notice_view import notice_view
from messages.gallery import Roles
from messages.markup import Payload, compiled
from messages.notices.escalations import EscalatedTarget
from messages.notices.samples import BOARD, QUARTER
from tests.messages.filling import sent, words
from tests.messages.judges import judge_view
from tests.messages.nasty import NASTY, spoiled

TARGET = EscalatedTarget.example()


def test_a_note_comes_back_with_its_escalation() -> None:
    view = acknowledge_view(TARGET, QUARTER)
    judge_view(view)
    wanted = AcknowledgeAnswer(TARGET.escalation, QUARTER, "Seen.")
    assert parse_acknowledgement(sent(view, note=" Seen. ")) == wanted


def test_a_note_is_not_needed() -> None:
    answer = parse_acknowledgement(sent(acknowledge_view(TARGET, QUARTER)))
    assert answer is not None
    assert not answer.note


def test_an_edited_form_is_no_answer() -> None:
    assert parse_acknowledgement({"private_metadata": "{}"}) is None
    assert parse_board_date({"private_metadata": '{"quarter": "x"}'}) is None


def test_the_board_date_suggested_is_chosen_and_another_can_be() -> None:
    view = board_date_view(QUARTER, BOARD)
    judge_view(view)
    assert parse_board_date(sent(view)) == BoardDateAnswer(QUARTER, BOARD)
    changed = parse_board_date(sent(view, board="2008-11-26"))
    assert changed == BoardDateAnswer(QUARTER, date(2008, 11, 26))


def test_a_date_that_does_not_fit_is_said_at_the_date() -> None:
    assert board_date_errors(["Too early."]) == {"board": "Too early. Your other answers are kept."}
    assert board_date_errors([])["board"].startswith("Choose a date.")


def test_a_telling_modal_has_nothing_to_send() -> None:
    view = notice_view(
        "The window has closed", "It closed on Tuesday.", "The central team can help."
    )
    judge_view(view)
    assert "submit" not in view
    assert words(view) == "It closed on Tuesday.\nThe central team can help."


def test_a_title_too_long_for_slack_stands_in_the_modal() -> None:
    assert notice_view("x" * 24, "y")["title"]["text"] == "x" * 24
    assert words(notice_view("x" * 25, "y")) == f"{'x' * 25}\ny"


@pytest.mark.parametrize("text", NASTY)
def test_nasty_texts_fit_every_small_form(text: str) -> None:
    judge_view(acknowledge_view(spoiled(TARGET, text), QUARTER))
    judge_view(notice_view(text, text))
    judge_view(notice_view(text))


def answer(sections: int) -> tuple[Payload, ...]:
    return compiled(f"<message>{'<section>words</section>' * sections}</message>", Roles())


def test_an_answer_of_several_parts_is_one_view_with_one_numbering() -> None:
    judge_view(answer_view("LAA1-03", answer(60)))
    judge_view(home_view(answer(60)))


def test_a_view_that_cannot_hold_an_answer_says_that_there_is_more() -> None:
    assert len(home_view(answer(90))["blocks"]) < 100
    full = home_view(answer(120))
    judge_view(full)
    assert len(full["blocks"]) == 100
    assert words(full) == "There is more than fits here. Ask for it with the command."
