from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.lifecycle import (
    MADE_OF,
    NOT_SENT,
    TAKEN,
    Move,
    Phase,
    at_close,
    at_freeze,
    counts_at_the_run,
    is_late,
    may_follow,
    may_send,
    possible,
)
from rules.vocabulary import ReturnState

STATES, PHASES = st.sampled_from(ReturnState), st.sampled_from(Phase)
WALK = [
    ReturnState.NOT_STARTED,
    ReturnState.DRAFT,
    ReturnState.SUBMITTED,
    ReturnState.SENT_BACK,
    ReturnState.SUBMITTED,
    ReturnState.ACCEPTED,
    ReturnState.SENT_BACK,
    ReturnState.SUBMITTED,
    ReturnState.ACCEPTED,
    ReturnState.LOCKED,
    ReturnState.SENT_BACK,
]


def test_a_return_goes_from_request_to_lock_by_way_of_being_sent_back_and_reopened() -> None:
    assert all(may_follow(*pair) for pair in pairwise(WALK))


@given(STATES, STATES)
def test_once_the_quarter_is_frozen_nothing_follows(state: ReturnState, after: ReturnState) -> None:
    assert not may_follow(state, after, frozen=True)


def test_a_lapsed_return_may_still_come_in_late() -> None:
    assert may_follow(ReturnState.LAPSED, ReturnState.SUBMITTED)


@pytest.mark.parametrize(
    ("state", "after"),
    [
        (ReturnState.NOT_STARTED, ReturnState.LAPSED),
        (ReturnState.DRAFT, ReturnState.LAPSED),
        (ReturnState.SUBMITTED, ReturnState.ACCEPTED),
        (ReturnState.SENT_BACK, ReturnState.LAPSED),
        (ReturnState.ACCEPTED, ReturnState.ACCEPTED),
        (ReturnState.LOCKED, ReturnState.LOCKED),
    ],
)
def test_at_close_what_came_in_is_accepted_and_the_rest_lapses(
    state: ReturnState, after: ReturnState
) -> None:
    assert at_close(state) is after
    assert after is state or may_follow(state, after)


def test_where_people_accept_by_hand_the_close_accepts_nothing() -> None:
    assert at_close(ReturnState.SUBMITTED, accept_by_hand=True) is ReturnState.SUBMITTED


@given(STATES)
def test_at_the_freeze_all_that_is_in_is_locked_and_nothing_waits(state: ReturnState) -> None:
    after = at_freeze(state)
    assert after in {ReturnState.LOCKED, ReturnState.LAPSED}
    assert after is state or may_follow(state, after)
    assert (after is ReturnState.LAPSED) is (state in NOT_SENT or state is ReturnState.LAPSED)


@given(STATES, PHASES)
def test_whatever_people_may_do_leads_to_a_state_that_may_follow(
    state: ReturnState, phase: Phase
) -> None:
    for move in possible(state, phase):
        assert may_follow(state, MADE_OF[move])
        assert phase in {Phase.OPEN, Phase.CLOSED}


@given(state=STATES, phase=PHASES, leave=st.booleans())
def test_what_may_be_sent_may_follow_and_what_was_taken_is_reopened_first(
    *, state: ReturnState, phase: Phase, leave: bool
) -> None:
    if may_send(state, phase, leave=leave):
        assert may_follow(state, ReturnState.SUBMITTED)
    elif phase in {Phase.OPEN, Phase.CLOSED} and leave:
        assert state in TAKEN
        assert Move.REOPEN in possible(state, phase)


@given(STATES, STATES)
def test_no_state_may_follow_that_nothing_leads_to(state: ReturnState, after: ReturnState) -> None:
    """People, the close and the freeze between them make every move there is, and no other."""
    by_people = {MADE_OF[move] for at in Phase for move in possible(state, at)}
    sent = {ReturnState.SUBMITTED} if may_send(state, Phase.CLOSED, leave=True) else set()
    by_rule = {at_close(state), at_freeze(state)}
    typed = {ReturnState.DRAFT} if state in NOT_SENT else set()
    reached = (by_people | sent | by_rule | typed) - {state} | sent | typed
    assert may_follow(state, after) is (after in reached)


def test_after_the_close_a_return_comes_with_leave_alone_or_when_it_was_reopened() -> None:
    assert not may_send(ReturnState.LAPSED, Phase.CLOSED, leave=False)
    assert may_send(ReturnState.LAPSED, Phase.CLOSED, leave=True)
    assert may_send(ReturnState.SENT_BACK, Phase.CLOSED, leave=False)
    assert not may_send(ReturnState.SENT_BACK, Phase.FROZEN, leave=True)


def test_sending_back_is_for_an_open_window_and_reopening_for_what_was_taken() -> None:
    assert possible(ReturnState.SUBMITTED, Phase.OPEN) == (Move.ACCEPT, Move.SEND_BACK)
    assert possible(ReturnState.SUBMITTED, Phase.CLOSED) == (Move.ACCEPT, Move.REOPEN)
    assert possible(ReturnState.ACCEPTED, Phase.OPEN) == (Move.LOCK, Move.REOPEN)
    assert possible(ReturnState.ACCEPTED, Phase.FROZEN) == ()


@pytest.mark.parametrize(
    ("state", "was_late", "in_time", "late"),
    [
        (ReturnState.NOT_STARTED, False, True, False),
        (ReturnState.NOT_STARTED, False, False, True),
        (ReturnState.LAPSED, False, True, True),
        (ReturnState.SENT_BACK, False, False, False),
        (ReturnState.SUBMITTED, True, True, True),
    ],
)
def test_what_had_lapsed_is_late_and_stays_so(
    *, state: ReturnState, was_late: bool, in_time: bool, late: bool
) -> None:
    assert is_late(state, was_late=was_late, in_time=in_time) is late


def test_the_escalation_run_takes_what_was_sent_in_and_not_sent_back() -> None:
    taken = {state for state in ReturnState if counts_at_the_run(state)}
    assert taken == {ReturnState.SUBMITTED, ReturnState.ACCEPTED, ReturnState.LOCKED}
