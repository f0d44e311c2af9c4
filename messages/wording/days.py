"""Days, hours and quarters as people say them. Nothing here asks what day it is."""

from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from rules.quarters import Quarter

_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_NOON: Final = 12


def day(value: date, near: int | None = None) -> str:
    """`Tuesday 21 October 2008`; without the year where it is `near`, the year spoken of."""
    words = f"{_DAYS[value.weekday()]} {value.day} {_MONTHS[value.month - 1]}"
    return words if value.year == near else f"{words} {value.year}"


def short_day(value: date) -> str:
    """`19 November`, for a button."""
    return f"{value.day} {_MONTHS[value.month - 1]}"


def clock(value: time) -> str:
    """`9am`, `5pm`, `2.30pm`; `midnight` and `noon` by name."""
    if (value.hour % _NOON, value.minute) == (0, 0):
        return "noon" if value.hour else "midnight"
    hour = value.hour % _NOON or _NOON
    minutes = f".{value.minute:02d}" if value.minute else ""
    return f"{hour}{minutes}{'am' if value.hour < _NOON else 'pm'}"


def place(zone: str) -> str:
    """`London`: where the clocks of a time zone are."""
    return zone.rpartition("/")[2].replace("_", " ")


def moment(value: datetime, zone: ZoneInfo, near: int | None = None) -> str:
    """`Tuesday 28 October at 5pm`: an aware instant in local time."""
    local = value.astimezone(zone)
    return f"{day(local.date(), near)} at {clock(local.time())}"


def hour(value: datetime, zone: ZoneInfo) -> str:
    """`9am`: the hour of an aware instant in local time."""
    return clock(value.astimezone(zone).time())


def months(quarter: Quarter, near: int | None = None) -> str:
    """`July to September 2008`; without the year where it is `near`. A quarter keeps to one."""
    first, last = _MONTHS[quarter.start.month - 1], _MONTHS[quarter.end.month - 1]
    words = f"{first} to {last}"
    return words if quarter.end.year == near else f"{words} {quarter.end.year}"


def short(quarter: Quarter) -> str:
    """`Q2 2008/09`, as the partnership names it."""
    years, number = quarter.label.split(" ")
    return f"{number} {years}"
