"""The life of a return from request to lock (specification §1).

It owns which state may follow which. It must not know who moves it: that is permissions.
"""

from rules.vocabulary import ReturnState

_DRAFT, _SUBMITTED = ReturnState.DRAFT, ReturnState.SUBMITTED
MOVES: dict[ReturnState, frozenset[ReturnState]] = {
    ReturnState.NOT_STARTED: frozenset({_DRAFT, _SUBMITTED, ReturnState.LAPSED}),
    ReturnState.DRAFT: frozenset({_DRAFT, _SUBMITTED, ReturnState.LAPSED}),
    ReturnState.SUBMITTED: frozenset({_SUBMITTED, ReturnState.SENT_BACK, ReturnState.ACCEPTED}),
    ReturnState.SENT_BACK: frozenset({_SUBMITTED}),
    ReturnState.ACCEPTED: frozenset({ReturnState.SENT_BACK, ReturnState.LOCKED}),
    ReturnState.LAPSED: frozenset({_SUBMITTED}),
    ReturnState.LOCKED: frozenset(),
}


def may_follow(state: ReturnState, after: ReturnState) -> bool:
    """Whether `after` may follow `state`."""
    return after in MOVES[state]


def at_close(state: ReturnState, *, accept_by_hand: bool = False) -> ReturnState:
    """What the close of the window makes of a return.

    What was not sent in lapses; what was sent in and not sent back is accepted by rule,
    unless the setting `accept_by_hand` leaves that to people.
    """
    if state in {ReturnState.NOT_STARTED, ReturnState.DRAFT}:
        return ReturnState.LAPSED
    if state is ReturnState.SUBMITTED and not accept_by_hand:
        return ReturnState.ACCEPTED
    return state


def counts_at_the_run(state: ReturnState) -> bool:
    """Whether the escalation run takes a return's status as it stands (§7)."""
    return state in {ReturnState.SUBMITTED, ReturnState.ACCEPTED, ReturnState.LOCKED}
