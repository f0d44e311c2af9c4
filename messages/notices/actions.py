"""Actions: the list of what is still to be done, and what the form for one shows."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from messages.notices import samples
from rules.actions import Which
from rules.vocabulary import ActionState


@dataclass(frozen=True, slots=True)
class OpenAction:
    """An action still to be done, with its target's reference. `number` is for the button.

    `days_overdue` is 0 up to the due day. `can_update` where the reader may say how it stands.
    """

    number: int
    ref: str
    text: str
    owner: str
    due_on: date
    state: ActionState
    days_overdue: int = 0
    update: str = ""
    can_update: bool = False


@dataclass(frozen=True, slots=True)
class ActionSheet:
    """One action as its form shows it, and how it stands."""

    action: OpenAction
    state: ActionState


@dataclass(frozen=True, slots=True)
class ActionsAnswer:
    """The open or overdue actions somebody may see, the longest overdue first.

    `late` of all are overdue. `left` counts those an answer has no room for.
    """

    which: Which
    actions: tuple[OpenAction, ...]
    late: int = 0
    left: int = 0

    @classmethod
    def example(cls) -> Self:
        """One overdue, one in time."""
        return cls(Which.OPEN, (samples_overdue(), samples_in_time()), late=1, left=2)


@dataclass(frozen=True, slots=True)
class ActionUpdated:
    """What was said of an action is kept."""

    ref: str
    text: str
    state: ActionState

    @classmethod
    def example(cls) -> Self:
        """In progress now."""
        return cls("LAA1-06", "Tutor for every pupil in care", ActionState.IN_PROGRESS)


def samples_overdue() -> OpenAction:
    """An action that is late."""
    return OpenAction(
        11,
        "LAA1-06",
        "Tutor for every pupil in care",
        "Education lead",
        date(2008, 9, 30),
        ActionState.IN_PROGRESS,
        21,
        "Six of eight have one.",
        can_update=True,
    )


def samples_in_time() -> OpenAction:
    """An action somebody else says how it stands."""
    due = samples.BOARD
    return OpenAction(12, "LAA1-03", "Bring two sites forward", "Housing", due, ActionState.OPEN)
