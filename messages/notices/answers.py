"""Private answers to commands and presses."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Self

from messages.notices import samples
from messages.notices.beside import Beside
from messages.notices.common import ActionLine, Figure, KindCount, TargetLine
from messages.notices.escalations import EscalatedTarget
from rules.lifecycle import Move
from rules.quarters import Quarter
from rules.vocabulary import (
    Direction,
    EscalationEvent,
    QuarterState,
    ReturnState,
    RiskRating,
    Status,
    StatusBasis,
)


@dataclass(frozen=True, slots=True)
class Help:
    """What one can ask. `topic` holds words that were not understood, or nothing.

    `can_run_cycle` shows what follows a quarter, `can_open` also what opens and publishes it,
    `can_accept` what accepts returns.
    """

    command: str
    can_run_cycle: bool
    topic: str = ""
    can_open: bool = True
    can_accept: bool = True

    @classmethod
    def example(cls) -> Self:
        """For the central team, after an unknown word."""
        return cls("/laa", can_run_cycle=True, topic="remindme")


@dataclass(frozen=True, slots=True)
class PartnershipOwing:
    """What a partnership still owes."""

    name: str
    targets: tuple[TargetLine, ...]


@dataclass(frozen=True, slots=True)
class StatusAnswer:
    """How a quarter stands. `counts` are returns `reported` and `missing`.

    `among` are the `accepted` among the reported, and the `sent_back` and `drafts` among the
    missing.

    `paused_at` is since when nobody is asked, if it is paused. `opened` is false where no window
    was opened here; `opens` is then the day it will be, if that is still to come. `partnerships`
    are those it is narrowed to, none for all.
    """

    quarter: Quarter
    counts: tuple[tuple[str, int], ...]
    outstanding: tuple[PartnershipOwing, ...]
    colours: tuple[KindCount, ...]
    due: date
    closes: datetime
    state: QuarterState
    opened: bool = True
    opens: date | None = None
    partnerships: tuple[str, ...] = ()
    among: tuple[tuple[str, int], ...] = ()
    paused_at: datetime | None = None

    @classmethod
    def example(cls) -> Self:
        """An open window."""
        return cls(
            samples.QUARTER,
            (("reported", 31), ("missing", 12)),
            (PartnershipOwing("Children's Trust", samples.owing()),),
            (samples.stretch_counts(), samples.second_counts()),
            samples.DUE,
            samples.CLOSES,
            QuarterState.OPEN,
            among=(("accepted", 3), ("sent_back", 1), ("drafts", 4)),
        )


@dataclass(frozen=True, slots=True)
class QuarterLine:
    """One quarter of a target."""

    quarter: Quarter
    status: Status
    basis: StatusBasis | None = None
    actual: Figure | None = None
    expected: Figure | None = None
    direction: Direction = Direction.NOT_COMPARABLE
    late: bool = False


@dataclass(frozen=True, slots=True)
class RiskLine:
    """One open risk. `score` is likelihood times impact."""

    text: str
    rating: RiskRating
    score: int
    mitigation: str


@dataclass(frozen=True, slots=True)
class TargetAnswer:
    """One target: whose it is, its quarters (newest first) and what is being done.

    `escalation` is what this quarter's run did, or none; `number`, `quarter` and `version` are
    for the buttons. `moves` are what the reader may do to this quarter's return, `state`
    how it stands for them, `back_because` why it was sent back, and `extend` whom they may
    give more time. `beside` is what hangs on the target. `withheld` where its figures, and what
    is written about them, stay in its partnership.
    """

    ref: str
    title: str
    kind_label: str
    outcome: str
    partnership: str
    block: str
    lead: int | None
    sponsor: int | None
    quarters: tuple[QuarterLine, ...]
    cause: str
    actions: tuple[ActionLine, ...]
    risks: tuple[RiskLine, ...]
    escalation: EscalationEvent | None
    can_report: bool
    number: int
    quarter: Quarter
    beside: Beside = field(default_factory=Beside)
    version: int = 1
    moves: tuple[Move, ...] = ()
    state: ReturnState | None = None
    back_because: str = ""
    extend: int | None = None
    withheld: bool = False

    @classmethod
    def example(cls) -> Self:
        """A target with two quarters."""
        return cls(
            ref="LAA1-03",
            title="More affordable housing",
            kind_label="Stretch targets",
            outcome="Homes people can afford",
            partnership="Spatial Planning and Infrastructure Partnership",
            block="Economic Development and Enterprise",
            lead=17,
            sponsor=21,
            quarters=(
                QuarterLine(
                    samples.QUARTER,
                    Status.AMBER,
                    StatusBasis.MEASURE,
                    samples.homes(280),
                    samples.homes(300),
                    Direction.WORSENING,
                    late=True,
                ),
                QuarterLine(samples.QUARTER.previous, Status.GREEN, StatusBasis.IMPORT),
            ),
            cause="Two sites started late.",
            actions=samples.planned(),
            risks=(RiskLine("A developer withdraws", RiskRating.HIGH, 15, "Two more in reserve"),),
            escalation=EscalationEvent.NEW,
            can_report=True,
            number=3,
            quarter=samples.QUARTER,
            beside=Beside.example(),
            moves=(Move.ACCEPT, Move.SEND_BACK),
            state=ReturnState.SUBMITTED,
            extend=17,
        )


@dataclass(frozen=True, slots=True)
class Reminded:
    """Who was reminded by hand. `people` are numbers; `skipped` are refs that owe nothing.

    `resting` counts those whose reminder waits for their working hours; `stand_ins` are those
    who get one in somebody's place.
    """

    quarter: Quarter
    people: tuple[int, ...]
    targets: int
    skipped: tuple[str, ...]
    resting: int = 0
    stand_ins: tuple[int, ...] = ()

    @classmethod
    def example(cls) -> Self:
        """Two people, one of whom is away."""
        return cls(samples.QUARTER, (17, 18), 3, ("LAA1-09",), stand_ins=(5,))


@dataclass(frozen=True, slots=True)
class Opened:
    """A window was opened by hand; `already` when it had been opened before.

    `state` is how the quarter stands now.
    """

    quarter: Quarter
    due: date
    board: date
    asked: int
    closes: datetime
    already: bool
    state: QuarterState = QuarterState.OPEN

    @classmethod
    def example(cls) -> Self:
        """Opened now."""
        return cls(samples.QUARTER, samples.DUE, samples.BOARD, 31, samples.CLOSES, already=False)


@dataclass(frozen=True, slots=True)
class CalendarAnswer:
    """A quarter's dates in order, each under its name in `rules.calendar.QuarterCalendar`.

    `gone_by` where they are past and no window was opened here.
    """

    quarter: Quarter
    rows: tuple[tuple[str, date], ...]
    board_confirmed: bool
    state: QuarterState
    gone_by: bool = False
    paused_at: datetime | None = None

    @classmethod
    def example(cls) -> Self:
        """The dates of a quarter."""
        rows = (
            ("opens", samples.OPENS),
            ("due", samples.DUE),
            ("close", samples.CLOSES.date()),
            ("escalation_run", samples.RUN),
            ("card_due", samples.CARD_DUE),
            ("pack", samples.PACK),
            ("board", samples.BOARD),
        )
        return cls(samples.QUARTER, rows, board_confirmed=False, state=QuarterState.OPEN)


@dataclass(frozen=True, slots=True)
class EscalationsAnswer:
    """A quarter's escalations and who has acknowledged.

    `worked_out` is false before the quarter's run; `run_on` is then its day, if it is still to
    come.
    """

    quarter: Quarter
    targets: tuple[EscalatedTarget, ...]
    cards_due: date | None
    worked_out: bool = True
    run_on: date | None = None

    @classmethod
    def example(cls) -> Self:
        """Two escalations."""
        targets = (EscalatedTarget.example(), EscalatedTarget.second_example())
        return cls(samples.QUARTER, targets, samples.CARD_DUE)


@dataclass(frozen=True, slots=True)
class PreviewSent:
    """The digest's preview is on its way to whoever asked."""

    quarter: Quarter
    parts: int

    @classmethod
    def example(cls) -> Self:
        """Seven parts."""
        return cls(samples.QUARTER, 7)


