"""What the central team is told about a window, and everyone asked when its dates move."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from messages.notices import samples
from messages.notices.common import Stead, TargetLine
from rules.quarters import Quarter


@dataclass(frozen=True, slots=True)
class WindowOpened:
    """The central channel's message of a window, updated in place once the board is confirmed.

    `asked` counts people, `targets` counts targets; `pack` is the day the pack is frozen.
    """

    quarter: Quarter
    due: date
    asked: int
    targets: int
    without_lead: tuple[TargetLine, ...]
    without_milestone: tuple[str, ...]
    board: date
    board_confirmed: bool
    closes: datetime
    pack: date

    @classmethod
    def example(cls) -> Self:
        """A window with an unconfirmed board date."""
        return cls(
            quarter=samples.QUARTER,
            due=samples.DUE,
            asked=31,
            targets=43,
            without_lead=(samples.unled(),),
            without_milestone=("LAA2-NI40", "LAA2-NI123"),
            board=samples.BOARD,
            board_confirmed=False,
            closes=samples.CLOSES,
            pack=samples.PACK,
        )


@dataclass(frozen=True, slots=True)
class StillToCome:
    """Somebody with more time: by number, the refs they still owe, and their last day."""

    person: int
    refs: tuple[str, ...]
    until: date


@dataclass(frozen=True, slots=True)
class WindowClosed:
    """The central channel's message when a window closes: what came in and what did not.

    It is kept true until the pack is frozen: `to_come` are those with more time, `came` the
    refs that came in since, `late_until` the last day on which a late return can come.
    """

    quarter: Quarter
    reported: int
    lapsed: tuple[TargetLine, ...]
    escalation_run: date
    to_come: tuple[StillToCome, ...] = ()
    came: tuple[str, ...] = ()
    late_until: date | None = None

    @classmethod
    def example(cls) -> Self:
        """Three returns did not come; somebody has more time for a fourth."""
        to_come = (StillToCome(18, ("LAA1-09",), date(2008, 11, 5)),)
        return cls(
            samples.QUARTER,
            40,
            samples.owing(),
            samples.RUN,
            to_come,
            late_until=date(2008, 11, 12),
        )


@dataclass(frozen=True, slots=True)
class ExtensionOver:
    """Told to the central channel when somebody's more time is over and returns lapsed."""

    quarter: Quarter
    day: date
    lapsed: tuple[TargetLine, ...]
    late_until: date

    @classmethod
    def example(cls) -> Self:
        """Three returns did not come."""
        return cls(samples.QUARTER, date(2008, 11, 5), samples.owing(), date(2008, 11, 12))


@dataclass(frozen=True, slots=True)
class DatesChanged:
    """Told once to everyone asked when the due or board date moves.

    `escalated` are the refs of the reader's escalated targets; none while the window is open.
    """

    quarter: Quarter
    due: date
    board: date
    closes: datetime
    due_moved: bool = True
    board_moved: bool = True
    escalated: tuple[str, ...] = ()
    stead: Stead | None = None

    @classmethod
    def example(cls) -> Self:
        """New dates."""
        return cls(samples.QUARTER, samples.DUE, samples.BOARD, samples.CLOSES)


@dataclass(frozen=True, slots=True)
class WindowMissed:
    """Told once to the central channel: the bot was away while a window should have opened."""

    quarter: Quarter
    due: date

    @classmethod
    def example(cls) -> Self:
        """Away in October."""
        return cls(samples.QUARTER, samples.DUE)
