"""A day as people and spreadsheets write it, the day before the month.

It owns this reading. It must not guess: where the order would say no day, it says so.
"""

import re
from datetime import date

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?")
_NUMBERS = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_SPOKEN = re.compile(r"(?:[a-z]+,? )?(\d{1,2})(?:st|nd|rd|th)?[ \-]([a-z]{3,9})\.?,?[ \-](\d{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LIKE = "Write it like 21/10/2008, the day first."


def read_day(words: str) -> date:
    """The day. Raises `ValueError` with what to write."""
    plain = " ".join(words.casefold().split())
    try:
        found = _parts(plain)
        day = date(*found) if found else None
    except ValueError:
        day = None
    if day is None:
        raise ValueError(f"“{words}” is no date. {LIKE}")
    return day


def _parts(plain: str) -> tuple[int, int, int] | None:
    if iso := _ISO.fullmatch(plain):
        return int(iso[1]), int(iso[2]), int(iso[3])
    if numbers := _NUMBERS.fullmatch(plain):
        return int(numbers[3]), int(numbers[2]), int(numbers[1])
    spoken = _SPOKEN.fullmatch(plain)
    if spoken and spoken[2][:3] in _MONTHS:
        return int(spoken[3]), _MONTHS.index(spoken[2][:3]) + 1, int(spoken[1])
    return None
