from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.actions import (
    UpdateFault,
    Which,
    days_overdue,
    listed,
    quarter_of_update,
    update_faults,
)
from rules.quarters import Quarter
from rules.vocabulary import ActionState, QuarterState

DUE = date(2008, 10, 20)
Q2 = Quarter(2008, 2)


@dataclass(frozen=True)
class Action:
    state: ActionState
    due_on: date


def test_an_action_is_not_overdue_on_its_day_but_on_the_next() -> None:
    assert days_overdue(ActionState.OPEN, DUE, DUE) == 0
    assert days_overdue(ActionState.IN_PROGRESS, DUE, DUE + timedelta(days=1)) == 1


@pytest.mark.parametrize("ended", [ActionState.DONE, ActionState.DROPPED])
def test_what_has_ended_is_never_overdue(ended: ActionState) -> None:
    assert days_overdue(ended, DUE, DUE + timedelta(days=90)) == 0


def test_dropping_needs_a_reason_and_going_on_a_few_words() -> None:
    assert update_faults(ActionState.DROPPED, " ") == (UpdateFault.REASON_REQUIRED,)
    assert update_faults(ActionState.IN_PROGRESS, "") == (UpdateFault.NOTE_REQUIRED,)
    assert update_faults(ActionState.OPEN, "Waits for the site.") == ()
    assert update_faults(ActionState.DONE, "") == ()
    assert update_faults(None, "Words") == (UpdateFault.STATE_REQUIRED,)


def test_once_a_quarter_is_published_an_update_is_for_the_next_follow_up() -> None:
    assert quarter_of_update(Q2, QuarterState.PUBLISHED) == Quarter(2008, 3)
    for state in set(QuarterState) - {QuarterState.PUBLISHED}:
        assert quarter_of_update(Q2, state) == Q2


@given(
    st.lists(
        st.builds(
            Action,
            st.sampled_from(ActionState),
            st.dates(date(2008, 1, 1), date(2009, 12, 31)),
        )
    )
)
def test_lists_hold_what_is_open_longest_overdue_first(actions: list[Action]) -> None:
    still, late = listed(actions, Which.OPEN, DUE), listed(actions, Which.OVERDUE, DUE)
    assert len(still) == sum(
        one.state in {ActionState.OPEN, ActionState.IN_PROGRESS} for one in actions
    )
    assert late == tuple(one for one in still if one.due_on < DUE)
    assert [one.due_on for one in still] == sorted(one.due_on for one in still)
