"""What leads are told about their returns: the request, reminders, what is overdue, receipts."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, Self

from messages.notices import samples
from messages.notices.common import ActionLine, Figure, Stead, TargetLine, TargetToReport
from rules.quarters import Quarter
from rules.vocabulary import Direction, RiskRating, Status

NextStep = Literal["performance_lead", "central_team", "close"]
Audience = Literal["performance_lead", "central_team", "sponsor"]


@dataclass(frozen=True, slots=True)
class ReturnsRequested:
    """A lead's one message for a quarter, updated in place as answers come and at close.

    `next_reminder` is the day the next reminder comes if a target is still open, or none.
    `person` is the number of whoever is asked, for the buttons; `stead` says in whose place it
    is read.
    """

    quarter: Quarter
    due: date
    targets: tuple[TargetToReport, ...]
    next_reminder: date | None
    closed: bool = False
    stead: Stead | None = None
    person: int = 0

    @classmethod
    def example(cls) -> Self:
        """Two targets, one reported, and one whose figure came in a sheet."""
        gathered = replace(
            samples.exams(),
            gathered=samples.per_cent("47.5"),
            gathered_source="the children's services sheet",
        )
        targets = (samples.housing(Status.AMBER), gathered)
        return cls(samples.QUARTER, samples.DUE, targets, date(2008, 10, 14), person=17)


@dataclass(frozen=True, slots=True)
class ReturnsStillMissing:
    """A reminder before or on the due day; `by_hand` when the central team asked for it."""

    quarter: Quarter
    due: date
    targets: tuple[TargetToReport, ...]
    next_reminder: date | None
    by_hand: bool = False
    stead: Stead | None = None
    person: int = 0

    @classmethod
    def example(cls) -> Self:
        """Two targets still open."""
        targets = (samples.housing(), samples.exams())
        return cls(samples.QUARTER, samples.DUE, targets, date(2008, 10, 17), person=17)


@dataclass(frozen=True, slots=True)
class ReturnsOverdue:
    """A nudge after the due day. `next_step` says who hears next, or that the window closes."""

    quarter: Quarter
    due: date
    closes: datetime
    targets: tuple[TargetToReport, ...]
    next_step: NextStep
    stead: Stead | None = None
    person: int = 0

    @classmethod
    def example(cls) -> Self:
        """One target overdue."""
        return cls(
            samples.QUARTER,
            samples.DUE,
            samples.CLOSES,
            (samples.housing(),),
            "performance_lead",
            person=17,
        )


@dataclass(frozen=True, slots=True)
class NoteToOwing:
    """What the central team writes to everybody who still owes, with what this person owes.

    `by` is the author's number.
    """

    quarter: Quarter
    due: date
    targets: tuple[TargetToReport, ...]
    text: str
    by: int
    stead: Stead | None = None

    @classmethod
    def example(cls) -> Self:
        """Two targets still open."""
        targets = (samples.housing(), samples.exams())
        text = "The board's papers go out early this time. Please report by Friday."
        return cls(samples.QUARTER, samples.DUE, targets, text, 2)


@dataclass(frozen=True, slots=True)
class LeadsOverdue:
    """Overdue returns told to somebody other than the lead.

    `scope_name` is the block or partnership the reader answers for, or empty for all.
    """

    quarter: Quarter
    due: date
    closes: datetime
    audience: Audience
    scope_name: str
    targets: tuple[TargetLine, ...]
    stead: Stead | None = None

    @classmethod
    def example(cls) -> Self:
        """Three targets overdue in a block."""
        return cls(
            samples.QUARTER,
            samples.DUE,
            samples.CLOSES,
            "performance_lead",
            "Economic Development and Enterprise",
            samples.owing(),
        )


@dataclass(frozen=True, slots=True)
class ReturnReceived:
    """A receipt for a lead: what was reported and what follows from it.

    `by` and `on_behalf_of` are people's numbers; `left` are the refs still
    owed, none where that is not known. `can_change_until` is none where it takes leave.
    `computed` is the status the criteria gave, `waiting` a better one the central team has to
    agree to.
    """

    quarter: Quarter
    number: int
    ref: str
    title: str
    status: Status
    figure: Figure | None
    expected: Figure | None
    direction: Direction
    by: int
    on_behalf_of: int | None
    cause: str
    actions: tuple[ActionLine, ...]
    highest_risk: RiskRating | None
    reason_text: str
    expected_on: date | None
    card_will_be_asked: bool
    left: tuple[str, ...] | None
    can_change_until: datetime | None
    late: bool = False
    computed: Status | None = None
    waiting: Status | None = None
    evidence: str = ""

    @classmethod
    def example(cls) -> Self:
        """A second amber, with a better colour proposed."""
        return cls(
            quarter=samples.QUARTER,
            number=3,
            ref="LAA1-03",
            title="More affordable housing",
            status=Status.AMBER,
            figure=Figure(Decimal(280), "homes"),
            expected=Figure(Decimal(300), "homes"),
            direction=Direction.STEADY,
            by=17,
            on_behalf_of=None,
            cause="Two sites started late.",
            actions=samples.planned(),
            highest_risk=RiskRating.MEDIUM,
            reason_text="",
            expected_on=None,
            card_will_be_asked=True,
            left=("LAA1-04",),
            can_change_until=samples.CLOSES,
            computed=Status.AMBER,
            waiting=Status.GREEN,
            evidence="https://example.org/housing",
        )
