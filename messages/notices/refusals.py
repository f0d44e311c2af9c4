"""Private answers when something cannot be done: who can, what to type, what was kept."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from messages.notices import samples
from messages.notices.trouble import SeenTo
from rules.quarters import Quarter
from rules.vocabulary import ProposalState, ReturnState, Status


@dataclass(frozen=True, slots=True)
class Refused:
    """Somebody may not do this.

    `words_for` is a value of `rules.permissions.Capability`, `who_can` values of
    `rules.vocabulary.Role`; `people` are the numbers of those who hold such a role here.
    """

    words_for: str
    who_can: tuple[str, ...]
    people: tuple[int, ...] = ()

    @classmethod
    def example(cls) -> Self:
        """Not the central team."""
        return cls("RUN_QUARTER", ("CENTRAL_TEAM",), (2,))


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A command's words could not be read. `for_example` is what to type instead."""

    problem: str
    for_example: str

    @classmethod
    def example(cls) -> Self:
        """A quarter that is none."""
        return cls("“Q5” names no quarter.", "/laa status Q2 2008/09")


@dataclass(frozen=True, slots=True)
class NothingSaved:
    """Something broke. `reference` finds it in the log."""

    reference: str
    draft_kept: bool

    @classmethod
    def example(cls) -> Self:
        """With a draft kept."""
        return cls("7F3A", draft_kept=True)


@dataclass(frozen=True, slots=True)
class MayBeSaved:
    """Something broke after it was taken: kept or not. `reference` finds it in the log."""

    reference: str

    @classmethod
    def example(cls) -> Self:
        """Any failure."""
        return cls("7F3A")


@dataclass(frozen=True, slots=True)
class TargetUnknown:
    """No target has this reference. `near` are refs that look like it."""

    typed: str
    near: tuple[str, ...] = ()

    @classmethod
    def example(cls) -> Self:
        """A slip of the finger."""
        return cls("LAA1-O3", ("LAA1-03",))


@dataclass(frozen=True, slots=True)
class PartnershipUnknown:
    """No partnership's name or code holds these words. `near` are names that look like them."""

    typed: str
    near: tuple[str, ...] = ()

    @classmethod
    def example(cls) -> Self:
        """A slip of the finger."""
        return cls("Childrens trusst", ("Children's Trust",))


@dataclass(frozen=True, slots=True)
class PartnershipsAlike:
    """Several partnerships could be meant by these words, or by none; their names."""

    typed: str
    names: tuple[str, ...]

    @classmethod
    def example(cls) -> Self:
        """A word of two names."""
        return cls("partnership", ("Health Partnership", "Safer Communities Partnership"))


@dataclass(frozen=True, slots=True)
class PersonUnknown:
    """The bot has no role for this person. `central_team` are people's numbers."""

    central_team: tuple[int, ...] = ()

    @classmethod
    def example(cls) -> Self:
        """Somebody new."""
        return cls((2,))


@dataclass(frozen=True, slots=True)
class QuarterNotOpen:
    """The quarter's window is not open. `opens` is the day it will be, if it is still to come.

    `closed` is when it closed, `late_until` the last day on which the central team can let a
    late return in, and `frozen` the day the records were frozen for the board.
    """

    quarter: Quarter
    opens: date | None = None
    closed: datetime | None = None
    late_until: date | None = None
    frozen: date | None = None

    @classmethod
    def example(cls) -> Self:
        """A quarter to come."""
        return cls(samples.QUARTER, samples.OPENS)


@dataclass(frozen=True, slots=True)
class ReturnStands:
    """A return that was accepted or locked, so that it is not changed. `by` none: by rule."""

    quarter: Quarter
    ref: str
    title: str
    state: ReturnState
    by: int | None
    at: datetime | None

    @classmethod
    def example(cls) -> Self:
        """Accepted by somebody."""
        return cls(
            samples.QUARTER,
            "LAA1-03",
            "More affordable housing",
            ReturnState.ACCEPTED,
            5,
            samples.ACKNOWLEDGED,
        )


