"""Reading the words of `extend`: for whom, until which day, and why.

It owns this reading and its errors, which say how to write what is missing.
"""

import re
from dataclasses import dataclass
from datetime import date

from handlers.words import WordsNotUnderstoodError, quarter_in, read_day
from rules.quarters import Quarter

_WORDS = re.compile(
    r"<@(?P<person>[A-Z0-9]+)(?:\|[^>]*)?>\s+until\s+(?P<day>.+?)\s*"
    r"(?:\bbecause\b\s*(?P<reason>.*))?",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class ExtensionWords:
    """More time as it was typed. `person` is a Slack id; the reason may be empty."""

    person: str
    until: date
    reason: str
    quarter: Quarter | None


def read_extension(words: str, today: date) -> ExtensionWords:
    """Read what follows `extend`. Raises `WordsNotUnderstoodError` with what is missing."""
    found = _WORDS.fullmatch(words.strip())
    if found is None:
        raise WordsNotUnderstoodError("Name one person with an @, and a day after “until”.")
    quarter, day = quarter_in(found["day"], today)
    reason = (found["reason"] or "").strip()
    return ExtensionWords(found["person"], read_day(day, today), reason, quarter)
