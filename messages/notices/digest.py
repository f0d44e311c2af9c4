"""The parts of a quarter's digest (specification §13): frozen values, nothing left to count."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Self

from messages.notices import samples
from messages.notices.common import Figure, KindCount, TargetLine
from messages.notices.escalations import EscalatedTarget
from rules.annex import AnnexSection
from rules.quarters import Quarter
from rules.vocabulary import (
    ActionState,
    Direction,
    GrantExpectation,
    RiskRating,
    Status,
    StatusBasis,
)


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One target in an annex. `variance` is per cent of the profile, one decimal.

    `withheld` where its figures, and what was written about them, stay in its partnership.
    """

    ref: str
    title: str
    status: Status
    basis: StatusBasis | None
    actual: Figure | None
    expected: Figure | None
    variance: Decimal | None
    direction: Direction
    risk: RiskRating | None
    streak: int
    cause: str
    quality_confirmed: bool = True
    reason_text: str = ""
    withheld: bool = False

    @classmethod
    def example(cls) -> Self:
        """An exception."""
        return cls(
            ref="LAA1-11",
            title="Increase sanction detections",
            status=Status.RED,
            basis=StatusBasis.MEASURE,
            actual=samples.per_cent("24.1"),
            expected=samples.per_cent("27.0"),
            variance=Decimal("-10.7"),
            direction=Direction.WORSENING,
            risk=RiskRating.HIGH,
            streak=2,
            cause="Two detective posts vacant since May.",
        )

    @classmethod
    def second_example(cls) -> Self:
        """A status without a figure."""
        return cls(
            ref="LAA1-01",
            title="Reduction in falls",
            status=Status.UNCERTAIN,
            basis=None,
            actual=None,
            expected=None,
            variance=None,
            direction=Direction.NOT_COMPARABLE,
            risk=None,
            streak=1,
            cause="",
            quality_confirmed=False,
            reason_text="The baseline counted some falls twice.",
        )


@dataclass(frozen=True, slots=True)
class ActionCount:
    """How last meeting's actions stand. `open` are those neither done nor overdue.

    Those dropped, with a reason, count apart from those done.
    """

    done: int
    overdue: int
    no_update: int
    open: int
    dropped: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.done + self.overdue + self.no_update + self.open + self.dropped


@dataclass(frozen=True, slots=True)
class DigestParent:
    """The digest's first message: what a board member needs in five seconds.

    `change` holds last quarter's counts, `parts` the names of what stands in the thread,
    `check` the first letters of the digest's own hash. `run_on` is the day of the escalation
    run in a preview made before it, else none.
    """

    quarter: Quarter
    board: date
    counts: tuple[KindCount, ...]
    change: tuple[KindCount, ...]
    escalated: int
    acknowledged: int
    outstanding: int
    actions: ActionCount
    grant_total_gbp: int | None
    not_submitted: tuple[TargetLine, ...]
    parts: tuple[str, ...]
    as_of: datetime
    check: str
    preview: bool = False
    run_on: date | None = None

    @classmethod
    def example(cls) -> Self:
        """The quarter of the papers."""
        before = KindCount("Stretch targets", ((Status.RED, 2), (Status.AMBER, 5)))
        return cls(
            quarter=samples.QUARTER,
            board=samples.BOARD,
            counts=(samples.stretch_counts(), samples.second_counts()),
            change=(before,),
            escalated=12,
            acknowledged=9,
            outstanding=3,
            actions=ActionCount(4, 2, 1, 0),
            grant_total_gbp=8_988_000,
            not_submitted=samples.owing()[:1],
            parts=("escalations", "follow-up", "annex 1", "annex 2", "grant", "next dates"),
            as_of=samples.AS_OF,
            check=samples.CHECK,
        )


@dataclass(frozen=True, slots=True)
class DigestEscalations:
    """Escalations of the quarter. `unacknowledged` are refs.

    `run_on` is the day of the escalation run in a preview made before it, else none. `held`
    are open ones whose quarter brought no colour.
    """

    quarter: Quarter
    new: tuple[EscalatedTarget, ...]
    continuing: tuple[EscalatedTarget, ...]
    resolved: tuple[EscalatedTarget, ...]
    unacknowledged: tuple[str, ...]
    preview: bool = False
    run_on: date | None = None
    held: tuple[EscalatedTarget, ...] = ()

    @classmethod
    def example(cls) -> Self:
        """One new, one continuing."""
        new, continuing = EscalatedTarget.example(), EscalatedTarget.second_example()
        return cls(samples.QUARTER, (new,), (continuing,), (), ("LAA1-06",))


@dataclass(frozen=True, slots=True)
class FollowUpLine:
    """An action of the last meeting. `days_overdue` is nought unless overdue.

    `withheld` where what it is stays in the partnership of a restricted target.
    """

    ref: str
    text: str
    owner: str
    due_on: date
    state: ActionState
    days_overdue: int
    update: str
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class DigestFollowUp:
    """Last meeting's actions, overdue first."""

    quarter: Quarter
    actions: tuple[FollowUpLine, ...]

    @classmethod
    def example(cls) -> Self:
        """One overdue, one done."""
        overdue = FollowUpLine(
            "LAA1-11",
            "Fill the two detective posts",
            "Detective lead",
            date(2008, 10, 31),
            ActionState.IN_PROGRESS,
            13,
            "One post is filled.",
        )
        done = FollowUpLine(
            "LAA1-03",
            "Agree both sites",
            "Housing lead",
            date(2008, 9, 30),
            ActionState.DONE,
            0,
            "",
        )
        return cls(samples.QUARTER, (overdue, done))


