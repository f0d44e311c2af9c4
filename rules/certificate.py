"""What became of each message that was due, and when that is looked at again.

It owns the comparison of what was due with what stands in Slack: one fate a message, and
their count. It must not read history nor a clock: how often a message stands is handed in.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

NIGHT = time(2)
"""When the night's check is due, by the clocks of the partnership."""


class Fate(StrEnum):
    """What became of a message that was due. Every message has one, and only one."""

    POSTED = "posted"
    MISSING = "missing"
    TWICE = "twice"
    ON_ITS_WAY = "on its way"
    PARKED = "parked"
    UNCHECKED = "unchecked"


AMISS = frozenset({Fate.MISSING, Fate.TWICE})
"""What is reported message by message: something was lost, or said twice or more."""


class Progress(StrEnum):
    """How far a message has got by the bot's own records."""

    WAITING = "waiting"
    PARKED = "parked"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many messages were due, and what became of them: the fates add up to `due`."""

    due: int = 0
    posted: int = 0
    missing: int = 0
    twice: int = 0
    on_their_way: int = 0
    parked: int = 0
    unchecked: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether nothing was found lost, and nothing said twice."""
        return not self.missing and not self.twice

    @property
    def is_proven(self) -> bool:
        """Whether it is whole, and nothing was left unread or waits for a person."""
        return self.is_whole and not self.unchecked and not self.parked


def fate(progress: Progress, stands: int, *, readable: bool) -> Fate:
    """What became of a message that stands `stands` times where it was looked for.

    What stands in Slack goes before the records: a parked message that stands was posted.
    `readable` is false where its place could not be read, so that nothing is known.
    """
    if stands:
        return Fate.POSTED if stands == 1 else Fate.TWICE
    if progress is Progress.WAITING:
        return Fate.ON_ITS_WAY
    if progress is Progress.PARKED:
        return Fate.PARKED
    return Fate.MISSING if readable else Fate.UNCHECKED


def tally(fates: Iterable[Fate]) -> Tally:
    """The count of each fate."""
    found = Counter(fates)
    return Tally(
        due=found.total(),
        posted=found[Fate.POSTED],
        missing=found[Fate.MISSING],
        twice=found[Fate.TWICE],
        on_their_way=found[Fate.ON_ITS_WAY],
        parked=found[Fate.PARKED],
        unchecked=found[Fate.UNCHECKED],
    )


def last_night(now: datetime, zone: ZoneInfo) -> datetime:
    """The latest instant at or before `now` at which a night's check was due."""
    today = now.astimezone(zone).date()
    tonight = datetime.combine(today, NIGHT, zone).astimezone(UTC)
    if tonight <= now:
        return tonight
    return datetime.combine(today - timedelta(days=1), NIGHT, zone).astimezone(UTC)