@dataclass(frozen=True, slots=True)
class DigestPosted:
    """The digest is on its way to the board channel; `already` when it was posted before."""

    quarter: Quarter
    parts: int
    already: bool = False

    @classmethod
    def example(cls) -> Self:
        """Seven parts."""
        return cls(samples.QUARTER, 7)


@dataclass(frozen=True, slots=True)
class BoardDateStands:
    """The board's date of a quarter is confirmed, now or before."""

    quarter: Quarter
    board: date

    @classmethod
    def example(cls) -> Self:
        """Confirmed."""
        return cls(samples.QUARTER, samples.BOARD)


@dataclass(frozen=True, slots=True)
class AcknowledgementKept:
    """An acknowledgement made elsewhere than in the sponsor's own message is kept."""

    quarter: Quarter
    ref: str
    title: str

    @classmethod
    def example(cls) -> Self:
        """From a list."""
        return cls(samples.QUARTER, "LAA1-06", "In care achieving 5 GCSE A-G")


@dataclass(frozen=True, slots=True)
class ColourKept:
    """To whoever decided, in a form's place or beside a message: it is done."""

    quarter: Quarter
    ref: str
    title: str
    stands: Status
    agreed: bool

    @classmethod
    def example(cls) -> Self:
        """Agreed just now."""
        return cls(samples.QUARTER, "LAA1-03", "More affordable housing", Status.GREEN, agreed=True)


@dataclass(frozen=True, slots=True)
class FileBeingRead:
    """A file was handed in and is being read."""

    @classmethod
    def example(cls) -> Self:
        """Any file."""
        return cls()


@dataclass(frozen=True, slots=True)
class WorkbookSent:
    """Everything was written to a workbook, which is on its way."""

    rows: int

    @classmethod
    def example(cls) -> Self:
        """A small programme."""
        return cls(1_204)