@dataclass(frozen=True, slots=True)
class DigestAnnex:
    """An annex, its sections in order; a section without lines is left out."""

    quarter: Quarter
    number: int
    label: str
    sections: tuple[tuple[AnnexSection, tuple[DigestLine, ...]], ...]

    @classmethod
    def example(cls) -> Self:
        """Two sections."""
        sections = (
            (AnnexSection.RED, (DigestLine.example(),)),
            (AnnexSection.UNCERTAIN, (DigestLine.second_example(),)),
        )
        return cls(samples.QUARTER, 1, "Stretch targets", sections)


@dataclass(frozen=True, slots=True)
class GrantLine:
    """One target's grant. `wording` is the lead's own, or empty."""

    ref: str
    title: str
    status: Status
    expectation: GrantExpectation
    wording: str = ""


@dataclass(frozen=True, slots=True)
class DigestGrant:
    """Reward grant as expected. Amounts are whole pounds; `left_out` are refs not counted."""

    quarter: Quarter
    rows: tuple[GrantLine, ...]
    total_gbp: int | None
    capital_gbp: int | None
    revenue_gbp: int | None
    psb_retained_gbp: int | None
    left_out: tuple[str, ...]

    @classmethod
    def example(cls) -> Self:
        """Three of the fifteen."""
        rows = (
            GrantLine(
                "LAA1-01",
                "Reduction in falls",
                Status.UNCERTAIN,
                GrantExpectation.DOUBTFUL,
                "The base data are in doubt",
            ),
            GrantLine(
                "LAA1-02",
                "People supported to live at home",
                Status.AMBER,
                GrantExpectation.PARTIAL,
            ),
            GrantLine("LAA1-03", "More affordable housing", Status.AMBER, GrantExpectation.FULL),
        )
        return cls(samples.QUARTER, rows, 8_988_000, 4_494_000, 4_494_000, 4_494_000, ("LAA1-01",))


@dataclass(frozen=True, slots=True)
class PartnershipRow:
    """How many targets of a partnership have each status."""

    name: str
    counts: tuple[tuple[Status, int], ...]


@dataclass(frozen=True, slots=True)
class DigestPartnerships:
    """Colours by partnership, a table."""

    quarter: Quarter
    rows: tuple[PartnershipRow, ...]

    @classmethod
    def example(cls) -> Self:
        """Two partnerships."""
        trust = ((Status.RED, 2), (Status.AMBER, 3), (Status.GREEN, 4))
        spatial = ((Status.RED, 1), (Status.GREEN, 2), (Status.TARGET_TO_BE_SET, 2))
        rows = (
            PartnershipRow("Children's Trust", trust),
            PartnershipRow("Spatial Planning and Infrastructure Partnership", spatial),
        )
        return cls(samples.QUARTER, rows)


@dataclass(frozen=True, slots=True)
class DigestPlans:
    """Action planning: plans in place of all, and what is missing. Both lists hold refs."""

    quarter: Quarter
    in_place: int
    of: int
    without: tuple[str, ...]
    missing_milestones: tuple[str, ...]

    @classmethod
    def example(cls) -> Self:
        """Twenty of forty-four."""
        return cls(samples.QUARTER, 20, 44, ("LAA2-NI171", "LAA2-NI172"), ("LAA2-NI40",))


@dataclass(frozen=True, slots=True)
class DigestNextDates:
    """When the next quarter's window opens, its due day and its board."""

    quarter: Quarter
    next_quarter: Quarter
    opens: date
    due: date
    board: date
    board_confirmed: bool

    @classmethod
    def example(cls) -> Self:
        """The third quarter, its board still a suggestion."""
        return cls(
            samples.QUARTER,
            samples.QUARTER.next,
            date(2009, 1, 2),
            date(2009, 1, 21),
            date(2009, 2, 18),
            board_confirmed=False,
        )


@dataclass(frozen=True, slots=True)
class DigestHeld:
    """The digest is not published yet: the board date is not confirmed, or it is too early.

    `after` is the day of the escalation run where that must come first, or none. `confirmed`
    once the board date is, which the message then says in its place.
    """

    quarter: Quarter
    board: date
    after: date | None = None
    confirmed: bool = False

    @classmethod
    def example(cls) -> Self:
        """The board date is unconfirmed."""
        return cls(samples.QUARTER, samples.BOARD)


@dataclass(frozen=True, slots=True)
class DigestPublished:
    """Told to the central channel: the digest is in the board channel."""

    quarter: Quarter
    parts: int
    check: str

    @classmethod
    def example(cls) -> Self:
        """Seven parts."""
        return cls(samples.QUARTER, 7, samples.CHECK)
