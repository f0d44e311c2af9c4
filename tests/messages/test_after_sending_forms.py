"""The forms for what comes after sending: going back with a reason, more time, why it changed."""

import json
from dataclasses import replace
from datetime import date

import pytest

from messages.forms.extension_form import (
    ExtensionAnswer,
    Span,
    extension_errors,
    extension_view,
    parse_extension,
)
from messages.forms.go_back_form import (
    GoBackAnswer,
    go_back_errors,
    go_back_view,
    parse_go_back,
)
from messages.forms.problems import errors
from messages.forms.return_form import commentary_view, figure_view, parse_commentary
from messages.ids import Block as Id
from messages.notices.checking import ExtensionRefused
from messages.notices.samples import ACKNOWLEDGED, QUARTER
from messages.notices.sheets import Outcome, ReturnSheet, SentBack
from messages.values import unpack_version
from rules.commentary import Problem, ProblemCode, needs
from rules.lifecycle import Move
from rules.vocabulary import Status
from tests.messages.filling import blocks, sent, words
from tests.messages.judges import judge_view
from tests.messages.nasty import NASTY

SHEET = ReturnSheet.example()
SPAN = Span(("LAA1-03", "LAA1-04"), date(2008, 10, 22), date(2008, 11, 12))
REFUSED = ExtensionRefused.example()


def commentary(sheet: ReturnSheet) -> dict[str, object]:
    green = needs(Status.GREEN, carries_grant=False)
    return commentary_view(sheet, Outcome(Status.GREEN), green)


@pytest.mark.parametrize("move", [Move.SEND_BACK, Move.REOPEN])
def test_a_reason_comes_back_with_its_return_and_its_version(move: Move) -> None:
    view = go_back_view("LAA1-03", "More affordable housing", move, 3, QUARTER, 2)
    judge_view(view)
    wanted = GoBackAnswer(3, QUARTER, 2, move, "Please look again.")
    assert parse_go_back(sent(view, why=" Please look again. ")) == wanted
    assert set(go_back_errors()) == set(blocks(view))


@pytest.mark.parametrize("text", NASTY)
def test_a_title_of_any_kind_stays_within_the_limits_of_the_form(text: str) -> None:
    judge_view(go_back_view("LAA1-03", text, Move.REOPEN, 3, QUARTER, 2))
    judge_view(extension_view(17, QUARTER, replace(SPAN, reason=text)))
    judge_view(figure_view(replace(SHEET, back=SentBack(text, 5, ACKNOWLEDGED))))


@pytest.mark.parametrize(
    "kept",
    [
        {},
        {"return": "3@2008q2v1", "move": "accept"},
        {"return": "3@2008q2", "move": "reopen"},
        {"return": "3@2008q2v0", "move": "reopen"},
        {"return": "3@2008q2v1", "move": ["reopen"]},
        {"return": 3, "move": "reopen"},
    ],
)
def test_a_form_that_was_tampered_with_names_nothing(kept: dict[str, object]) -> None:
    view = go_back_view("LAA1-03", "", Move.REOPEN, 3, QUARTER, 2)
    assert parse_go_back({**sent(view), "private_metadata": json.dumps(kept)}) is None
    assert parse_extension({**sent(view), "private_metadata": json.dumps(kept)}) is None


@pytest.mark.parametrize("value", ["", "v", "3@2008q2vv1", "3@2008q2v1v1", "3@2008q2v-1", "v1"])
def test_a_value_of_no_version_is_none(value: str) -> None:
    assert unpack_version(value) is None


def test_a_day_and_a_reason_come_back_with_their_person() -> None:
    view = extension_view(17, QUARTER, SPAN)
    judge_view(view)
    wanted = ExtensionAnswer(17, QUARTER, date(2008, 11, 12), "The survey is late.")
    assert parse_extension(sent(view, why="The survey is late.")) == wanted
    assert "from Wednesday 22 October to Wednesday 12 November" in words(view)


def test_a_person_who_owes_very_many_targets_fits_the_form() -> None:
    refs = tuple(f"LAA1-{n:03}" for n in range(300))
    view = extension_view(17, QUARTER, replace(SPAN, refs=refs))
    judge_view(view)
    assert "300 targets" in words(view)


def test_what_keeps_time_from_being_given_stands_at_its_field() -> None:
    assert set(extension_errors(REFUSED)) == {Id.UNTIL}
    assert "22 October" in extension_errors(REFUSED)[Id.UNTIL]
    assert set(extension_errors(replace(REFUSED, why="reason"))) == {Id.WHY}
    assert extension_errors(replace(REFUSED, why="owes_nothing")) == {}


def test_the_form_of_a_return_that_came_back_shows_the_reason_and_asks_for_none() -> None:
    back = replace(SHEET, back=SentBack("Look again.", 5, ACKNOWLEDGED), changes=True)
    assert "This came back to you because: Look again." in words(figure_view(back))
    assert Id.WHY not in blocks(commentary(back))


def test_a_change_may_say_why_and_must_where_somebody_else_answers_for_it() -> None:
    assert Id.WHY not in blocks(commentary(SHEET))
    own = commentary(replace(SHEET, changes=True))
    judge_view(own)
    assert parse_commentary(sent(own, why="A slip.")).why == "A slip."
    foreign = commentary(replace(SHEET, changes=True, why_needed=True))
    assert "It is needed" in str(foreign)
    found = errors((Problem(ProblemCode.REASON_REQUIRED, "why"),), sent(foreign))
    assert set(found) == {Id.WHY}
