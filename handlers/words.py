"""Reading the words of a command: a quarter among them, and days as people write them.

It owns this reading and its errors. It must not know any subcommand.
"""

import re
from datetime import date

from rules.quarters import Quarter

_QUARTER = re.compile(
    r"(?:\d{4}\s*[/-]\s*\d{2,4}\s+q\s*\d\b|\bq\s*\d\s+\d{4}\s*[/-]\s*\d{2,4}|\bq\s*\d\b)",
    re.IGNORECASE,
)
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_SLASHES = re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})")
_SPOKEN = re.compile(
    r"(?:[a-z]+day,?\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?P<name>[a-z]{3,})(?:,?\s+(?P<year>\d{4}))?",
    re.IGNORECASE,
)
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


class WordsNotUnderstoodError(ValueError):
    """The words of a command cannot be read; the message says which."""


class DayNotUnderstoodError(WordsNotUnderstoodError):
    """The words are no day; the message says how to write one."""

    def __init__(self, words: str) -> None:
        super().__init__(
            f"“{words.strip()}” is no date. Write it like 21 October, 21 October 2008 "
            "or 2008-10-21."
        )


def quarter_in(words: str, today: date) -> tuple[Quarter | None, str]:
    """The quarter among the words, and the words without it.

    Raises `QuarterNotUnderstoodError` where something looks like a quarter and is none.
    """
    found = _QUARTER.search(words)
    if found is None:
        return None, words.strip()
    rest = f"{words[: found.start()]} {words[found.end() :]}"
    return Quarter.parse(found[0], today), " ".join(rest.split())


def read_day(words: str, today: date) -> date:
    """A day as people write it; without a year, the next such day. Raises
    `DayNotUnderstoodError`.
    """
    plain = words.strip().rstrip(",")
    found = _ISO.fullmatch(plain) or _SLASHES.fullmatch(plain) or _SPOKEN.fullmatch(plain)
    if found is None:
        raise DayNotUnderstoodError(words)
    parts = found.groupdict()
    month = int(parts["month"]) if "month" in parts else _month(parts["name"], words)
    return _day(words, today, int(parts["day"]), month, parts.get("year"))


def _month(name: str, words: str) -> int:
    fits = [number for number, full in enumerate(_MONTHS, 1) if full.startswith(name.casefold())]
    if len(fits) != 1:
        raise DayNotUnderstoodError(words)
    return fits[0]


def _day(words: str, today: date, day: int, month: int, year: str | None) -> date:
    try:
        if year is not None:
            return date(int(year), month, day)
        this = date(today.year, month, day)
        return this if this >= today else date(today.year + 1, month, day)
    except ValueError as error:
        raise DayNotUnderstoodError(words) from error
