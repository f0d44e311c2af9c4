"""What a lead says beside reporting, as those who can do something about it read it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from messages.notices import samples
from messages.notices.common import Stead, TargetLine
from rules.quarters import Quarter


@dataclass(frozen=True, slots=True)
class NotMine:
    """Told to the performance lead: somebody who was asked says that a target is not theirs.

    `by` is their number, `at` when they said it, `whose` their own words on who should have it.
    `to_central` where there is no performance lead to tell.
    """

    quarter: Quarter
    due: date
    number: int
    target: TargetLine
    by: int
    at: datetime
    whose: str
    to_central: bool = False
    stead: Stead | None = None

    @classmethod
    def example(cls) -> Self:
        """With a guess."""
        return cls(
            samples.QUARTER,
            samples.DUE,
            3,
            samples.owing()[0],
            17,
            samples.ACKNOWLEDGED,
            "The housing strategy team took it over in July.",
        )


@dataclass(frozen=True, slots=True)
class HelpWanted:
    """Told to the liaison officer and the central channel: a lead needs help with a target.

    `liaison` is the officer's number, none where the partnership has none; `to_central` in the
    central channel.
    """

    quarter: Quarter
    due: date
    number: int
    target: TargetLine
    partnership: str
    by: int
    trouble: str
    liaison: int | None
    to_central: bool = False
    stead: Stead | None = None

    @classmethod
    def example(cls) -> Self:
        """Figures that are late."""
        return cls(
            samples.QUARTER,
            samples.DUE,
            3,
            samples.owing()[0],
            "Economic Development and Skills",
            17,
            "Two districts have not sent their figures.",
            31,
        )
