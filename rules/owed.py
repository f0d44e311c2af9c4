"""What is owed in a quarter, and whom a chaser names or an overdue return is told to (§§3, 7).

It owns whom a return falls to and who hears that it is late. It must not read a clock or a
database.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rules.cadence import DUE_DAY, Stage, StageKind
from rules.vocabulary import Status


class Audience(StrEnum):
    """Whom an overdue return is told to."""

    LEAD = "lead"
    PERFORMANCE_LEAD = "performance_lead"
    CENTRAL_TEAM = "central_team"
    SPONSOR = "sponsor"


# Each overdue nudge adds to those before it (specification §3).
OVERDUE_AUDIENCES: tuple[tuple[Audience, ...], ...] = (
    (Audience.LEAD,),
    (Audience.LEAD, Audience.PERFORMANCE_LEAD),
    (Audience.LEAD, Audience.PERFORMANCE_LEAD, Audience.CENTRAL_TEAM, Audience.SPONSOR),
)


@dataclass(frozen=True, slots=True)
class Owed:
    """A return that was asked for, and the people who answer for it, by person number."""

    target: int
    ref: str
    lead: int | None
    performance_lead: int | None
    sponsor: int | None
    block: str
    reported: bool
    last_colour: Status | None = None

    @property
    def asked(self) -> int | None:
        """Who is asked: the lead or, without one, the performance lead (A5)."""
        return self.lead or self.performance_lead


def audiences(stage: Stage) -> tuple[Audience, ...]:
    """Whom an overdue stage tells; a step beyond the listed ones tells all of them."""
    return OVERDUE_AUDIENCES[min(stage.step, len(OVERDUE_AUDIENCES) - 1)]


def named(
    owed: Iterable[Owed],
    stage: Stage,
    on: date,
    put_off: Mapping[int, date],
    extended: Mapping[int, date],
) -> tuple[Owed, ...]:
    """What a chaser names on a day of what is owed.

    A target is put off until a day, but on the due day and after it everything is named. Whoever
    has a later day of their own, by number, is left alone until it is over.
    """
    until_due = stage.kind is StageKind.REMIND and stage.name != DUE_DAY
    return tuple(
        item
        for item in owed
        if not (until_due and on < put_off.get(item.target, on))
        and not on <= extended.get(item.asked or 0, date.min)
    )


def may_ask_again(asked: int, most: int) -> bool:
    """Whether somebody who was asked so often in a quarter may be asked once more unbidden."""
    return asked < most


def owed_by_lead(owed: Iterable[Owed]) -> dict[int, tuple[Owed, ...]]:
    """What is still owed, by lead; a target without a lead falls to the performance lead (A5)."""
    return _grouped((item.asked, item) for item in _missing(owed))


def owed_by_performance_lead(owed: Iterable[Owed]) -> dict[int, tuple[Owed, ...]]:
    """What is still owed, by the performance lead of the block."""
    return _grouped((item.performance_lead, item) for item in _missing(owed))


def owed_by_sponsor(owed: Iterable[Owed]) -> dict[int, tuple[Owed, ...]]:
    """What is still owed by sponsor, only where the last colour was red or amber."""
    poor = (item for item in _missing(owed) if item.last_colour and item.last_colour.is_poor)
    return _grouped((item.sponsor, item) for item in poor)


def _missing(owed: Iterable[Owed]) -> list[Owed]:
    return [item for item in owed if not item.reported]


def _grouped(pairs: Iterable[tuple[int | None, Owed]]) -> dict[int, tuple[Owed, ...]]:
    found: dict[int, tuple[Owed, ...]] = {}
    for person, item in pairs:
        if person is not None:
            found[person] = (*found.get(person, ()), item)
    return found
