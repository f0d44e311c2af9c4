"""Answers to what somebody says beside reporting: only whoever pressed reads them."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Self

from messages.notices import samples
from messages.notices.leave import AwayDays, Hours
from rules.quarters import Quarter


@dataclass(frozen=True, slots=True)
class AwayKept:
    """The answer to whoever recorded days away. `person` is whose they are, none their own.

    `left_alone` are the people for whom the person was to answer meanwhile. `told` are those
    who are told of returns that would be overdue; the central team where nobody is named.
    """

    person: int | None
    hours: Hours
    away: AwayDays | None
    left_alone: tuple[int, ...] = ()

    @classmethod
    def example(cls) -> Self:
        """A week away, with somebody in one's place."""
        return cls(None, Hours(time(9), time(17), "Europe/London"), AwayDays.example(), (23,))


@dataclass(frozen=True, slots=True)
class NobodyKnown:
    """The person named for days away is nobody the bot knows, or is no longer active."""

    @classmethod
    def example(cls) -> Self:
        """Somebody new."""
        return cls()


@dataclass(frozen=True, slots=True)
class NotMineSaid:
    """The answer: who was told, by number, or the central team; `again` where it was said before.

    `at` is when it was said.
    """

    ref: str
    title: str
    told: int | None
    at: datetime
    by: int
    again: bool = False

    @classmethod
    def example(cls) -> Self:
        """Said for the first time."""
        return cls("LAA1-03", "More affordable housing", 5, samples.ACKNOWLEDGED, 17)


@dataclass(frozen=True, slots=True)
class HelpAsked:
    """The answer: the central team was told, and the liaison officer where there is one."""

    ref: str
    title: str
    partnership: str
    liaison: int | None

    @classmethod
    def example(cls) -> Self:
        """With a liaison officer."""
        return cls("LAA1-03", "More affordable housing", "Economic Development and Skills", 31)


@dataclass(frozen=True, slots=True)
class PutOff:
    """The answer: until when no reminder names the target."""

    quarter: Quarter
    ref: str
    title: str
    until: date
    due: date

    @classmethod
    def example(cls) -> Self:
        """Until two working days before it is due."""
        return cls(
            samples.QUARTER, "LAA1-03", "More affordable housing", date(2008, 10, 17), samples.DUE
        )


@dataclass(frozen=True, slots=True)
class AlreadyPutOff:
    """A target is put off once in a quarter. It says by whom it was, when and until when."""

    quarter: Quarter
    ref: str
    title: str
    by: int
    at: datetime
    until: date

    @classmethod
    def example(cls) -> Self:
        """Put off before."""
        return cls(
            samples.QUARTER,
            "LAA1-03",
            "More affordable housing",
            17,
            datetime(2008, 10, 13, 9, tzinfo=samples.AS_OF.tzinfo),
            date(2008, 10, 17),
        )


@dataclass(frozen=True, slots=True)
class TooLateToPutOff:
    """Returns are due today or overdue: nothing is put off any more."""

    quarter: Quarter
    due: date

    @classmethod
    def example(cls) -> Self:
        """On the due day."""
        return cls(samples.QUARTER, samples.DUE)


@dataclass(frozen=True, slots=True)
class NothingLeft:
    """Nothing on the list is left to report: there is nothing to say about it."""

    quarter: Quarter

    @classmethod
    def example(cls) -> Self:
        """All reported."""
        return cls(samples.QUARTER)
