from itertools import pairwise

import pytest

from rules.lifecycle import at_close, counts_at_the_run, may_follow
from rules.vocabulary import ReturnState

WALK = [
    ReturnState.NOT_STARTED,
    ReturnState.DRAFT,
    ReturnState.SUBMITTED,
    ReturnState.SENT_BACK,
    ReturnState.SUBMITTED,
    ReturnState.ACCEPTED,
    ReturnState.LOCKED,
]


def test_a_return_goes_from_request_to_lock_by_way_of_being_sent_back() -> None:
    assert all(may_follow(*pair) for pair in pairwise(WALK))


def test_a_locked_return_stays_as_it_is() -> None:
    assert not any(may_follow(ReturnState.LOCKED, after) for after in ReturnState)


def test_a_lapsed_return_may_still_come_in_late() -> None:
    assert may_follow(ReturnState.LAPSED, ReturnState.SUBMITTED)


@pytest.mark.parametrize(
    ("state", "after"),
    [
        (ReturnState.NOT_STARTED, ReturnState.LAPSED),
        (ReturnState.DRAFT, ReturnState.LAPSED),
        (ReturnState.SUBMITTED, ReturnState.ACCEPTED),
        (ReturnState.SENT_BACK, ReturnState.SENT_BACK),
        (ReturnState.ACCEPTED, ReturnState.ACCEPTED),
    ],
)
def test_at_close_what_came_in_is_accepted_and_the_rest_lapses(
    state: ReturnState, after: ReturnState
) -> None:
    assert at_close(state) is after
    assert after is state or may_follow(state, after)


def test_where_people_accept_by_hand_the_close_accepts_nothing() -> None:
    assert at_close(ReturnState.SUBMITTED, accept_by_hand=True) is ReturnState.SUBMITTED


def test_the_escalation_run_takes_what_was_sent_in_and_not_sent_back() -> None:
    taken = {state for state in ReturnState if counts_at_the_run(state)}
    assert taken == {ReturnState.SUBMITTED, ReturnState.ACCEPTED, ReturnState.LOCKED}
