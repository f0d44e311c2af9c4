"""Private answers to whoever accepts returns, sends them back or gives time, and histories."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, Self

from messages.notices import samples
from messages.notices.common import Figure, TargetLine
from messages.notices.window import StillToCome
from rules.lifecycle import Move
from rules.quarters import Quarter
from rules.vocabulary import ReturnState, Status

UNTIL = date(2008, 11, 5)
SENT_BACK_AT = samples.ACKNOWLEDGED
Obstacle = Literal["nobody", "owes_nothing", "no_day_left", "day", "reason"]


@dataclass(frozen=True, slots=True)
class ReturnMoved:
    """What somebody did is done. `told` are the numbers of those who got a message about it."""

    quarter: Quarter
    ref: str
    title: str
    move: Move
    told: tuple[int, ...] = ()

    @classmethod
    def example(cls) -> Self:
        """Sent back."""
        return cls(samples.QUARTER, "LAA1-03", "More affordable housing", Move.SEND_BACK, (17,))


@dataclass(frozen=True, slots=True)
class ReturnMovedSince:
    """A second press, or one at what has changed since: what was done, when and by whom."""

    quarter: Quarter
    ref: str
    title: str
    state: ReturnState
    by: int
    at: datetime
    why: str = ""

    @classmethod
    def example(cls) -> Self:
        """Sent back before."""
        return cls(
            samples.QUARTER,
            "LAA1-03",
            "More affordable housing",
            ReturnState.SENT_BACK,
            5,
            SENT_BACK_AT,
            "The figure is that of the last quarter.",
        )


@dataclass(frozen=True, slots=True)
class AllAccepted:
    """Everything that was in is accepted. `number` is 0 where nothing waited any more."""

    quarter: Quarter
    number: int
    by: int | None
    at: datetime | None

    @classmethod
    def example(cls) -> Self:
        """Thirty."""
        return cls(samples.QUARTER, 30, 2, SENT_BACK_AT)


@dataclass(frozen=True, slots=True)
class Moving:
    """A move of one version in its history."""

    state: ReturnState
    by: int
    at: datetime
    why: str = ""


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version of a return: what it said, who sent it, when and why, and what became of it.

    `by` none: by rule or by import. `counts` marks the one that counts.
    """

    version: int
    state: ReturnState
    status: Status
    by: int | None
    on_behalf_of: int | None
    at: datetime
    why: str = ""
    late: bool = False
    actual: Figure | None = None
    expected: Figure | None = None
    cause: str = ""
    moves: tuple[Moving, ...] = ()
    counts: bool = False


@dataclass(frozen=True, slots=True)
class ReturnHistory:
    """Every version of a target's return in a quarter, the first one first (C19).

    `withheld` where its figures, and what was written about them, stay in its partnership.
    """

    quarter: Quarter
    ref: str
    title: str
    versions: tuple[VersionLine, ...]
    whole: bool = True
    withheld: bool = False

    @classmethod
    def example(cls) -> Self:
        """Sent back once, and sent in again."""
        back = Moving(ReturnState.SENT_BACK, 5, SENT_BACK_AT, "The figure is the last quarter's.")
        return cls(
            samples.QUARTER,
            "LAA1-03",
            "More affordable housing",
            (
                VersionLine(
                    1,
                    ReturnState.SENT_BACK,
                    Status.AMBER,
                    17,
                    None,
                    samples.AS_OF,
                    actual=Figure(Decimal(280), "homes"),
                    expected=Figure(Decimal(300), "homes"),
                    cause="Two sites started late.",
                    moves=(back,),
                ),
                VersionLine(
                    2,
                    ReturnState.ACCEPTED,
                    Status.GREEN,
                    5,
                    17,
                    samples.AS_OF,
                    "The figure is the last quarter's.",
                    late=True,
                    actual=Figure(Decimal(310), "homes"),
                    expected=Figure(Decimal(300), "homes"),
                    counts=True,
                ),
            ),
        )


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """A return that is in, with a button to look at it. `by` is a person's number."""

    number: int
    ref: str
    title: str
    status: Status
    actual: Figure | None
    expected: Figure | None
    by: int | None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Owes:
    """Somebody who owes returns and may be given time: by number, with the refs."""

    person: int
    refs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReturnsListed:
    """A quarter's returns for whoever accepts them: what waits, what went back, who has time.

    `more` counts what waits and is not shown; `blocks` are those it is narrowed to. `owing`
    are those whom the reader may give time, `owing_more` how many more there are.
    """

    quarter: Quarter
    waiting: tuple[ReturnLine, ...]
    more: int
    sent_back: tuple[TargetLine, ...]
    accepted: int
    missing: int
    to_come: tuple[StillToCome, ...]
    can_accept_all: bool
    blocks: tuple[str, ...] = ()
    owing: tuple[Owes, ...] = ()
    owing_more: int = 0

    @classmethod
    def example(cls) -> Self:
        """One of each."""
        waiting = ReturnLine(
            3,
            "LAA1-03",
            "More affordable housing",
            Status.AMBER,
            Figure(Decimal(280), "homes"),
            Figure(Decimal(300), "homes"),
            17,
            late=True,
        )
        return cls(
            samples.QUARTER,
            (waiting,),
            2,
            samples.owing()[:1],
            28,
            9,
            (StillToCome(18, ("LAA1-09",), date(2008, 11, 5)),),
            can_accept_all=True,
            owing=(Owes(17, ("LAA1-03", "LAA1-04")),),
            owing_more=7,
        )


@dataclass(frozen=True, slots=True)
class ExtensionKept:
    """More time is given, and the person is told."""

    quarter: Quarter
    person: int
    until: date
    refs: tuple[str, ...]

    @classmethod
    def example(cls) -> Self:
        """Two targets."""
        return cls(samples.QUARTER, 17, UNTIL, ("LAA1-03", "LAA1-04"))


@dataclass(frozen=True, slots=True)
class AlreadyExtended:
    """A second press: until when, who gave it and when."""

    quarter: Quarter
    person: int
    until: date
    by: int
    at: datetime

    @classmethod
    def example(cls) -> Self:
        """Given before."""
        return cls(samples.QUARTER, 17, UNTIL, 2, samples.ACKNOWLEDGED)


@dataclass(frozen=True, slots=True)
class ExtensionRefused:
    """More time cannot be given so. `first` and `last` are the days it could run to."""

    quarter: Quarter
    why: Obstacle
    person: int | None = None
    first: date | None = None
    last: date | None = None

    @classmethod
    def example(cls) -> Self:
        """A day too late."""
        return cls(samples.QUARTER, "day", 17, date(2008, 10, 22), date(2008, 11, 12))
