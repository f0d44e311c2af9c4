"""The half-yearly report to the Government Office: its periods, dates and spend (§11).

It owns when it is due and what it covers. It must not lay it out.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rules.quarters import Quarter
from rules.working_days import WorkingDays

REMIND_WORKING_DAYS_BEFORE = 10
_FIRST_HALF_DUE = (11, 30)
_YEAR_DUE = (5, 31)
_QUARTERS_COVERED = {1: 2, 2: 4}


@dataclass(frozen=True, slots=True)
class HalfYear:
    """Half 1 covers Q1 and Q2; half 2 covers the whole year. `year` is 2008 for 2008/09."""

    year: int
    half: int

    def __post_init__(self) -> None:
        if self.half not in _QUARTERS_COVERED:
            raise ValueError("A year has two halves, 1 and 2.")

    @property
    def quarters(self) -> tuple[Quarter, ...]:
        """The quarters reported, period 1 first."""
        return tuple(Quarter(self.year, n + 1) for n in range(_QUARTERS_COVERED[self.half]))

    def due_on(self, days: WorkingDays) -> date:
        """The working day on or after 30 November, or 31 May of the next calendar year."""
        first = self.half == 1
        month, day = _FIRST_HALF_DUE if first else _YEAR_DUE
        return days.on_or_after(date(self.year if first else self.year + 1, month, day))

    def remind_on(self, days: WorkingDays) -> date:
        """The day the central team is reminded, ten working days before."""
        return days.add(self.due_on(days), -REMIND_WORKING_DAYS_BEFORE)


def difference(planned: Decimal | None, actual: Decimal | None) -> Decimal | None:
    """Actual spend less planned, in pounds; none where either was not provided."""
    return None if planned is None or actual is None else actual - planned
