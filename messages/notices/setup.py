"""Answers about the set-up: its menu, and what its check found."""

from dataclasses import dataclass
from typing import Self

from messages.ids import Action


@dataclass(frozen=True, slots=True)
class SetupMenu:
    """What can be set up, each with a button; areas in the order shown."""

    areas: tuple[Action, ...]

    @classmethod
    def example(cls) -> Self:
        """Every area."""
        return cls(
            (
                Action.SETUP_TARGETS,
                Action.SETUP_ROLES,
                Action.SETUP_BLOCKS,
                Action.SETUP_PARTNERSHIPS,
                Action.SETUP_SETTINGS,
                Action.SETUP_KINDS,
                Action.SETUP_CALENDAR,
            )
        )
