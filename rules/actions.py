"""Actions to improve a target: when one is overdue, and what saying how it stands needs (§1).

It owns these questions. It must not keep an action, nor word a fault.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from rules.quarters import Quarter
from rules.vocabulary import ActionState, QuarterState

ENDED = frozenset({ActionState.DONE, ActionState.DROPPED})


class Which(StrEnum):
    """Which actions a list is of; a list without a word holds the open ones."""

    OPEN = "open"
    OVERDUE = "overdue"


class UpdateFault(StrEnum):
    """What an update lacks, by its field."""

    STATE_REQUIRED = "state"
    NOTE_REQUIRED = "note"
    REASON_REQUIRED = "reason"


class Dated(Protocol):
    """Anything with a state and a due day."""

    @property
    def state(self) -> ActionState:
        """How it stands."""

    @property
    def due_on(self) -> date:
        """The day it is due."""


Some = TypeVar("Some", bound=Dated)


def is_open(state: ActionState) -> bool:
    """Whether something is still to be done."""
    return state not in ENDED


def days_overdue(state: ActionState, due_on: date, today: date) -> int:
    """How many days past its due day; 0 on the day itself and for one that has ended."""
    return max(0, (today - due_on).days) if is_open(state) else 0


def update_faults(state: ActionState | None, note: str) -> tuple[UpdateFault, ...]:
    """What saying how an action stands lacks.

    One that is dropped needs a reason. One that goes on needs a few words: the board's
    follow-up counts an action without them as without an update.
    """
    if state is None:
        return (UpdateFault.STATE_REQUIRED,)
    if note.strip() or state is ActionState.DONE:
        return ()
    dropped = state is ActionState.DROPPED
    return (UpdateFault.REASON_REQUIRED if dropped else UpdateFault.NOTE_REQUIRED,)


def quarter_of_update(current: Quarter, state: QuarterState) -> Quarter:
    """The quarter whose follow-up an update belongs to: the next once one is published."""
    return current.next if state is QuarterState.PUBLISHED else current


def listed(actions: Iterable[Some], which: Which, today: date) -> tuple[Some, ...]:
    """The open actions, or the overdue ones alone; the longest overdue first, then by due day."""
    still = [action for action in actions if is_open(action.state)]
    if which is Which.OVERDUE:
        still = [one for one in still if days_overdue(one.state, one.due_on, today)]
    return tuple(sorted(still, key=lambda action: action.due_on))
