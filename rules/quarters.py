"""The financial-year quarter (specification §3): Q1 starts on 1 April, Q4 ends on 31 March.

It owns the value type, its reading and its printing. It must not know a quarter's dates in
the reporting cycle; those stand in `rules/calendar.py`.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Self

QUARTERS_A_YEAR = 4
MONTHS_A_QUARTER = 3
FIRST_MONTH = 4

_YEARS = re.compile(r"\b(?P<year>(?:19|20|21)\d{2})\s*[/-]\s*(?P<second>\d{4}|\d{2})\b")
_NUMBER = re.compile(r"\bq\s*(?P<number>[1-4])\b", re.IGNORECASE)


class QuarterNotUnderstoodError(ValueError):
    """The words name no quarter; the message says which forms do."""


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """A quarter of a financial year.

    `year` is the calendar year the financial year starts in (2008 for 2008/09); `number`
    is 1 to 4. Raises `ValueError` outside these.
    """

    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= QUARTERS_A_YEAR:
            raise ValueError(f"A year has four quarters; {self.number} is not one of them.")

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """As the board prints it: `2008/09 Q2`."""
        return f"{self.year}/{(self.year + 1) % 100:02d} Q{self.number}"

    @property
    def start(self) -> date:
        """Its first day."""
        month = FIRST_MONTH + (self.number - 1) * MONTHS_A_QUARTER
        return date(self.year + (month > 12), (month - 1) % 12 + 1, 1)  # noqa: PLR2004  # months

    @property
    def end(self) -> date:
        """Its last day."""
        last = date(self.start.year, self.start.month + MONTHS_A_QUARTER - 1, 1)
        return last.replace(day=monthrange(last.year, last.month)[1])

    @property
    def previous(self) -> "Quarter":
        """The quarter before; that of a Q1 is the Q4 of the year before."""
        return self.shifted(-1)

    @property
    def next(self) -> "Quarter":
        """The quarter after."""
        return self.shifted(1)

    def shifted(self, by: int) -> "Quarter":
        """The quarter that many quarters later, or earlier when negative."""
        index = self.year * QUARTERS_A_YEAR + self.number - 1 + by
        return Quarter(index // QUARTERS_A_YEAR, index % QUARTERS_A_YEAR + 1)

    @classmethod
    def containing(cls, day: date) -> Self:
        """The quarter a day lies in."""
        months = (day.year * 12 + day.month - 1) - (FIRST_MONTH - 1)
        return cls(months // 12, months % 12 // MONTHS_A_QUARTER + 1)

    @classmethod
    def parse(cls, words: str, today: date | None = None) -> Self:
        """Read `2009/10 Q2`, `2009-10 Q2`, `Q2 2009/10`, or `q2` alone.

        `q2` alone means the latest second quarter that has ended by `today`. Raises
        `QuarterNotUnderstoodError` for anything else, a wrong second year included.
        """
        number = _NUMBER.search(words)
        years = _YEARS.search(words)
        if number is None or _leftover(words, number, years):
            raise _not_understood(words)
        wanted = int(number["number"])
        if years is not None:
            return cls(_first_year(years, words), wanted)
        if today is None:
            raise _not_understood(words)
        latest = reporting_quarter(today)
        back = (latest.number - wanted) % QUARTERS_A_YEAR
        quarter = latest.shifted(-back)
        return cls(quarter.year, quarter.number)


def reporting_quarter(day: date) -> Quarter:
    """The quarter reported on a day: the last one that has ended, never the one it lies in."""
    return Quarter.containing(day).previous


def _first_year(years: "re.Match[str]", words: str) -> int:
    first, second = int(years["year"]), years["second"]
    follows = str(first + 1)
    if second not in {follows, follows[2:]}:
        raise QuarterNotUnderstoodError(
            f"“{words.strip()}” has a wrong second year: {first} is followed by {follows[2:]}, "
            f"as in {first}/{follows[2:]}."
        )
    return first


def _leftover(words: str, *found: "re.Match[str] | None") -> bool:
    for match in found:
        if match is not None:
            words = words.replace(match[0], "", 1)
    return bool(words.strip(" ,"))


def _not_understood(words: str) -> QuarterNotUnderstoodError:
    return QuarterNotUnderstoodError(
        f"“{words.strip()}” names no quarter. Write it like 2008/09 Q2, Q2 2008/09 or q2."
    )
