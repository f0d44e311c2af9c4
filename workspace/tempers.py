"""Tempers: when somebody does what is asked of them, and how, drawn from a seed.

Owns what each temper means, whatever is asked. It knows no app, presses nothing and reads no
file: who has which temper, and the dice, are handed in.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum, StrEnum, auto
from random import Random

FIRST_DAYS = 3
"""Of the days on which an answer can be given, so many are the first."""
NEVER_IN = 4
"""A forgetful person forgets it altogether once in so many times."""
FIRST_MINUTE, LAST_MINUTE = 30, 450
"""When in a day people see to things, in minutes after its beginning."""


class Temper(StrEnum):
    """How somebody is about what is asked of them."""

    PUNCTUAL = "PUNCTUAL"
    LATE = "LATE"
    FORGETFUL = "FORGETFUL"
    THOROUGH = "THOROUGH"
    TERSE = "TERSE"
    ON_LEAVE = "ON_LEAVE"


class Length(Enum):
    """How much somebody writes."""

    SHORT = auto()
    USUAL = auto()
    LONG = auto()


@dataclass(frozen=True, slots=True)
class Leave:
    """Days away, both included."""

    first: date
    last: date

    def covers(self, day: date) -> bool:
        """Tell whether somebody is away on a day."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Nature:
    """One person: their temper, when they are away, and who then answers, if anybody."""

    temper: Temper
    leaves: tuple[Leave, ...] = ()
    in_place: str | None = None

    def is_away(self, day: date) -> bool:
        """Tell whether the person is on leave on a day."""
        return any(leave.covers(day) for leave in self.leaves)


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something that is asked: on which days it can be answered, and when it is wanted.

    ``days`` are the beginnings of those days, aware and local, the first one being that of
    the asking; there is one at least. ``reminders`` are when whoever has not answered hears
    of it again. An answer after ``ends`` comes too late.
    """

    days: Sequence[datetime]
    due: date
    ends: datetime
    reminders: Sequence[datetime] = ()

    def until_due(self) -> list[datetime]:
        """List the days up to the one it is wanted on; the first day at the least."""
        return [day for day in self.days if day.date() <= self.due] or list(self.days[:1])

    def after_due(self) -> list[datetime]:
        """List the days after that; the last day where there is none."""
        return [day for day in self.days if day.date() > self.due] or list(self.days[-1:])


@dataclass(frozen=True, slots=True)
class Intention:
    """What somebody means to do: when, or never; whether another does it; and how.

    ``errs_first`` is a slip in the first try, which is put right.
    """

    at: datetime | None
    by_other: str | None = None
    length: Length = Length.USUAL
    errs_first: bool = False


@dataclass(frozen=True, slots=True)
class Tempers:
    """Who is how, by name. Whoever is not named is nobody's temper's."""

    of: Mapping[str, Nature] = field(default_factory=dict)
    seed: int = 0

    def intends(self, who: str, occasion: Occasion, named: str) -> Intention | None:
        """Tell what a person means to do on an occasion; none for who has no temper.

        ``named`` tells occasions apart: the same seed, person and name give the same answer.
        """
        nature = self.of.get(who)
        if nature is None:
            return None
        return intention(nature, occasion, Random(f"{self.seed}:{who}:{named}"))  # noqa: S311 - no secret


def intention(nature: Nature, occasion: Occasion, dice: Random) -> Intention:
    """Tell what somebody means to do. The dice decide within what the temper allows."""
    wished = WISHES[nature.temper](occasion, dice)
    length, errs_first = HOW.get(nature.temper, (Length.USUAL, False))
    if wished is None:
        return Intention(None, length=length)
    if not nature.is_away(wished.date()):
        return Intention(_in_time(wished, occasion), None, length, errs_first)
    if nature.in_place is not None:
        return Intention(_in_time(wished, occasion), nature.in_place)
    back = next((d for d in occasion.days if d > wished and not nature.is_away(d.date())), None)
    return Intention(back and _in_time(_during(back, dice), occasion), None, length, errs_first)


def _first_days(occasion: Occasion, dice: Random) -> datetime | None:
    return _during(dice.choice(occasion.until_due()[:FIRST_DAYS]), dice)


def _up_to_due(occasion: Occasion, dice: Random) -> datetime | None:
    return _during(dice.choice(occasion.until_due()), dice)


def _late(occasion: Occasion, dice: Random) -> datetime | None:
    return _during(dice.choice(occasion.after_due()), dice)


def _when_reminded(occasion: Occasion, dice: Random) -> datetime | None:
    """After one of the reminders, and now and then not at all."""
    if not occasion.reminders or dice.randrange(NEVER_IN) == 0:
        return None
    return dice.choice(occasion.reminders) + timedelta(minutes=dice.randint(5, 180))


def _with_time(occasion: Occasion, dice: Random) -> datetime | None:
    """Not at once, and well before it is wanted: in the middle of the time there is."""
    days = occasion.until_due()
    return _during(dice.choice(days[len(days) // 3 : 1 + 2 * len(days) // 3]), dice)


def _during(day: datetime, dice: Random) -> datetime:
    return day + timedelta(minutes=dice.randint(FIRST_MINUTE, LAST_MINUTE))


def _in_time(wished: datetime, occasion: Occasion) -> datetime | None:
    """The instant itself, and none where it would come too late."""
    return wished if wished < occasion.ends else None


WISHES: Mapping[Temper, Callable[[Occasion, Random], datetime | None]] = {
    Temper.PUNCTUAL: _first_days,
    Temper.LATE: _late,
    Temper.FORGETFUL: _when_reminded,
    Temper.THOROUGH: _with_time,
    Temper.TERSE: _up_to_due,
    Temper.ON_LEAVE: _first_days,
}
HOW: Mapping[Temper, tuple[Length, bool]] = {
    Temper.THOROUGH: (Length.LONG, False),
    Temper.TERSE: (Length.SHORT, True),
}
