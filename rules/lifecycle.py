"""The life of a return from request to lock (specification §1).

It owns which state may follow which, what people may do to a return in which part of a
quarter, and what the close and the freeze make of it. It must not know who acts: that is
permissions.
"""

from enum import Enum, StrEnum, auto

from rules.vocabulary import ReturnState

_DRAFT, _SUBMITTED = ReturnState.DRAFT, ReturnState.SUBMITTED
_BACK, _ACCEPTED, _LOCKED = ReturnState.SENT_BACK, ReturnState.ACCEPTED, ReturnState.LOCKED
_LAPSED = ReturnState.LAPSED
MOVES: dict[ReturnState, frozenset[ReturnState]] = {
    ReturnState.NOT_STARTED: frozenset({_DRAFT, _SUBMITTED, _LAPSED}),
    ReturnState.DRAFT: frozenset({_DRAFT, _SUBMITTED, _LAPSED}),
    ReturnState.SUBMITTED: frozenset({_SUBMITTED, _BACK, _ACCEPTED, _LOCKED}),
    ReturnState.SENT_BACK: frozenset({_SUBMITTED, _LAPSED, _LOCKED}),
    ReturnState.ACCEPTED: frozenset({_BACK, _LOCKED}),
    ReturnState.LAPSED: frozenset({_SUBMITTED}),
    ReturnState.LOCKED: frozenset({_BACK}),
}
NOT_SENT = frozenset({ReturnState.NOT_STARTED, ReturnState.DRAFT})
TAKEN = frozenset({_ACCEPTED, _LOCKED})
"""States in which nobody changes what was said; it must be reopened first."""


class Phase(Enum):
    """How far a quarter is with its returns. After the close late ones come with leave only."""

    BEFORE = auto()
    OPEN = auto()
    CLOSED = auto()
    FROZEN = auto()


class Move(StrEnum):
    """What people do to a return that is in."""

    ACCEPT = "accept"
    SEND_BACK = "send_back"
    LOCK = "lock"
    REOPEN = "reopen"


MADE_OF: dict[Move, ReturnState] = {
    Move.ACCEPT: _ACCEPTED,
    Move.SEND_BACK: _BACK,
    Move.LOCK: _LOCKED,
    Move.REOPEN: _BACK,
}
NEEDS_REASON = frozenset({Move.SEND_BACK, Move.REOPEN})
# After the close a return goes back by being reopened, which is the central team's to do.
_POSSIBLE: dict[tuple[Phase, ReturnState], tuple[Move, ...]] = {
    (Phase.OPEN, _SUBMITTED): (Move.ACCEPT, Move.SEND_BACK),
    (Phase.CLOSED, _SUBMITTED): (Move.ACCEPT, Move.REOPEN),
    (Phase.OPEN, _ACCEPTED): (Move.LOCK, Move.REOPEN),
    (Phase.CLOSED, _ACCEPTED): (Move.LOCK, Move.REOPEN),
    (Phase.OPEN, _LOCKED): (Move.REOPEN,),
    (Phase.CLOSED, _LOCKED): (Move.REOPEN,),
}


def may_follow(state: ReturnState, after: ReturnState, *, frozen: bool = False) -> bool:
    """Whether `after` may follow `state`. Once the quarter is frozen nothing follows."""
    return not frozen and after in MOVES[state]


def possible(state: ReturnState, phase: Phase) -> tuple[Move, ...]:
    """What may be done to a return now, by whoever has the right to it."""
    return _POSSIBLE.get((phase, state), ())


def may_send(state: ReturnState, phase: Phase, *, leave: bool) -> bool:
    """Whether a return may be sent in, for the first time or anew.

    `leave` is that of somebody with more time, or of the central team. A return that was
    reopened after the close needs none.
    """
    if phase in {Phase.BEFORE, Phase.FROZEN} or state in TAKEN:
        return False
    return phase is Phase.OPEN or leave or state is _BACK


def is_late(state: ReturnState, *, was_late: bool, in_time: bool) -> bool:
    """Whether a return sent now counts as late.

    What had lapsed is late, and stays so when it is corrected; whoever was given more time
    before the close is not late within it.
    """
    return was_late or state is _LAPSED or (state in NOT_SENT and not in_time)


def at_close(state: ReturnState, *, accept_by_hand: bool = False) -> ReturnState:
    """What the close of the window makes of a return.

    What was not sent in lapses, and so does what was sent back and never came again. What was
    sent in and not sent back is accepted by rule, unless the setting `accept_by_hand` leaves
    that to people.
    """
    if state in NOT_SENT or state is _BACK:
        return _LAPSED
    if state is _SUBMITTED and not accept_by_hand:
        return _ACCEPTED
    return state


def at_freeze(state: ReturnState) -> ReturnState:
    """What the freeze of the pack makes of a return: all that is in is locked as it stands.

    What was reopened and did not come again stands as it was said, because it was taken once.
    """
    if state in {_SUBMITTED, _ACCEPTED, _BACK}:
        return _LOCKED
    return _LAPSED if state in NOT_SENT else state


def counts_at_the_run(state: ReturnState) -> bool:
    """Whether the escalation run takes a return's status as it stands (§7)."""
    return state in {ReturnState.SUBMITTED, ReturnState.ACCEPTED, ReturnState.LOCKED}
