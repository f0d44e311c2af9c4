"""What is said of a pause: to whoever owes something, and to the central team."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from messages.notices import samples
from rules.quarters import Quarter


@dataclass(frozen=True, slots=True)
class QuarterPaused:
    """Told once to whoever owes something: nothing more comes until the quarter goes on.

    `refs` are the targets they still owe, or, when `escalated`, those put to them.
    """

    quarter: Quarter
    refs: tuple[str, ...]
    escalated: bool = False

    @classmethod
    def example(cls) -> Self:
        """A lead who owes two."""
        return cls(samples.QUARTER, ("LAA1-03", "LAA1-04"))


@dataclass(frozen=True, slots=True)
class QuarterResumed:
    """Told once to whoever owes something: the quarter goes on, with these dates.

    `board` is none where nobody has confirmed it.
    """

    quarter: Quarter
    refs: tuple[str, ...]
    due: date
    closes: datetime
    board: date | None
    escalated: bool = False

    @classmethod
    def example(cls) -> Self:
        """A lead who owes two."""
        refs = ("LAA1-03", "LAA1-04")
        return cls(samples.QUARTER, refs, date(2008, 10, 24), samples.CLOSES, samples.BOARD)


@dataclass(frozen=True, slots=True)
class PauseStands:
    """The central channel's word that a quarter is paused, and the answer to whoever did it.

    `told` counts people. `already` when it was paused before, which told nobody again.
    `unasked` counts those who owe something and were not asked for it yet, `notes` those whom a
    note had not reached yet, which is not sent now.
    """

    quarter: Quarter
    at: datetime
    by: int | None
    told: int
    already: bool = False
    unasked: int = 0
    notes: int = 0

    @classmethod
    def example(cls) -> Self:
        """Three people were told."""
        return cls(samples.QUARTER, samples.PAUSED, 2, 3)


@dataclass(frozen=True, slots=True)
class ResumeStands:
    """The central channel's word that a quarter goes on, and the answer to whoever did it.

    `lost` counts the working days the dates moved by. `opens` is none once it is open.
    `unasked` counts those who are asked only now.
    """

    quarter: Quarter
    at: datetime
    by: int | None
    told: int
    lost: int
    opens: date | None
    due: date
    closes: datetime
    board: date
    board_confirmed: bool
    unasked: int = 0

    @classmethod
    def example(cls) -> Self:
        """Three working days later."""
        return cls(
            samples.QUARTER,
            samples.RESUMED,
            2,
            told=3,
            lost=3,
            opens=None,
            due=date(2008, 10, 24),
            closes=samples.CLOSES,
            board=samples.BOARD,
            board_confirmed=True,
        )
