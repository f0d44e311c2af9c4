"""Putting a target off: until which day no reminder names it.

It owns the days that can be chosen. That it happens once a quarter is the store's to keep.
"""

from collections.abc import Sequence
from datetime import date, timedelta

_DAY = timedelta(days=1)


def can_put_off(today: date, due: date) -> bool:
    """Whether anything can still be put off: on the due day everything is named."""
    return today < due


def usual_day(reminders: Sequence[date], due: date, today: date) -> date:
    """The day offered: that of the reminder after the next one, at the latest the due day."""
    coming = sorted(day for day in reminders if day > today)
    return min(coming[1], due) if len(coming) > 1 else due


def is_possible(until: date, today: date, due: date) -> bool:
    """Whether a target can be put off until a day: later than today, no later than it is due."""
    return today < until <= due


def first_day(today: date) -> date:
    """The first day that can be chosen."""
    return today + _DAY
