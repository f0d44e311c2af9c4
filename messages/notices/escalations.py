"""What sponsors, leads and the central team are told about escalations (specification §7)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, Self

from messages.notices import samples
from messages.notices.common import ActionLine, Figure, Stead, TargetLine
from rules.quarters import Quarter
from rules.vocabulary import Direction, EscalationEvent, RiskRating, Status, StatusBasis


@dataclass(frozen=True, slots=True)
class EscalatedTarget:
    """An escalated target as a sponsor needs to see it.

    `escalation` is the escalation's number, `number` the target's. `before` is the status of
    the earlier poor quarter, `passed_over` the quarters without a colour between the two.
    `withheld` where its figures, and what was written about them, stay in its partnership.
    """

    escalation: int
    number: int
    ref: str
    title: str
    event: EscalationEvent
    status: Status
    before: Status
    before_quarter: Quarter
    passed_over: tuple[Quarter, ...]
    streak: int
    actual: Figure | None
    expected: Figure | None
    direction: Direction
    cause: str
    actions: tuple[ActionLine, ...]
    highest_risk: RiskRating | None
    basis: StatusBasis | None
    acknowledged_by: int | None = None
    acknowledged_at: datetime | None = None
    note: str = ""
    withheld: bool = False

    @classmethod
    def example(cls) -> Self:
        """Red twice running, not yet acknowledged."""
        return cls(
            escalation=6,
            number=6,
            ref="LAA1-06",
            title="In care achieving 5 GCSE A-G",
            event=EscalationEvent.NEW,
            status=Status.RED,
            before=Status.RED,
            before_quarter=samples.QUARTER.previous,
            passed_over=(),
            streak=2,
            actual=Figure(Decimal(31), "%"),
            expected=Figure(Decimal(38), "%"),
            direction=Direction.WORSENING,
            cause="Three of the eight pupils moved school during the year.",
            actions=samples.planned(),
            highest_risk=RiskRating.HIGH,
            basis=StatusBasis.MEASURE,
        )

    @classmethod
    def second_example(cls) -> Self:
        """Amber after a gap, on a proxy, acknowledged."""
        return cls(
            escalation=5,
            number=5,
            ref="LAA1-05",
            title="Participation in cultural activities",
            event=EscalationEvent.CONTINUING,
            status=Status.AMBER,
            before=Status.RED,
            before_quarter=samples.QUARTER.shifted(-3),
            passed_over=(samples.QUARTER.shifted(-2), samples.QUARTER.previous),
            streak=3,
            actual=None,
            expected=None,
            direction=Direction.IMPROVING,
            cause="Two venues were closed for repair.",
            actions=(),
            highest_risk=None,
            basis=StatusBasis.PROXY,
            acknowledged_by=21,
            acknowledged_at=samples.ACKNOWLEDGED,
            note="Raised with the venues.",
        )


def _both() -> tuple[EscalatedTarget, ...]:
    return EscalatedTarget.example(), EscalatedTarget.second_example()


@dataclass(frozen=True, slots=True)
class SponsorToldOfEscalation:
    """A sponsor's one message of a quarter's run, updated in place after acknowledging.

    `in_place` when the LAA manager gets it, because no sponsor can acknowledge; `after_run`
    when a late or corrected return brought it.
    """

    quarter: Quarter
    targets: tuple[EscalatedTarget, ...]
    acknowledge_by: date
    board: date
    card_due: date
    in_place: bool = False
    after_run: bool = False
    stead: Stead | None = None

    @classmethod
    def example(cls) -> Self:
        """One to acknowledge, one done."""
        return cls(
            samples.QUARTER, _both(), samples.ACKNOWLEDGE_BY, samples.BOARD, samples.CARD_DUE
        )


@dataclass(frozen=True, slots=True)
class LeadToldOfEscalation:
    """A lead's message of a quarter's run. `sponsors` are people's numbers."""

    quarter: Quarter
    targets: tuple[EscalatedTarget, ...]
    card_due: date
    board: date
    sponsors: tuple[int, ...]
    stead: Stead | None = None

    @classmethod
    def example(cls) -> Self:
        """One target escalated."""
        targets = (EscalatedTarget.example(),)
        return cls(samples.QUARTER, targets, samples.CARD_DUE, samples.BOARD, (21,))


