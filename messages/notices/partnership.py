"""A partnership's record on one page, to take to its own meeting."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from messages.notices import samples
from messages.notices.actions import OpenAction, samples_overdue
from messages.notices.common import Figure, KindCount
from messages.notices.escalations import EscalatedTarget
from messages.notices.home_parts import PersonOwing
from rules.quarters import Quarter
from rules.vocabulary import Direction, NoteKind, RiskRating, Status, StatusBasis


@dataclass(frozen=True, slots=True)
class TargetStanding:
    """One target of a partnership, in the quarter and the three before.

    `statuses` are of the record's `columns`, oldest first. `hidden` where the quarter's return
    is not accepted yet and the reader is not involved; `withheld` where its figures stay in the
    partnership.
    """

    ref: str
    title: str
    status: Status | None
    statuses: tuple[Status | None, ...]
    actual: Figure | None = None
    expected: Figure | None = None
    direction: Direction = Direction.NOT_COMPARABLE
    basis: StatusBasis | None = None
    cause: str = ""
    risk: RiskRating | None = None
    lead: int | None = None
    sponsor: int | None = None
    hidden: bool = False
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class SignificantRisk:
    """An open risk of a target that is high enough for the board. `score` is out of 25."""

    ref: str
    text: str
    score: int
    mitigation: str


@dataclass(frozen=True, slots=True)
class DatedNote:
    """A note about the partnership, or about the target with this reference."""

    kind: NoteKind
    on_day: date
    text: str
    link: str
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """How many of each part are not shown, as a record of five messages has no room for them."""

    owing: int = 0
    escalations: int = 0
    targets: int = 0
    actions: int = 0
    risks: int = 0
    notes: int = 0


@dataclass(frozen=True, slots=True)
class PartnershipRecord:
    """A partnership's record in a quarter, as it stands at `as_of`.

    `blocks` are the names of the blocks its targets are in; `late` of its open actions are
    overdue; `open` while returns can come in, and then `owing` says who still owes what.
    """

    quarter: Quarter
    name: str
    blocks: tuple[str, ...]
    liaison: int | None
    as_of: datetime
    open: bool
    due: date
    counts: tuple[KindCount, ...] = ()
    owing: tuple[PersonOwing, ...] = ()
    escalations: tuple[EscalatedTarget, ...] = ()
    columns: tuple[Quarter, ...] = ()
    targets: tuple[TargetStanding, ...] = ()
    actions: tuple[OpenAction, ...] = ()
    late: int = 0
    risks: tuple[SignificantRisk, ...] = ()
    notes: tuple[DatedNote, ...] = ()
    left: Left = Left()

    @classmethod
    def example(cls) -> Self:
        """A partnership with something in every part."""
        quarter = samples.QUARTER
        four = (Status.GREEN, Status.NOT_REQUIRED, Status.RED, Status.RED)
        return cls(
            quarter,
            "Children's Trust",
            ("Children and Young People",),
            8,
            samples.AS_OF,
            open=True,
            due=samples.DUE,
            counts=(samples.stretch_counts(), samples.second_counts()),
            owing=(PersonOwing(17, ("LAA1-04",)),),
            escalations=(EscalatedTarget.example(), EscalatedTarget.second_example()),
            columns=tuple(quarter.shifted(back) for back in (-3, -2, -1, 0)),
            targets=(
                TargetStanding(
                    "LAA1-06",
                    "In care achieving 5 GCSE A-G",
                    Status.RED,
                    four,
                    samples.per_cent("31"),
                    samples.per_cent("38"),
                    Direction.WORSENING,
                    StatusBasis.PROXY,
                    "Three of the eight pupils moved school during the year.",
                    RiskRating.HIGH,
                    17,
                    21,
                ),
                TargetStanding(
                    "LAA2-NI51", "Child mental health", Status.AMBER, four, withheld=True
                ),
                TargetStanding("LAA2-NI56", "Obesity at 11", None, four[:3], hidden=True),
            ),
            actions=(samples_overdue(),),
            late=1,
            risks=(SignificantRisk("LAA1-06", "Two tutors leave", 15, "A third is trained"),),
            notes=(
                DatedNote(NoteKind.INSPECTION, samples.OPENS, "Good, with outstanding care.", ""),
                DatedNote(
                    NoteKind.WORKSHOP,
                    samples.OPENS,
                    "Agreed how to count.",
                    "https://example.org/workshop",
                    "LAA1-06",
                ),
            ),
            left=Left(targets=2),
        )
