"""What is said unasked of returns that are in or still to come: sent back, to accept, more time."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from messages.notices import samples
from messages.notices.common import TargetLine, TargetToReport
from rules.quarters import Quarter


@dataclass(frozen=True, slots=True)
class ReturnSentBack:
    """Told to whoever must send a return in once more. `why` is the reason as typed.

    `reopened` when it had been taken before. `closes` is when the window closes, none once it
    has; the return can then come until `last_day`.
    """

    quarter: Quarter
    number: int
    ref: str
    title: str
    by: int
    why: str
    reopened: bool
    closes: datetime | None
    last_day: date

    @classmethod
    def example(cls) -> Self:
        """Sent back while the window is open."""
        return cls(
            samples.QUARTER,
            3,
            "LAA1-03",
            "More affordable housing",
            5,
            "The figure is that of the last quarter. Please look again.",
            reopened=False,
            closes=samples.CLOSES,
            last_day=samples.PACK,
        )


@dataclass(frozen=True, slots=True)
class ReturnsToAccept:
    """The central channel's list of what is in, where people accept by hand; kept true.

    `by` and `at` once somebody has accepted all that was left.
    """

    quarter: Quarter
    waiting: tuple[TargetLine, ...]
    escalation_run: date
    by: int | None = None
    at: datetime | None = None

    @classmethod
    def example(cls) -> Self:
        """Three to accept."""
        return cls(samples.QUARTER, samples.owing(), samples.RUN)


@dataclass(frozen=True, slots=True)
class ExtensionGiven:
    """Told to whoever was given more time. `by` is a person's number.

    `late` when it is leave to report late, because the window had closed.
    """

    quarter: Quarter
    until: datetime
    targets: tuple[TargetToReport, ...]
    reason: str
    by: int
    late: bool = False

    @classmethod
    def example(cls) -> Self:
        """Two targets, a week more."""
        targets = (samples.housing(), samples.exams())
        until = datetime(2008, 11, 5, 17, tzinfo=samples.CLOSES.tzinfo)
        return cls(samples.QUARTER, until, targets, "The survey is late.", 2)