@dataclass(frozen=True, slots=True)
class EscalationsListed:
    """A quarter's escalations as lines, for a performance lead or the central channel.

    `after_run` when a late or corrected return brought it.
    """

    quarter: Quarter
    audience: Literal["performance_lead", "central_team"]
    scope_name: str
    targets: tuple[EscalatedTarget, ...]
    without_sponsor: tuple[str, ...]
    card_due: date
    board: date
    after_run: bool = False

    @classmethod
    def example(cls) -> Self:
        """Two escalations, one without a sponsor."""
        return cls(
            samples.QUARTER,
            "central_team",
            "",
            _both(),
            ("LAA1-05",),
            samples.CARD_DUE,
            samples.BOARD,
        )


@dataclass(frozen=True, slots=True)
class SponsorReminded:
    """A reminder to acknowledge. `last_day` is the day the LAA manager is told.

    `in_place` as in `SponsorToldOfEscalation`.
    """

    quarter: Quarter
    targets: tuple[EscalatedTarget, ...]
    asked_on: date
    last_day: date
    in_place: bool = False
    stead: Stead | None = None

    @classmethod
    def example(cls) -> Self:
        """One target still to acknowledge."""
        targets = (EscalatedTarget.example(),)
        return cls(samples.QUARTER, targets, samples.RUN, samples.ACKNOWLEDGE_BY)


@dataclass(frozen=True, slots=True)
class AcknowledgementMissing:
    """Told to the LAA manager and the central channel. `sponsors` are people's numbers."""

    quarter: Quarter
    targets: tuple[EscalatedTarget, ...]
    sponsors: tuple[int, ...]
    asked_on: date

    @classmethod
    def example(cls) -> Self:
        """One target nobody acknowledged."""
        return cls(samples.QUARTER, (EscalatedTarget.example(),), (21,), samples.RUN)


@dataclass(frozen=True, slots=True)
class SponsorAcknowledged:
    """Told to the lead once the sponsor has acknowledged."""

    quarter: Quarter
    ref: str
    title: str
    by: int
    at: datetime
    note: str

    @classmethod
    def example(cls) -> Self:
        """Acknowledged with a note."""
        return cls(
            samples.QUARTER,
            "LAA1-06",
            "In care achieving 5 GCSE A-G",
            21,
            samples.ACKNOWLEDGED,
            "I will raise this with the schools.",
        )


@dataclass(frozen=True, slots=True)
class EscalationEnded:
    """Told to sponsor and lead. `event` is `RESOLVED` or `WITHDRAWN`; `since` its first quarter.

    `after_run` when a late or corrected return ended it; then it is told to the performance
    lead, too, and to the `central` channel.
    """

    quarter: Quarter
    ref: str
    title: str
    event: EscalationEvent
    since: Quarter
    status: Status
    after_run: bool = False
    central: bool = False

    @classmethod
    def example(cls) -> Self:
        """Green again."""
        return cls(
            samples.QUARTER,
            "LAA1-02",
            "People supported to live at home",
            EscalationEvent.RESOLVED,
            samples.QUARTER.shifted(-2),
            Status.GREEN,
        )


@dataclass(frozen=True, slots=True)
class DataChase:
    """Two quarters running without figures. It is no escalation."""

    quarter: Quarter
    scope_name: str
    targets: tuple[TargetLine, ...]

    @classmethod
    def example(cls) -> Self:
        """Three targets."""
        return cls(samples.QUARTER, "Economic Development and Enterprise", samples.owing())