@dataclass(frozen=True, slots=True)
class CalendarNotTaken:
    """Dates that do not fit together. `problems` are sentences that say what to do."""

    quarter: Quarter
    problems: tuple[str, ...]

    @classmethod
    def example(cls) -> Self:
        """A board date too early."""
        problem = "The report cards are due after the pack. The earliest board date is 19 November."
        return cls(samples.QUARTER, (problem,))


@dataclass(frozen=True, slots=True)
class AlreadyAcknowledged:
    """A second press. It says when and by whom the first was."""

    quarter: Quarter
    ref: str
    title: str
    by: int
    at: datetime

    @classmethod
    def example(cls) -> Self:
        """Acknowledged before."""
        return cls(
            samples.QUARTER, "LAA1-06", "In care achieving 5 GCSE A-G", 21, samples.ACKNOWLEDGED
        )


@dataclass(frozen=True, slots=True)
class ColourAlreadyDecided:
    """A second press on a proposal: what came of it, when, and by whom where somebody decided."""

    quarter: Quarter
    ref: str
    title: str
    proposed: Status
    state: ProposalState
    at: datetime | None
    by: int | None

    @classmethod
    def example(cls) -> Self:
        """Agreed before."""
        return cls(
            samples.QUARTER,
            "LAA1-03",
            "More affordable housing",
            Status.GREEN,
            ProposalState.AGREED,
            samples.ACKNOWLEDGED,
            2,
        )


@dataclass(frozen=True, slots=True)
class ColourTooLate:
    """A press after the pack was frozen: what the board reads stays as it is."""

    quarter: Quarter
    ref: str
    title: str
    stands: Status

    @classmethod
    def example(cls) -> Self:
        """Amber stays."""
        return cls(samples.QUARTER, "LAA1-03", "More affordable housing", Status.AMBER)


@dataclass(frozen=True, slots=True)
class AlreadySeenTo:
    """A second press at something set aside or held: what was done, when and by whom.

    `by` is none where it was done at the command line.
    """

    done: SeenTo
    at: datetime
    by: int | None

    @classmethod
    def example(cls) -> Self:
        """Sent again before."""
        return cls(SeenTo.SENT_AGAIN, samples.ACKNOWLEDGED, 2)


@dataclass(frozen=True, slots=True)
class NothingToRemind:
    """Nobody owes anything that matches. `wanted` are the words asked for, or empty."""

    quarter: Quarter
    wanted: str = ""

    @classmethod
    def example(cls) -> Self:
        """All reported."""
        return cls(samples.QUARTER, "all")


@dataclass(frozen=True, slots=True)
class OutOfDate:
    """What was pressed or sent names nothing that stands any more."""

    @classmethod
    def example(cls) -> Self:
        """A button of long ago."""
        return cls()


@dataclass(frozen=True, slots=True)
class MoreThanFits:
    """The end of an answer that is longer than Slack takes. `left` counts messages not shown."""

    left: int

    @classmethod
    def example(cls) -> Self:
        """Seven more."""
        return cls(7)


@dataclass(frozen=True, slots=True)
class QuarterIsPaused:
    """What was asked for does not happen while the quarter is paused; since when, by whom."""

    quarter: Quarter
    at: datetime
    by: int | None

    @classmethod
    def example(cls) -> Self:
        """Paused in the second week."""
        return cls(samples.QUARTER, samples.PAUSED, 2)


@dataclass(frozen=True, slots=True)
class QuarterNotPaused:
    """There is nothing to resume."""

    quarter: Quarter

    @classmethod
    def example(cls) -> Self:
        """A quarter that runs."""
        return cls(samples.QUARTER)


@dataclass(frozen=True, slots=True)
class QuarterOver:
    """The digest is out: there is nothing left to pause."""

    quarter: Quarter

    @classmethod
    def example(cls) -> Self:
        """A published quarter."""
        return cls(samples.QUARTER)


@dataclass(frozen=True, slots=True)
class WorkbookNotSent:
    """Slack did not take the workbook."""

    @classmethod
    def example(cls) -> Self:
        """Any refusal."""
        return cls()


@dataclass(frozen=True, slots=True)
class AlreadyImported:
    """Somebody pressed again."""

    file: str
    by: int
    at: datetime

    @classmethod
    def example(cls) -> Self:
        """By the same person."""
        return cls("programme.xlsx", 2, samples.ACKNOWLEDGED)
