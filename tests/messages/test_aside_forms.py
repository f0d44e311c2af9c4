"""The small forms under a lead's list, and that for days away: within limits, and read back."""

import json
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from messages.forms import asides_forms
from messages.forms.asides_forms import parse_aside
from messages.forms.away_form import away_errors, away_view, parse_away
from messages.ids import Block
from messages.notices import samples
from messages.notices.common import TargetToReport
from rules.leave import Leave, LeaveFault
from rules.working_hours import WorkingHours
from tests.messages.filling import blocks, sent, words
from tests.messages.judges import judge_view
from tests.messages.nasty import NASTY

DUE, QUARTER = samples.DUE, samples.QUARTER
VIEWS = (
    lambda targets: asides_forms.put_off_view(17, QUARTER, targets, date(2008, 10, 17), DUE),
    lambda targets: asides_forms.not_mine_view(17, QUARTER, targets),
    lambda targets: asides_forms.need_help_view(17, QUARTER, targets),
)
HOURS = WorkingHours("Europe/London")


def several(count: int, title: str = "More affordable housing") -> tuple[TargetToReport, ...]:
    one = samples.housing()
    return tuple(
        replace(one, number=n, ref=f"LAA1-{n:03}", title=title) for n in range(1, count + 1)
    )


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("count", [1, 2, 100, 101, 1_000])
def test_any_number_of_targets_and_titles_of_any_length_fit(view: Any, count: int) -> None:
    judge_view(view(several(count, "x" * 300)))


@pytest.mark.parametrize("view", VIEWS)
def test_whatever_a_title_holds_it_stays_text(view: Any) -> None:
    for text in NASTY:
        for count in (1, 2):
            judge_view(view(several(count, text)))


@pytest.mark.parametrize("view", VIEWS)
def test_the_only_target_is_named_and_not_asked_for(view: Any) -> None:
    made = view(several(1))
    assert Block.TARGET not in blocks(made)
    assert "LAA1-001 More affordable housing" in words(made)
    answer = parse_aside(sent(made))
    assert answer is not None
    assert (answer.target, answer.quarter) == (1, QUARTER)


def test_one_of_several_is_chosen_and_of_very_many_typed() -> None:
    few = parse_aside(sent(VIEWS[0](several(2)), target="2"))
    many = parse_aside(sent(VIEWS[0](several(101)), target=" LAA1-101 "))
    none = parse_aside(sent(VIEWS[0](several(2))))
    assert few is not None
    assert many is not None
    assert none is not None
    assert (few.target, many.target, none.target) == (2, "LAA1-101", None)
    assert few.until == date(2008, 10, 17)


@pytest.mark.parametrize("kept", ["", "[]", "{", '{"list": "x"}', '{"list": 7, "target": 1}'])
def test_a_form_that_was_tampered_with_names_nothing(kept: str) -> None:
    view = {**sent(VIEWS[1](several(1))), "private_metadata": kept}
    assert parse_aside(view) is None


def test_a_number_put_into_a_form_is_only_taken_as_a_number() -> None:
    view = sent(VIEWS[1](several(2)), target="1")
    for target in (True, -1, "1; DROP", 1.5, None):
        kept = json.dumps({"list": "17@2008q2", "target": target})
        answer = parse_aside({**view, "private_metadata": kept})
        assert answer is not None
        assert answer.target == 1  # what was chosen on the form


def test_days_away_come_back_as_they_were_entered() -> None:
    leave = Leave(17, date(2008, 10, 1), date(2008, 10, 24), 21)
    view = away_view(17, "target lead " * 30, HOURS, leave, "UOTHER")
    judge_view(view)
    values = sent_with_user(view, "UOTHER")
    entered = parse_away(values)
    assert entered is not None
    assert (entered.person, entered.starts, entered.ends) == (17, leave.starts, leave.ends)
    assert (entered.delegate, entered.zone) == ("UOTHER", "Europe/London")
    assert (entered.day_starts, entered.day_ends) == (time(9), time(17))


def sent_with_user(view: dict[str, Any], user: str) -> dict[str, Any]:
    """The form as sent, with the person that is chosen in it."""
    others = [block for block in view["blocks"] if block.get("block_id") != Block.DELEGATE]
    filled = sent({**view, "blocks": others})
    chosen = {Block.DELEGATE: {"type": "users_select", "selected_user": user}}
    filled["state"]["values"][Block.DELEGATE] = chosen
    return filled


def test_hours_and_a_zone_of_ones_own_are_offered_too() -> None:
    own = WorkingHours("Asia/Kathmandu", time(7, 45), time(15, 20))
    view = away_view(None, "target-lead-01", own, None, "")
    judge_view(view)
    entered = parse_away(sent_with_user(view, ""))
    assert entered is not None
    assert entered.person is None
    assert (entered.day_starts, entered.day_ends) == (time(7, 45), time(15, 20))
    assert entered.zone == "Asia/Kathmandu"


@pytest.mark.parametrize("person", ['"someone"', "0", "-3", "true", "null", "[]"])
def test_a_form_for_nobody_there_can_be_is_not_taken(person: str) -> None:
    view = {**away_view(None, "x", HOURS, None, ""), "private_metadata": f'{{"person": {person}}}'}
    assert parse_away(view) is None


def test_every_fault_of_a_leave_has_words_at_a_field() -> None:
    view = away_view(None, "x", HOURS, None, "")
    for fault in LeaveFault:
        ((block, said),) = away_errors([fault]).items()
        assert block in blocks(view)
        assert said.endswith("Your other answers are kept.")
