"""Why a message came: the rule, the dates, the data and what was said before."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

from messages.notices import samples
from messages.notices.common import Stead
from rules.quarters import Quarter
from rules.vocabulary import Status


@dataclass(frozen=True, slots=True)
class WhyTarget:
    """A target a message is about: its status now, or none yet, and earlier ones, newest first.

    `withheld` where whoever asks may not see how it stands.
    """

    ref: str
    title: str
    now: Status | None
    earlier: tuple[tuple[Quarter, Status], ...] = ()
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class SaidBefore:
    """A message that came before: its kind, and when it was sent."""

    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Why:
    """Why a message of a kind came. `rule` names the words of its rule, `distance` its day's.

    `due_at` is when the rule made it due, `sent_at` when it was posted. `returns_due` and
    `next_at` stand where something is still to be done. `more` counts targets not listed.
    """

    kind: str
    rule: str
    distance: int | None
    quarter: Quarter | None
    due_at: datetime
    sent_at: datetime
    returns_due: date | None
    next_at: datetime | None
    targets: tuple[WhyTarget, ...]
    more: int
    before: tuple[SaidBefore, ...]
    stead: Stead | None = None

    @classmethod
    def example(cls) -> Self:
        """A reminder, five working days before returns are due."""
        opened = samples.CLOSES - timedelta(days=27, hours=9)
        before = samples.QUARTER.previous
        return cls(
            kind="returns_still_missing",
            rule="returns_still_missing",
            distance=-5,
            quarter=samples.QUARTER,
            due_at=opened + timedelta(days=13),
            sent_at=opened + timedelta(days=13, minutes=1),
            returns_due=samples.DUE,
            next_at=opened + timedelta(days=16),
            targets=(
                WhyTarget("LAA1-03", "More affordable housing", None, ((before, Status.AMBER),)),
                WhyTarget("LAA1-04", "GCSE 5 A-C with English and maths", Status.GREEN),
                WhyTarget("LAA1-05", "Participation in cultural activities", None, withheld=True),
            ),
            more=0,
            before=(SaidBefore("returns_requested", opened),),
        )
