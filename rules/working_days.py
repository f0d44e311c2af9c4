"""Working days: Monday to Friday, and no bank holiday (specification §3).

It owns counting in working days. It must not know any event of the quarterly cycle, and it
takes the bank holidays as a value, so that another country is another value.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from holidays import country_holidays

WORKING_WEEKDAYS = range(5)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """A working calendar. `is_holiday` answers for any day of any year."""

    is_holiday: Callable[[date], bool]

    def is_working(self, day: date) -> bool:
        """Whether people work on the day."""
        return day.weekday() in WORKING_WEEKDAYS and not self.is_holiday(day)

    def on_or_after(self, day: date) -> date:
        """The day itself when it is a working day, otherwise the next one."""
        return self._nearest(day, _DAY)

    def on_or_before(self, day: date) -> date:
        """The day itself when it is a working day, otherwise the one before."""
        return self._nearest(day, -_DAY)

    def add(self, day: date, count: int) -> date:
        """The working day that many working days on, or back when `count` is negative.

        From a day off the count starts at the next working day (going on, or for 0) or at
        the one before (going back): a board on a Saturday counts back from its Friday.
        """
        step = -_DAY if count < 0 else _DAY
        found = self._nearest(day, step)
        for _ in range(abs(count)):
            found = self._nearest(found + step, step)
        return found

    def _nearest(self, day: date, step: timedelta) -> date:
        while not self.is_working(day):
            day += step
        return day


def england(closed: Iterable[date] = ()) -> WorkingDays:
    """England's working days in any year; `closed` adds an organisation's own days off."""
    own = frozenset(closed)
    return WorkingDays(lambda day: day in own or day in _bank_holidays(day.year))


@lru_cache(maxsize=64)
def _bank_holidays(year: int) -> frozenset[date]:
    # One whole year at a time: the library's own lazy filling is not safe between threads.
    return frozenset(country_holidays("GB", subdiv="ENG", years=year, expand=False))
