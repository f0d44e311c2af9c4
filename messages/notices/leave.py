"""What is said about people being away: to whoever answers for them, and to themselves."""

from dataclasses import dataclass
from datetime import date, time
from typing import Self

from messages.notices import samples
from messages.notices.common import Stead, TargetLine
from rules.quarters import Quarter


@dataclass(frozen=True, slots=True)
class LeadAway:
    """A lead is away until their returns are overdue, and nobody answers in their place.

    `person` is the lead's number. `to_central` where no performance lead can be told.
    """

    quarter: Quarter
    due: date
    person: int
    until: date
    targets: tuple[TargetLine, ...]
    to_central: bool = False
    stead: Stead | None = None

    @classmethod
    def example(cls) -> Self:
        """Two targets of one lead."""
        return cls(samples.QUARTER, samples.DUE, 17, date(2008, 10, 24), samples.owing()[:2])


@dataclass(frozen=True, slots=True)
class StandInNamed:
    """Told to whoever answers for somebody from now on, or no longer (`over`).

    `refs` are the targets that are still to be reported, if a window is open.
    """

    person: int
    starts: date
    ends: date
    refs: tuple[str, ...] = ()
    over: bool = False

    @classmethod
    def example(cls) -> Self:
        """A week in October."""
        return cls(17, date(2008, 10, 13), date(2008, 10, 17), ("LAA1-03", "LAA1-04"))


@dataclass(frozen=True, slots=True)
class AwayDays:
    """Days away as somebody reads them. `delegate` is a person's number, or nobody."""

    starts: date
    ends: date
    delegate: int | None

    @classmethod
    def example(cls) -> Self:
        """A week, with somebody in one's place."""
        return cls(date(2008, 10, 13), date(2008, 10, 17), 21)


@dataclass(frozen=True, slots=True)
class Hours:
    """A person's working hours by the clocks of a zone."""

    starts: time
    ends: time
    zone: str


@dataclass(frozen=True, slots=True)
class AwayRecorded:
    """Told to a person when the central team recorded their days away or their hours."""

    by: int
    hours: Hours
    away: AwayDays | None

    @classmethod
    def example(cls) -> Self:
        """A week away."""
        return cls(2, Hours(time(9), time(17), "Europe/London"), AwayDays.example())
